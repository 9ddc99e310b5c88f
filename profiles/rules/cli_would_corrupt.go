package rules

import (
	_ "embed" // the rule's page
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed cli_would_corrupt.md
var cliWouldCorruptPage string

// The Prefect CLI writes str(value) of every setting (src/prefect/settings/profiles.py, to_environment_variables), with
// the Python package toml.
var cliWouldCorrupt = &Rule{
	Code:     "cli-would-corrupt",
	Severity: Warning,
	Page:     cliWouldCorruptPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Kind != profiles.ProfilesTOML {
			return
		}
		for e := range given(f) {
			isText := e.Value.Kind == syntax.String
			if isText && !isDamagedByTOML(e.Value.Text) || e.Setting.Kind == settings.Anything && !isText {
				continue
			}
			value, invalid := e.Setting.Cast(e.Value, settings.Profile)
			switch {
			case invalid != nil:
			case isText:
				report(damagedText(f, e))
			default:
				if p := damagedNative(e, value); p != nil {
					report(*p)
				}
			}
		}
	},
}

// isDamagedByTOML reports whether Python's toml package writes s as something else. It turns repr(s) into TOML and
// stumbles over every \x in there, be it that of an unprintable character or a backslash before an x.
func isDamagedByTOML(s string) bool {
	return strings.Contains(s, `\x`) || strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r <= 0xa0 || r == 0xad
	})
}

func damagedText(f *profiles.File, e *profiles.Entry) Problem {
	what, unlike := "an unprintable character", "without it"
	if strings.Contains(e.Value.Text, `\x`) {
		what, unlike = `a backslash before an "x"`, "with forward slashes"
	}
	p := Problem{Span: e.Value.Span, Message: fmt.Sprintf(
		"The Prefect CLI cannot write %s: its next change to this file damages the value, or leaves a file that stops every command. Write it %s.", what, unlike)}
	if holdsWindowsPath(e.Value.Text) {
		edit := e.Set(f.Source, strings.ReplaceAll(e.Value.Text, `\`, "/"))
		p.Fixes = []Fix{{Title: "Use forward slashes", Preferred: true, Safe: true, Edits: []text.Edit{edit}}}
	}
	return p
}

// damagedNative is what is to be said of a value that is no text and that Prefect reads as before, or nil.
func damagedNative(e *profiles.Entry, before settings.Value) *Problem {
	if f, isFloat := before.(float64); isFloat && math.IsNaN(f) {
		return nil
	}
	written := pythonText(e.Value)
	after, refused := e.Setting.Cast(syntax.Value{Kind: syntax.String, Text: written}, settings.Profile)
	if refused == nil && reflect.DeepEqual(before, after) {
		return nil
	}
	p := &Problem{Span: e.Value.Span, Message: fmt.Sprintf("The next change that the Prefect CLI makes to this file turns this value into the text %q, ", written)}
	if refused != nil {
		p.Message += "which stops every Prefect command."
	} else {
		p.Message += "which means something else."
	}
	for _, candidate := range []string{commaSeparated(e.Value), "PT" + written + "S"} {
		if same, invalid := e.Setting.Cast(syntax.Value{Kind: syntax.String, Text: candidate}, settings.Profile); invalid == nil && reflect.DeepEqual(before, same) {
			edit := text.Edit{Span: e.Value.Span, New: syntax.Quote(candidate)}
			p.Fixes = []Fix{{Title: fmt.Sprintf("Change to '%s'", candidate), Preferred: true, Safe: true, Edits: []text.Edit{edit}}}
			p.Message += fmt.Sprintf(" Write %s.", edit.New)
			return p
		}
	}
	p.Message += " As text it cannot be said: keep it in prefect.toml or in the environment."
	return p
}

// pythonText is what Python's str() makes of a TOML value.
func pythonText(v syntax.Value) string {
	switch v.Kind {
	case syntax.Boolean:
		return strings.ToUpper(v.Text[:1]) + v.Text[1:]
	case syntax.Integer:
		if n, err := strconv.ParseInt(strings.ReplaceAll(v.Text, "_", ""), 0, 64); err == nil {
			return strconv.FormatInt(n, 10)
		}
	case syntax.Float:
		if f, err := strconv.ParseFloat(strings.ReplaceAll(v.Text, "_", ""), 64); err == nil {
			return pythonFloat(f)
		}
	case syntax.Array:
		parts := make([]string, len(v.Elements))
		for i, element := range v.Elements {
			parts[i] = pythonText(element)
			if element.Kind == syntax.String {
				parts[i] = pythonQuoted(element.Text)
			}
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return v.Text
}

// pythonFloat writes f as Python does: with a point, and with an exponent from 1e16 on and below 1e-4.
func pythonFloat(f float64) string {
	written := strconv.FormatFloat(f, 'e', -1, 64)
	if _, exponent, ok := strings.Cut(written, "e"); ok {
		if n, err := strconv.Atoi(exponent); err == nil && n >= -4 && n < 16 {
			written = strconv.FormatFloat(f, 'f', -1, 64)
			if !strings.Contains(written, ".") {
				written += ".0"
			}
		}
	}
	return strings.ToLower(strings.TrimPrefix(written, "+"))
}

// pythonQuoted is about what Python's repr() makes of a text: near enough to show, and to be no list of plain names.
func pythonQuoted(s string) string {
	if strings.Contains(s, "'") {
		quoted, _ := json.Marshal(s)
		return string(quoted)
	}
	return "'" + s + "'"
}

// commaSeparated writes the elements of an array with commas between them; of anything else, its text.
func commaSeparated(v syntax.Value) string {
	if v.Kind != syntax.Array {
		return v.Text
	}
	if len(v.Elements) == 0 {
		return ","
	}
	parts := make([]string, len(v.Elements))
	for i, element := range v.Elements {
		parts[i] = element.Text
	}
	return strings.Join(parts, ",")
}
