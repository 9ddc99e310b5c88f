package command

import (
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// A Draft is the text of a file while a deed changes it step by step. A step that cannot be made changes nothing, and then the
// change is not what was meant and is not written.
type Draft struct{ *profiles.File }

// Make makes edits to the draft as it is now.
func (d *Draft) Make(edits []text.Edit) {
	if len(edits) > 0 {
		d.File = profiles.Read(d.Kind, text.Apply(d.Source, edits...))
	}
}

// has reports whether the file defines a profile.
func (d *Draft) has(profile string) bool {
	_, ok := d.Lookup(profile)
	return ok
}

// mayDerive refuses to make a profile of one that is not there, or under a name that is taken.
func (d *Draft) mayDerive(name, from string) error {
	switch {
	case !d.has(from):
		return errMissing(from)
	case d.has(name):
		return errTaken(name)
	}
	return nil
}

// addProfile adds a profile.
func (d *Draft) addProfile(name string, pairs ...syntax.NewPair) {
	path := []string{"profiles", name}
	edits := d.TOML.InsertTable(path, pairs...)
	if edits == nil { // all profiles are in one inline table
		edits = d.TOML.Insert(path, inlineTable(pairs))
	}
	d.Make(edits)
}

func inlineTable(pairs []syntax.NewPair) string {
	if len(pairs) == 0 {
		return "{}"
	}
	members := make([]string, len(pairs))
	for i, p := range pairs {
		members[i] = syntax.KeyText(p.Key) + " = " + p.Literal
	}
	return "{ " + strings.Join(members, ", ") + " }"
}

// define sees to it that the file has a profile: one that Prefect brings along with what it brings, any other empty.
func (d *Draft) define(name string) {
	if !d.has(name) {
		pairs, _ := profiles.Bundled(name)
		d.addProfile(name, pairs...)
	}
}

// activate makes a profile the active one. A name that stands there keeps its kind of quotes.
func (d *Draft) activate(name string) {
	if a := d.Active; a != nil && a.Value.Kind == syntax.String {
		d.Make([]text.Edit{a.Set(d.Source, name)})
		return
	}
	d.Make(d.TOML.Set([]string{"active"}, syntax.Quote(name)))
}

// move takes a value that is there to a place where nothing stands yet, with the comments on its line and right above it.
func (d *Draft) move(from, to []string) {
	above := d.TOML.CommentsAbove(d.TOML.Find(from...))
	comments := above.Of(d.Source)
	d.Make(d.TOML.Move(from, to))
	moved := d.TOML.Find(to...)
	if comments == "" || moved == nil {
		return
	}
	if at := d.TOML.CommentsAbove(moved).End; at >= above.End { // it has moved down, and to a line of its own
		d.Make([]text.Edit{{Span: above}, {Span: text.Span{Start: at, End: at}, New: comments}})
	}
}

// set gives a setting a value in a profile, under its canonical name alone. A value that stands there keeps its kind of quotes.
func (d *Draft) set(profile, setting, value string) {
	d.removeKeys(profile, func(key string) bool { return key != setting && isKeyFor(key, setting) })
	for i := range d.Entries {
		if e := &d.Entries[i]; e.Profile == profile && e.Name == setting {
			d.Make([]text.Edit{e.Set(d.Source, value)})
			return
		}
	}
	d.Make(d.TOML.Insert([]string{"profiles", profile, setting}, syntax.Quote(value)))
}

// unset takes settings out of a profile, by whatever name. The profile stays.
func (d *Draft) unset(profile string, settings ...string) {
	d.removeKeys(profile, func(key string) bool { return isMeantFor(key, settings) })
	d.Make(d.restored(profile))
}

// restored is the edit that puts back a profile of which the last setting is gone, if it had no header.
func (d *Draft) restored(profile string) []text.Edit {
	if d.has(profile) {
		return nil
	}
	path := []string{"profiles", profile}
	if edits := d.TOML.InsertTable(path); edits != nil {
		return edits
	}
	return d.TOML.Insert(path, "{}")
}

func (d *Draft) removeKeys(profile string, is func(key string) bool) {
	for {
		at := slices.IndexFunc(d.Entries, func(e profiles.Entry) bool {
			return e.Profile == profile && is(e.Name) && d.TOML.Find("profiles", profile, e.Name) != nil
		})
		if at < 0 {
			return
		}
		before := d.Source
		d.Make(d.TOML.Delete("profiles", profile, d.Entries[at].Name))
		if d.Source == before {
			return
		}
	}
}

// isKeyFor reports whether a key of a profile is one of the names of a setting, of which the canonical one is given. Among them is
// its place in prefect.toml, which the prefect command reads and a flow run does not.
func isKeyFor(key, setting string) bool {
	s, ok := settings.ByName(key)
	if !ok {
		s, ok = settings.ByPath(key)
	}
	return ok && s.Name == setting
}

// isMeantFor reports whether a key is meant for one of the settings, also in lower case, in which Prefect does not read it.
func isMeantFor(key string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return isKeyFor(key, name) || isKeyFor(strings.ToUpper(key), name) })
}
