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
		return strconv.FormatFloat(typed, 'g', -1, 64)
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

func inJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // a float that JSON has no word for
		return fmt.Sprint(v)
	}
	return string(text)
}
