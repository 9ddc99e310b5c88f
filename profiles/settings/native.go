package settings

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/syntax"
)

// A native is a value as Python sees it before Prefect casts it: nil, bool, int64, *big.Int (beyond int64),
// float64, string, dateTime, []native or map[string]native.
type native = any

// A dateTime is a TOML date or time, as written. No setting takes one.
type dateTime string

// fromTOML reads a value as Python's tomllib does.
func fromTOML(v syntax.Value) native {
	switch v.Kind {
	case syntax.Boolean:
		return strings.EqualFold(v.Text, "true") // True is a slip of the pen that the parser reports
	case syntax.Integer:
		return fromDigits(strings.ReplaceAll(v.Text, "_", ""), 0)
	case syntax.Float:
		f, _ := strconv.ParseFloat(strings.ReplaceAll(strings.TrimLeft(v.Text, "+"), "_", ""), 64)
		if strings.HasSuffix(v.Text, "nan") {
			return math.NaN()
		}
		return f
	case syntax.DateTime:
		return dateTime(v.Text)
	case syntax.Array:
		list := make([]native, len(v.Elements))
		for i, element := range v.Elements {
			list[i] = fromTOML(element)
		}
		return list
	case syntax.InlineTable:
		return tableOf(v.Pairs)
	default:
		return v.Text
	}
}

func tableOf(pairs []syntax.Statement) map[string]native {
	table := map[string]native{}
	for _, pair := range pairs {
		at := table
		for i, part := range pair.Key {
			if i == len(pair.Key)-1 {
				at[part.Text] = fromTOML(pair.Value)
				break
			}
			inner, ok := at[part.Text].(map[string]native)
			if !ok {
				inner = map[string]native{}
				at[part.Text] = inner
			}
			at = inner
		}
	}
	return table
}

// fromDigits reads an integer in the given base; base 0 obeys a prefix such as 0x.
func fromDigits(digits string, base int) native {
	if i, err := strconv.ParseInt(digits, base, 64); err == nil {
		return i
	}
	i, _ := new(big.Int).SetString(digits, base)
	return i
}

// fromJSON reads a text as Python's json.loads does, and reports whether it is JSON.
// Nested NaN and Infinity, which only Python takes, are not read.
func fromJSON(text string) (native, bool) {
	trimmed := strings.Trim(text, " \t\n\r")
	switch trimmed {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1), true
	case "-Infinity":
		return math.Inf(-1), true
	}
	if !json.Valid([]byte(trimmed)) {
		return nil, false
	}
	decoder := json.NewDecoder(strings.NewReader(trimmed))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return nil, false
	}
	return fromDecoded(v)
}

// fromDecoded turns the numbers in what encoding/json decoded into integers and floats, as Python does.
// It fails on an integer with more digits than Python reads.
func fromDecoded(v any) (native, bool) {
	switch v := v.(type) {
	case json.Number:
		if !strings.ContainsAny(v.String(), ".eE") {
			return fromDigits(v.String(), 10), len(strings.TrimPrefix(v.String(), "-")) <= maxDigits
		}
		f, _ := strconv.ParseFloat(v.String(), 64)
		return f, true
	case []any:
		for i := range v {
			element, ok := fromDecoded(v[i])
			if !ok {
				return nil, false
			}
			v[i] = element
		}
	case map[string]any:
		for key := range v {
			member, ok := fromDecoded(v[key])
			if !ok {
				return nil, false
			}
			v[key] = member
		}
	}
	return v, true
}

// subject names a value at the beginning of a sentence.
func subject(given native) string {
	switch given := given.(type) {
	case nil:
		return "null"
	case string:
		if given == "" {
			return "An empty value"
		}
		if mayHoldKey(given) {
			return "The value"
		}
		return quoted(given)
	case dateTime:
		return "A date or time"
	case []native:
		return "A list"
	case map[string]native:
		return "A table"
	case float64:
		return strconv.FormatFloat(given, 'g', -1, 64)
	default:
		return shortened(fmt.Sprint(given))
	}
}

// mayHoldKey reports whether a text looks as if it held a Prefect Cloud key or an HTTP credential, wherever it strayed.
func mayHoldKey(text string) bool {
	return indexKey(text) >= 0 || strings.Contains(text, "Bearer ") || strings.Contains(text, "Basic ")
}

const longest = 40 // runes of a value that a reason quotes

func shortened(text string) string {
	if utf8.RuneCountInString(text) > longest {
		return string([]rune(text)[:longest]) + "…"
	}
	return text
}

func quoted(text string) string { return strconv.Quote(shortened(text)) }
