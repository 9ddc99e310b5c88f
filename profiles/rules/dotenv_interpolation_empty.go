package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_interpolation_empty.md
var dotenvInterpolationEmptyPage string

var dotenvInterpolationEmpty = &Rule{
	Code:     "dotenv-interpolation-empty",
	Severity: Warning,
	Page:     dotenvInterpolationEmptyPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Env == nil {
			return
		}
		var variables map[string]variable
		moves := mostMoves
		for e := range given(f) {
			if !isInterpolated(e) {
				continue
			}
			if variables == nil {
				variables = variablesOf(f.Env)
			}
			name, definition := lateVariable(variables, e.Binding)
			if definition == nil {
				continue
			}
			p := Problem{
				Span:    e.Value.Span,
				Message: fmt.Sprintf("${%s} is empty here, because its value stands further down: only the lines above and the environment count. Move this line below.", name),
				Related: []Related{{Span: definition.Key, Message: "the value that comes too late"}},
			}
			if moves--; moves >= 0 {
				p.Fixes = moveBelow(f, e, definition)
			}
			report(p)
		}
	},
}

// A variable is where an .env file names a variable first, and where it sets it last, if it does.
type variable struct{ first, last *syntax.Binding }

func variablesOf(env *syntax.Env) map[string]variable {
	all := map[string]variable{}
	for i := range env.Bindings {
		b := &env.Bindings[i]
		if b.Broken {
			continue
		}
		v := all[b.Name]
		if v.first == nil {
			v.first = b
		}
		if b.Equals >= 0 {
			v.last = b
		}
		all[b.Name] = v
	}
	return all
}

// lateVariable is the variable in b that is set below b but not above it, and the last line that sets it; or nil.
// If there are several, it is the one whose line is the last.
func lateVariable(variables map[string]variable, b *syntax.Binding) (name string, definition *syntax.Binding) {
	for _, used := range variablesIn(b.Text) {
		v := variables[used]
		isLate := v.last != nil && v.first.Span.Start >= b.Span.Start && v.last.Span.Start > b.Span.Start
		if isLate && (definition == nil || v.last.Span.Start > definition.Span.Start) {
			name, definition = used, v.last
		}
	}
	return name, definition
}

// variablesIn are the names of what looks like ${NAME} in s, without those that have a default.
func variablesIn(s string) []string {
	var found []string
	for {
		_, rest, ok := strings.Cut(s, "${")
		if !ok {
			return found
		}
		between, after, closed := strings.Cut(rest, "}")
		if !closed {
			return found
		}
		if !strings.Contains(between, ":") {
			found = append(found, between)
		}
		s = after
	}
}

// moveBelow moves the lines of e behind those of definition, unless a line on the way needs the value of e.
func moveBelow(f *profiles.File, e *profiles.Entry, definition *syntax.Binding) []Fix {
	between := text.Span{Start: e.Binding.Span.End, End: definition.Span.End}
	edits := f.Env.MoveBehind(e.Binding, definition)
	if edits == nil || strings.Contains(between.Of(f.Source), "${"+e.Name) {
		return nil
	}
	return []Fix{{Title: "Move the line below", Preferred: true, Edits: edits}}
}
