package command

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"

	"github.com/BurntSushi/toml"
)

// decode is what a file stands for, as others than ourselves read it: TOML by BurntSushi/toml; the last value of each variable of
// a .env file. It fails for a file that Prefect could not read.
func decode(f *profiles.File) (map[string]any, error) {
	if !utf8.ValidString(f.Source) {
		return nil, errors.New("it is not UTF-8")
	}
	values := map[string]any{}
	if f.Env != nil {
		for i := range f.Entries {
			values[f.Entries[i].Name] = f.Entries[i].Value.Text
		}
		return values, nil
	}
	if problems := f.SyntaxProblems(); len(problems) > 0 {
		first := problems[0]
		return nil, broken(text.NewLines(f.Source).At(first.Span.Start)+1, first.Message)
	}
	if _, err := toml.Decode(f.TOML.Source, &values); err != nil {
		if at, ok := errors.AsType[toml.ParseError](err); ok {
			return nil, broken(at.Position.Line, at.Message)
		}
		return nil, err
	}
	if tables, ok := values["profiles"].(map[string]any); ok && len(tables) == 0 {
		delete(values, "profiles") // to define no profiles means no more than not to speak of them
	}
	return values, nil
}

// isSame reports whether two decoded values are the same, where not-a-number is the same as itself.
func isSame(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, isSame)
	case []map[string]any:
		b, ok := b.([]map[string]any)
		return ok && slices.EqualFunc(a, b, func(x, y map[string]any) bool { return isSame(x, y) })
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, isSame)
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	}
	return fmt.Sprintf("%T %v", a, a) == fmt.Sprintf("%T %v", b, b) // times differ in where they keep their zone
}
