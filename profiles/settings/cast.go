package settings

import (
	"slices"
	"strings"

	"prefect-ls/profiles/syntax"
)

// A Source is a place that Prefect reads values from. The same text may be cast differently in each.
type Source uint8

// The sources, in order of rank.
const (
	Environment Source = iota // a variable of the process
	DotEnv                    // .env
	ConfigFile                // prefect.toml, and [tool.prefect] in pyproject.toml
	Profile                   // profiles.toml
)

// A Value is what Prefect makes of a value as written: bool, int64, *big.Int (beyond int64), float64, string,
// [Timedelta], a sorted []string or []int64 without duplicates, []float64, map[string]string or
// map[string]Timedelta; of the kind [Anything] whatever was written. Nil stands for an unset value.
type Value any

// Invalid says why Prefect refuses a value.
type Invalid struct {
	Reason      string   // a sentence: what is wrong and what is accepted; it never shows a secret
	Suggestions []string // texts that Prefect takes instead, written as a string; the likeliest first
}

// Cast reads v as Prefect does where it finds it in the given source. An environment variable or a line of
// an .env file is a [syntax.String]. What Cast does not refuse, Prefect loads, as far as it depends on this
// one setting; a value that is broken anywhere (see [syntax.Bad]) is not judged.
func (s *Setting) Cast(v syntax.Value, from Source) (Value, *Invalid) {
	if isBroken(v) {
		return nil, nil
	}
	given := fromTOML(v)
	value, reason := s.cast(given, from)
	if reason == "" {
		return value, nil
	}
	return nil, &Invalid{Reason: reason, Suggestions: s.suggest(given, from)}
}

func isBroken(v syntax.Value) bool {
	return v.Kind == syntax.Missing || v.Kind == syntax.Bad ||
		slices.ContainsFunc(v.Elements, isBroken) ||
		slices.ContainsFunc(v.Pairs, func(pair syntax.Statement) bool { return isBroken(pair.Value) })
}

// cast returns what Prefect makes of a value, or the reason why it refuses it.
func (s *Setting) cast(given native, from Source) (Value, string) {
	if table, isTable := given.(map[string]native); isTable && from == ConfigFile && !s.IsObject() && !s.opens(table) {
		return nil, "" // Prefect takes it for a table of settings, and finds none it knows
	}
	if s.triesJSON() && (from == Environment || from == DotEnv) {
		if text, isText := given.(string); isText {
			if decoded, isJSON := fromJSON(text); isJSON {
				given = decoded
			}
		}
		if given == nil {
			return nil, "" // null leaves the setting unset
		}
	}
	switch s.Kind {
	case Boolean:
		return castBoolean(given)
	case Integer:
		return s.bounded(castInteger(given))
	case Number:
		return s.bounded(castNumber(given))
	case String:
		return castString(given)
	case Path:
		return castPath(given)
	case LogLevel, Choice:
		return s.castChoice(given)
	case Duration:
		return s.bounded(castDuration(given))
	case SecondsDuration:
		return s.bounded(castSecondsDuration(given))
	case Names:
		return castNames(given)
	case StatusCodes:
		return castStatusCodes(given)
	case VacuumTypes:
		return castVacuumTypes(given)
	case NumberOrNumbers:
		return castNumberOrNumbers(given)
	case RetryDelays:
		return castRetryDelays(given)
	case StringObject, DurationObject:
		return s.castObject(given, from)
	default:
		return given, ""
	}
}

// triesJSON reports whether Prefect first tries to read a variable of this kind as JSON: it does for
// a setting that may be a list or a set, or something else.
func (s *Setting) triesJSON() bool {
	return slices.Contains([]Kind{Names, StatusCodes, VacuumTypes, NumberOrNumbers, RetryDelays}, s.Kind)
}

// opens reports whether Prefect takes a table for a path before it looks for settings in it.
func (s *Setting) opens(table map[string]native) bool {
	return s.Path == "profiles_path" && len(table) > 0
}

// bounded adds the check of the setting's bounds to the result of a cast.
func (s *Setting) bounded(value Value, reason string) (Value, string) {
	if reason != "" {
		return nil, reason
	}
	for _, b := range s.Bounds {
		if !b.holds(amount(value)) {
			return nil, b.reason(value)
		}
	}
	return value, ""
}

// not is the sentence that a value is not what it should be.
func not(given native, expected string) string {
	text, isText := given.(string)
	if isText && text != "" && strings.TrimSpace(text) != text {
		return subject(given) + " is not " + expected + ". Prefect does not ignore the space around it."
	}
	if given == "" {
		return "An empty value counts as set, and is not " + expected + "."
	}
	return subject(given) + " is not " + expected + "."
}
