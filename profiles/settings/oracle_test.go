package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"prefect-ls/profiles/oracletest"
	"prefect-ls/profiles/syntax"
)

// TestOracle replays what the real Prefect made of many values; oracle.py tells how the tables come about.
// PREFECT_ORACLE names a further table, such as one recorded a moment ago from another release.
func TestOracle(t *testing.T) {
	oracletest.Replay(t, "testdata/oracle-*.jsonl.gz", "PREFECT_ORACLE", replay)
}

// sources are those of a case's results, in order.
var sources = [...]Source{Environment, DotEnv, Profile, ConfigFile, ConfigFile}

// differences are results that Cast does not have, because they come from an older release of pydantic.
var differences = [...]struct {
	prefect string // the release that was recorded with it
	kind    Kind
	value   string // as JSON
	reason  string
}{
	{"3.4.0", Duration, `{"i": "9223372036854775807"}`, "so large a number overflowed"},
}

// isDifferent reports whether a result is among the differences.
func isDifferent(prefect string, kind Kind, value string) bool {
	for _, d := range differences {
		if d.prefect == prefect && d.kind == kind && d.value == value {
			return true
		}
	}
	return false
}

func replay(t *testing.T, lines oracletest.Table) {
	var header struct{ Prefect string }
	if !lines.Next(&header) {
		t.Fatal("the table has no header")
	}
	t.Logf("recorded from %s", lines.Text())
	agreed, failed := 0, 0
	for {
		var name string
		var written json.RawMessage
		var results []any
		if !lines.Next(&[...]any{&name, &written, &results}) {
			break
		}
		newest, found := ByName(name)
		if !found {
			t.Fatalf("no setting %s", name)
		}
		s := newest.In(header.Prefect)
		if isDifferent(header.Prefect, s.Kind, string(written)) {
			continue
		}
		var value any
		unmarshal(t, written, &value)
		for i, result := range results {
			if result == notTried {
				continue
			}
			got := outcome(s.Cast(valueOf(t, value), sources[i]))
			if got == decodedResult(t, result) {
				agreed++
			} else if failed++; failed < 50 {
				t.Errorf("%s from source %d: %.80v is %.80s, Prefect says %.80s", name, i, value, got, decodedResult(t, result))
			}
		}
	}
	if agreed+failed < 10_000 {
		t.Errorf("the table ends after %d results", agreed+failed)
	}
	t.Logf("%d results agree, %d do not", agreed, failed)
}

func unmarshal(t *testing.T, line []byte, into any) {
	if err := json.Unmarshal(line, into); err != nil {
		t.Fatalf("%v in %.100s", err, line)
	}
}

const refused, notTried = 0.0, 1.0

// outcome writes what Cast returned, so that it can be compared.
func outcome(value Value, invalid *Invalid) string {
	if invalid != nil {
		return "refused"
	}
	switch value := value.(type) {
	case []string, []int64, []float64:
		list := reflect.ValueOf(value)
		text := "list:"
		for i := range list.Len() {
			text += " " + outcome(list.Index(i).Interface(), nil)
		}
		return text
	case []native:
		text := "list:"
		for _, element := range value {
			text += " " + outcome(element, nil)
		}
		return text
	case map[string]string, map[string]Timedelta, map[string]native:
		table := reflect.ValueOf(value)
		text := "table:"
		for _, key := range slices.Sorted(maps.Keys(keysOf(table))) {
			text += fmt.Sprintf(" %q %s", key, outcome(table.MapIndex(reflect.ValueOf(key)).Interface(), nil))
		}
		return text
	case Timedelta:
		return fmt.Sprintf("duration: %d s %d us", value.Seconds, value.Micros)
	case *big.Int:
		return "int64: " + value.String()
	case dateTime:
		return "date or time"
	}
	return fmt.Sprintf("%T: %v", value, value)
}

func keysOf(table reflect.Value) map[string]bool {
	keys := map[string]bool{}
	for _, key := range table.MapKeys() {
		keys[key.String()] = true
	}
	return keys
}

// decodedResult writes a result of the table as outcome does.
func decodedResult(t *testing.T, result any) string {
	if result == refused {
		return "refused"
	}
	return outcome(decode(t, result), nil)
}

func decode(t *testing.T, result any) Value {
	object, isObject := result.(map[string]any)
	if !isObject {
		return result
	}
	for kind, inner := range object {
		switch kind {
		case "i":
			return fromDigits(inner.(string), 10)
		case "f":
			f, err := strconv.ParseFloat(inner.(string), 64)
			if err != nil {
				t.Fatal(err)
			}
			return f
		case "s":
			parts := inner.([]any)
			return Timedelta{Seconds: int64(parts[0].(float64)), Micros: int32(parts[1].(float64))}
		case "d":
			return dateTime("")
		case "a":
			list := []native{}
			for _, element := range inner.([]any) {
				list = append(list, decode(t, element))
			}
			return list
		case "t":
			table := map[string]native{}
			for key, member := range inner.(map[string]any) {
				table[key] = decode(t, member)
			}
			return table
		}
	}
	t.Fatalf("unknown result %v", result)
	return nil
}

// valueOf is a value of the table as the parsers would return it.
func valueOf(t *testing.T, value any) syntax.Value {
	if written, isText := value.(string); isText {
		return syntax.Value{Kind: syntax.String, Text: written}
	}
	for kind, inner := range value.(map[string]any) {
		switch kind {
		case "b":
			return syntax.Value{Kind: syntax.Boolean, Text: inner.(string)}
		case "i":
			return syntax.Value{Kind: syntax.Integer, Text: inner.(string)}
		case "f":
			return syntax.Value{Kind: syntax.Float, Text: inner.(string)}
		case "d":
			return syntax.Value{Kind: syntax.DateTime, Text: inner.(string)}
		case "a":
			v := syntax.Value{Kind: syntax.Array}
			for _, element := range inner.([]any) {
				v.Elements = append(v.Elements, valueOf(t, element))
			}
			return v
		case "t":
			v := syntax.Value{Kind: syntax.InlineTable}
			for key, member := range inner.(map[string]any) {
				v.Pairs = append(v.Pairs, syntax.Statement{Key: []syntax.KeyPart{{Text: key}}, Value: valueOf(t, member)})
			}
			return v
		}
	}
	t.Fatalf("unknown value %v", value)
	return syntax.Value{}
}
