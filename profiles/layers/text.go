package layers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"prefect-ls/profiles/settings"
)

// Text is the value as it could stand in an .env file, where Prefect makes the same of it, unless the setting takes
// just anything. It is empty where the setting is unset or the value refused. It shows secrets.
func (v *Value) Text() string {
	switch typed := v.Typed.(type) {
	case nil:
		return ""
	case string:
		return typed
	case float64:
		return floatText(typed)
	case settings.Timedelta:
		return typed.ISO()
	case []string:
		return strings.Join(typed, ",")
	case []int64:
		return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(typed)), ","), "[]")
	case map[string]settings.Timedelta:
		texts := make(map[string]string, len(typed))
		for name, d := range typed {
			texts[name] = d.ISO()
		}
		return inJSON(texts)
	case []float64, []any, map[string]string:
		return inJSON(typed)
	default: // bool, int64, *big.Int
		return fmt.Sprint(typed)
	}
}

// floatText writes a float so that it is no integer.
func floatText(f float64) string {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.Trim(text, "-0123456789") == "" {
		return text + ".0"
	}
	return text
}

func inJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // a float that JSON has no word for
		return fmt.Sprint(v)
	}
	return string(text)
}
