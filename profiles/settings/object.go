package settings

const (
	aStringObject   = `a JSON object of texts, such as {"X-Name": "value"}`
	aDurationObject = `a JSON object of durations, such as {"prefect.flow-run.heartbeat": 604800}`
)

// castObject takes a JSON object as text, or a table in a TOML configuration file. In a profile a table makes
// Prefect fail, because it tries to read it as JSON.
func (s *Setting) castObject(given native, from Source) (Value, string) {
	expected, members := aStringObject, castStringMembers
	if s.Kind == DurationObject {
		expected, members = aDurationObject, castDurationMembers
	}
	text, isText := given.(string)
	if !isText && from == Profile {
		return nil, kindOf(given) + " does not work in a profile: write " + expected + ", in single quotes."
	}
	if isText {
		decoded, isJSON := fromJSON(text)
		if isJSON && decoded == nil && (from == Environment || from == DotEnv) {
			return nil, "" // null leaves the setting unset
		}
		if inner, again := decoded.(string); again && s.Kind == StringObject {
			decoded, isJSON = fromJSON(inner) // Prefect decodes text once more
		}
		if !isJSON {
			return nil, "The value is not " + expected + "." // not shown: headers hold credentials
		}
		given = decoded
	}
	table, isTable := given.(map[string]native)
	if !isTable {
		return nil, not(given, expected)
	}
	return members(table)
}

func castStringMembers(table map[string]native) (Value, string) {
	texts := make(map[string]string, len(table))
	for key, member := range table {
		text, isText := member.(string)
		if !isText {
			return nil, "The value of " + quoted(key) + " is not text: put it in quotes."
		}
		texts[key] = text
	}
	return texts, ""
}

func castDurationMembers(table map[string]native) (Value, string) {
	durations := make(map[string]Timedelta, len(table))
	for key, member := range table {
		d, reason := castSecondsDuration(member)
		if reason != "" {
			return nil, "The value of " + quoted(key) + " does not fit: " + reason
		}
		if d == (Timedelta{}) || d.(Timedelta).Seconds < 0 {
			return nil, "The value of " + quoted(key) + " must be more than 0 seconds."
		}
		durations[key] = d.(Timedelta)
	}
	return durations, ""
}
