package layers

import (
	"encoding/json"
	"slices"
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// openGroups spreads the JSON objects that stand for whole groups over their settings. What the object of an outer
// group says wins over that of an inner one; of one group, that of the higher layer.
func (r *resolver) openGroups(layers []*layer) {
	seen := map[string]bool{} // groups whose highest object is known
	for i := range settings.Groups() {
		group := &settings.Groups()[i]
		for _, l := range layers {
			v, given := l.groups[group.Path]
			if !given {
				continue
			}
			object, isJSON := fromJSON(v.Written)
			switch {
			case !isJSON:
				r.refuse(nil, v.Source, v.Source.Name+" must be a JSON object.")
			case object.Kind != syntax.Missing || l.kind == Profile: // null of a variable counts as unset
				object.Span = v.Written.Span
				v.Written = object
				r.openGroup(group.Path, v, seen)
			}
		}
	}
}

// openGroup adds the members of one object, or refuses it if it is none and no higher one covers it.
func (r *resolver) openGroup(path string, object Value, seen map[string]bool) {
	first := !seen[path]
	seen[path] = true
	if first && object.Written.Kind != syntax.InlineTable {
		r.refuse(nil, object.Source, path+" in "+object.Source.Name+" must be a JSON object.")
	}
	for _, member := range object.Written.Pairs {
		v := object
		v.Written = member.Value
		v.Written.Span = object.Written.Span
		name := path + "." + member.Key[0].Text
		if group, ok := settings.GroupByPath(name); ok && r.hasGroup(group) {
			r.openGroup(name, v, seen)
		} else if setting, ok := memberOf(name); ok && r.release.knows(setting.Name) {
			if r.members == nil {
				r.members = map[*settings.Setting][]Value{}
			}
			r.members[setting] = append(r.members[setting], v)
		}
	}
}

// memberOf finds the setting at a place in a JSON object. Only a setting that has no older names may be written in
// another case, and only one that has some by them, or by its variable.
func memberOf(path string) (*settings.Setting, bool) {
	if setting, ok := settings.ByPath(path); ok {
		return setting, true
	}
	if setting, ok := settings.ByPath(strings.ToLower(path)); ok {
		return setting, !hasAliases(setting)
	}
	dot := strings.LastIndexByte(path, '.') + 1
	group, name := path[:dot], path[dot:]
	setting, ok := settings.ByName(strings.ToUpper(name))
	if !ok || !hasAliases(setting) {
		return nil, false
	}
	key, inGroup := strings.CutPrefix(setting.Path, group)
	return setting, inGroup && !strings.Contains(key, ".")
}

// hasAliases reports whether Prefect declares the names of a setting one by one, and does not derive a single one.
func hasAliases(s *settings.Setting) bool {
	return len(s.Legacy) > 0 || slices.Contains(exactMembers[:], s.Path)
}

// exactMembers are settings that Prefect treats like those with older names, though they have none.
var exactMembers = [...]string{
	"server.events.maximum_event_name_length",
	"server.services.triggers.pg_notify_heartbeat_interval_seconds",
	"server.services.triggers.pg_notify_reconnect_interval_seconds",
}

// fromJSON reads text as JSON into the value that TOML would have for it; null is Missing.
func fromJSON(v syntax.Value) (syntax.Value, bool) {
	if v.Kind != syntax.String || !json.Valid([]byte(v.Text)) {
		return v, false
	}
	decoder := json.NewDecoder(strings.NewReader(v.Text))
	decoder.UseNumber()
	var decoded any
	if decoder.Decode(&decoded) != nil {
		return v, false
	}
	return valueOf(decoded), true
}

func valueOf(decoded any) syntax.Value {
	switch d := decoded.(type) {
	case string:
		return syntax.Value{Kind: syntax.String, Text: d}
	case bool:
		if d {
			return syntax.Value{Kind: syntax.Boolean, Text: "true"}
		}
		return syntax.Value{Kind: syntax.Boolean, Text: "false"}
	case json.Number:
		if strings.ContainsAny(d.String(), ".eE") {
			return syntax.Value{Kind: syntax.Float, Text: d.String()}
		}
		return syntax.Value{Kind: syntax.Integer, Text: d.String()}
	case []any:
		v := syntax.Value{Kind: syntax.Array, Elements: make([]syntax.Value, len(d))}
		for i, element := range d {
			v.Elements[i] = valueOf(element)
		}
		return v
	case map[string]any:
		v := syntax.Value{Kind: syntax.InlineTable}
		for name, member := range d {
			v.Pairs = append(v.Pairs, syntax.Statement{Key: []syntax.KeyPart{{Text: name}}, Value: valueOf(member)})
		}
		slices.SortFunc(v.Pairs, func(a, b syntax.Statement) int { return strings.Compare(a.Key[0].Text, b.Key[0].Text) })
		return v
	}
	return syntax.Value{}
}

// castMember casts a member of a JSON object, which Prefect does not decode once more.
func castMember(s *settings.Setting, v syntax.Value) (settings.Value, *settings.Invalid) {
	switch {
	case v.Kind == syntax.Missing && (s.Kind == settings.Names || s.Kind == settings.StatusCodes):
		return s.Cast(syntax.Value{Kind: syntax.String}, settings.ConfigFile)
	case v.Kind == syntax.Missing && !s.Nullable:
		return nil, &settings.Invalid{Reason: "null does not leave this setting unset."}
	case v.Kind == syntax.InlineTable && !s.IsObject() && s.Kind != settings.Anything:
		return nil, &settings.Invalid{Reason: "An object is no value for this setting."}
	case v.Kind == syntax.String && s.Kind == settings.DurationObject:
		return nil, &settings.Invalid{Reason: "Text is no value for this setting inside a JSON object."}
	}
	return s.Cast(v, settings.ConfigFile)
}
