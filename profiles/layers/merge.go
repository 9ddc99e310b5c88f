package layers

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// merge finds the value of every setting in the layers, the highest first.
func (r *resolver) merge(layers []*layer) {
	r.openGroups(layers)
	n := len(r.members)
	for _, l := range layers {
		n += len(l.values)
	}
	all := make(map[*settings.Setting][]Value, n)
	maps.Copy(all, r.members)
	for _, l := range layers {
		for setting, values := range l.values {
			if !isNull(setting, values[0]) {
				all[setting] = append(slices.Clip(all[setting]), values...)
			}
		}
	}
	r.result.Settings = slices.Clone(defaults())
	for i, s := range r.result.Settings {
		given := all[s.Setting]
		if len(given) == 0 {
			continue
		}
		for i := range given {
			given[i].cast(s.In(r.Version))
		}
		s = &Setting{Setting: s.Setting, Value: given[0], Shadows: given[1:]}
		r.result.Settings[i] = s
		if s.IsObject() {
			r.mergeObject(s)
		}
	}
}

// defaults are the settings as they are where nothing gives them a value. All results share them; see [resolver.own].
var defaults = sync.OnceValue(func() []*Setting {
	all := make([]*Setting, len(settings.All()))
	for i := range all {
		setting := &settings.All()[i]
		all[i] = &Setting{Setting: setting, Value: defaultOf(setting)}
	}
	return all
})

// own is a setting of this result alone, which may be changed.
func (r *resolver) own(name string) *Setting {
	i, _ := r.result.find(name)
	if r.result.Settings[i] == defaults()[i] {
		s := *defaults()[i]
		r.result.Settings[i] = &s
	}
	return r.result.Settings[i]
}

// isNull reports whether a variable says null where Prefect reads JSON. Its source then gives the setting no value.
func isNull(s *settings.Setting, v Value) bool {
	if v.Source.Kind < DotEnv || strings.Trim(v.Written.Text, " \t\r\n") != "null" {
		return false
	}
	switch s.Kind {
	case settings.Names, settings.StatusCodes, settings.VacuumTypes, settings.NumberOrNumbers, settings.RetryDelays,
		settings.StringObject, settings.DurationObject:
		return true
	}
	return false
}

// cast makes of the value what Prefect makes of it.
func (v *Value) cast(s *settings.Setting) {
	if v.Source.Group != nil {
		v.Typed, v.Invalid = castMember(s, v.Written)
		return
	}
	v.Typed, v.Invalid = s.Cast(v.Written, v.Source.Kind.cast())
}

// defaultOf is the value that the setting has where no source gives it one, as far as no other setting decides it.
func defaultOf(s *settings.Setting) Value {
	v := Value{Written: syntax.Value{Kind: syntax.String, Text: s.Default}}
	if s.Default == "" && (s.Nullable || s.Computed) && s.Kind != settings.Names && s.Kind != settings.StatusCodes {
		v.Written.Kind = syntax.Missing
		return v
	}
	v.Typed, _ = s.Cast(v.Written, settings.DotEnv)
	return v
}

// mergeObject joins the members of all values of a setting that is an object: a member of a lower value counts where
// no higher one has it. What is not even JSON makes Prefect fail, whether it is shadowed or not.
func (r *resolver) mergeObject(s *Setting) {
	given := append([]Value{s.Value}, s.Shadows...)
	joined := syntax.Value{Kind: syntax.InlineTable, Span: s.Written.Span}
	for i, v := range given {
		if i > 0 && v.Source.Group == nil && given[i-1].Source.Group == nil && v.Source.Kind == given[i-1].Source.Kind {
			continue // Prefect reads one value of a source, and decodes no other
		}
		object, ok := objectOf(v)
		if !ok {
			r.refuse(s.Setting, v.Source, "The value must be a JSON object.")
		}
		if i == 0 && object.Kind != syntax.InlineTable {
			return // it takes the place of what is below it, and is judged as it is
		}
		for _, member := range object.Pairs {
			if !isInline(v) { // the lines of a table; the whole key of each leads to the setting
				member.Key = member.Key[len(member.Key)-1:]
			}
			if !slices.ContainsFunc(joined.Pairs, func(p syntax.Statement) bool { return keyOf(p) == keyOf(member) }) {
				joined.Pairs = append(joined.Pairs, member)
			}
		}
	}
	s.Typed, s.Invalid = s.Cast(joined, settings.ConfigFile)
}

// objectOf is the object that a value stands for, or the value itself. It fails where Prefect cannot decode it.
func objectOf(v Value) (syntax.Value, bool) {
	if v.Source.Group != nil {
		return v.Written, true
	}
	if v.Written.Kind == syntax.InlineTable && v.Source.Kind != Profile {
		return v.Written, true
	}
	if object, isJSON := fromJSON(v.Written); isJSON {
		return object, true
	}
	return v.Written, v.Written.Kind == syntax.String && isPythonJSON(v.Written.Text)
}

// isInline reports whether an object is written in one place, in braces.
func isInline(v Value) bool {
	return v.Source.Entry == nil || v.Source.File.TOML == nil || v.Written.Kind == syntax.String ||
		strings.HasPrefix(v.Written.Span.Of(v.Source.File.Source), "{")
}

// isPythonJSON reports whether Python takes text for JSON that is none.
func isPythonJSON(text string) bool {
	switch strings.Trim(text, " \t\r\n") {
	case "NaN", "Infinity", "-Infinity":
		return true
	}
	return json.Valid([]byte(text))
}

func keyOf(s syntax.Statement) string { return strings.Join(syntax.Names(s.Key), ".") }
