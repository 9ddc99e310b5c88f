package feature

import (
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Hover explains what is under the cursor: a setting on its name, with what is made of its value on the value; and what a profile
// holds on its header and on "active".
func Hover(snap *session.Snapshot, params *lsp.HoverParams) (*lsp.Hover, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	f, offset := doc.File, doc.Map.Offset(params.Position)
	if a := f.Active; a != nil && a.Value.Kind == syntax.String && a.Key.Cover(a.Value.Span).Contains(offset) {
		return hover(doc, a.Key.Cover(a.Value.Span), profileText(snap.Directory, f, a.Value.Text)), nil
	}
	for _, p := range f.Profiles {
		if p.NameSpan.Contains(offset) {
			return hover(doc, p.NameSpan, profileText(snap.Directory, f, p.Name)), nil
		}
	}
	e := f.EntryAt(offset)
	if e == nil || e.Setting == nil {
		return nil, nil
	}
	s := surroundingOf(snap, doc)
	if e.Key.Contains(offset) {
		return hover(doc, e.Key, settingText(f, e)+effectText(s, e)), nil
	}
	return hover(doc, e.Value.Span, workspaceText(snap, e)+valueText(s, e)+settingText(f, e)+effectText(s, e)), nil
}

// workspaceText names the workspace that an API URL is the address of, where it is known; it is empty or ends with a blank line.
func workspaceText(snap *session.Snapshot, e *profiles.Entry) string {
	if e.Setting.Name != apiURL {
		return ""
	}
	if handle := snap.Directory.Handle(e.Value.Text); handle != "" {
		return "**" + plain(handle) + "**\n\n"
	}
	return ""
}

func hover(doc *session.Document, span text.Span, markdownText string) *lsp.Hover {
	return &lsp.Hover{Contents: markdown(markdownText), Range: new(doc.Map.Range(span))}
}

func settingText(f *profiles.File, e *profiles.Entry) string {
	name := nameIn(f.Kind, e.Setting)
	title := "**" + name + "**"
	if !strings.EqualFold(e.Name, name) {
		title += " (older name: " + code(e.Name) + ")"
	}
	return title + "\n\n" + e.Setting.Summary(name, strings.ToUpper(e.Name))
}

// effectText says what became of a value in the folder: whether it counts, over which others, or which one counts instead.
func effectText(s surrounding, e *profiles.Entry) string {
	setting, rank := s.standing(e)
	var told string
	switch {
	case setting == nil:
		return ""
	case rank == 0 || rank > 0 && !overridden(setting, rank):
		told = "In effect here" + s.overText(setting.Shadows) + "."
	case rank > 0:
		told = "**Overridden here** by " + s.link(setting.Source) + ": " + counting(setting, &setting.Value) + "."
	case e.Profile != "" && e.Profile != s.folder.Result.Active.Name:
		told = "Profile " + code(e.Profile) + " is not active here."
		if setting.IsSet() {
			told += " In effect is " + counting(setting, &setting.Value) + ", from " + s.link(setting.Source) + "."
		}
	default:
		return ""
	}
	return "\n---\n\n" + told
}

// overText lists values that do not count.
func (s surrounding) overText(shadows []layers.Value) string {
	var over []string
	for _, v := range shadows {
		if v.Source.Kind != layers.Default {
			over = append(over, s.link(v.Source))
		}
	}
	if len(over) == 0 {
		return ""
	}
	return ", over " + strings.Join(over, " and ")
}

// valueText says what Prefect makes of a value, where that is not plain from the text; it is empty or ends with a blank line.
func valueText(s surrounding, e *profiles.Entry) string {
	meaning := ""
	switch {
	case e.Setting.Secret:
		meaning = "A secret: " + code(shownValue(e)) + "."
	case e.Value.Kind != syntax.String && e.Value.Kind != syntax.Integer && e.Value.Kind != syntax.Float:
	case e.Setting.Name == apiURL:
		meaning = urlText(profiles.ParseAPIURL(e.Value.Text), s.isCloud(e.Value.Text))
	default:
		meaning = castText(e)
	}
	if meaning == "" {
		return ""
	}
	return meaning + "\n\n---\n\n"
}

func castText(e *profiles.Entry) string {
	// The sources differ in what they refuse, which the diagnostics tell, but not in what they make of the rest.
	value, invalid := e.Setting.Cast(e.Value, settings.ConfigFile)
	written := e.Value.Text
	switch value := value.(type) {
	case nil:
	case settings.Timedelta:
		return code(written) + " is " + value.Human() + "."
	case bool:
		if as := fmt.Sprint(value); invalid == nil && written != as {
			return "Prefect takes " + code(written) + " for " + code(as) + "."
		}
	case string:
		if len(e.Setting.Choices) > 0 && value != written {
			return "Prefect takes " + code(written) + " for " + code(value) + "."
		}
	case int64, float64:
		if d, ok := duration(e); ok {
			return code(written) + " seconds are " + d.Human() + "."
		}
	}
	return ""
}

// isInSeconds reports whether a setting that is a number counts seconds.
func isInSeconds(s *settings.Setting) bool { return strings.HasSuffix(s.Name, "_SECONDS") }

// urlText says what an API URL points at, which may be Prefect Cloud at an address of its own.
func urlText(u profiles.APIURL, isCloud bool) string {
	switch {
	case strings.Contains(u.Text(), "${"):
		return "Prefect puts other variables in when it reads this."
	case u.Host == "":
		return ""
	case isCloud:
		return cloudText(u)
	case u.IsLoopback():
		return "A Prefect server on this machine: " + code(session.HostOf(u)) + "."
	}
	return "A Prefect server: " + code(session.HostOf(u)) + "."
}

func cloudText(u profiles.APIURL) string {
	account, accountOK := profiles.CanonicalID(u.Account)
	workspace, workspaceOK := profiles.CanonicalID(u.Workspace)
	if !accountOK || !workspaceOK {
		return "Prefect Cloud, but no workspace of it."
	}
	text := "A workspace of Prefect Cloud.\n\n- Account: " + code(account) + "\n- Workspace: " + code(workspace)
	if page := pageOf(u); page != "" {
		text += "\n\n" + link("Open it in the browser", page)
	}
	return text
}

// profileText says what a profile holds.
func profileText(directory *session.Directory, f *profiles.File, name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Profile %s", code(name))
	if f.Active != nil && f.Active.Value.Text == name {
		b.WriteString(", the active one")
	}
	if where := target(directory, f, name); where != "" {
		b.WriteString(": " + plain(where))
	}
	if _, defined := f.Lookup(name); !defined {
		if _, builtIn := profiles.Bundled(name); builtIn {
			return b.String() + "\n\nPrefect brings it along; this file does not define it."
		}
		return b.String() + "\n\nThis file does not define it."
	}
	b.WriteString("\n\n")
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Profile == name && e.Setting != nil && e.Value.Kind != syntax.Missing {
			fmt.Fprintf(&b, "- %s: %s\n", code(e.Name), code(shownValue(e)))
		}
	}
	return b.String()
}

// target says in a few words where runs with a profile go; it is empty where the file does not say it.
func target(directory *session.Directory, f *profiles.File, profile string) string {
	address := session.AccessOf(f, profile).APIURL
	if handle := directory.Handle(address); handle != "" {
		return handle
	}
	u := profiles.ParseAPIURL(address)
	if u.IsCloud() {
		return "Prefect Cloud"
	}
	return session.HostOf(u)
}
