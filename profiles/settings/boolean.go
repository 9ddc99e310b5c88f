package settings

import "strings"

const aBoolean = "a boolean, such as true or false"

// castBoolean takes the words that pydantic takes, in any case, and the numbers 0 and 1.
func castBoolean(given native) (Value, string) {
	switch given := given.(type) {
	case bool:
		return given, ""
	case string:
		if b, ok := parseBoolean(given); ok {
			return b, ""
		}
	case int64:
		if given == 0 || given == 1 {
			return given == 1, ""
		}
	case float64:
		if given == 0 || given == 1 {
			return given == 1, ""
		}
	}
	return nil, not(given, aBoolean)
}

func parseBoolean(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "1", "true", "t", "yes", "y", "on":
		return true, true
	case "0", "false", "f", "no", "n", "off":
		return false, true
	}
	return false, false
}

// meantBoolean is the boolean that a person meant by a word Prefect does not know.
func meantBoolean(text string) []string {
	word := strings.ToLower(strings.TrimSpace(text))
	switch word {
	case "enabled", "enable", "active", "ok", "1.0", "+1":
		return []string{"true"}
	case "disabled", "disable", "inactive", "never", "0.0", "-0", "+0":
		return []string{"false"}
	}
	if nearest, ok := Nearest(word, []string{"true", "false"}); ok {
		return []string{nearest}
	}
	return nil
}
