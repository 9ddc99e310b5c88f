package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A proposal is a value that can be written.
type proposal struct{ value, detail string }

// values offers what can stand behind "=".
func values(snap *session.Snapshot, doc *session.Document, p place) []lsp.CompletionItem {
	items := []lsp.CompletionItem{}
	proposals, quoted := proposals(doc.File, p)
	for _, proposal := range proposals {
		insert, filter := proposal.value, proposal.value
		if quoted && p.quote == "" {
			insert = `"` + insert + `"`
			filter = insert
		} else if p.quote != "" && !p.closed {
			insert += p.quote
		}
		if doc.File.Kind != profiles.DotEnv && p.quote == "" && doc.Text[p.word.Start-1] == '=' {
			insert = " " + insert
		}
		it := item(doc, p, proposal.value, lsp.CompletionItemKindValue, proposal.detail, insert)
		it.FilterText = new(filter)
		items = append(items, it)
	}
	return items
}

// proposals are the values for the key in front of the cursor, and whether they have to be quoted.
func proposals(f *profiles.File, p place) (values []proposal, quoted bool) {
	if f.Kind == profiles.ProfilesTOML && len(p.table) == 0 && p.key == "active" {
		for _, profile := range f.Profiles {
			values = append(values, proposal{profile.Name, "profile"})
		}
		return values, true
	}
	s, ok := settingOf(f.Kind, p)
	if !ok {
		return nil, false
	}
	return valuesOf(s), f.Kind == profiles.ProfilesTOML || f.Kind.NamesByPath() && isText(s)
}

func settingOf(kind profiles.Kind, p place) (*settings.Setting, bool) {
	if !kind.NamesByPath() {
		return settings.ByName(strings.ToUpper(p.key))
	}
	prefix, ok := tablePrefix(kind, p.table)
	if !ok {
		return nil, false
	}
	return settings.ByPath(prefix + p.key)
}

func valuesOf(s *settings.Setting) []proposal {
	var values []proposal
	add := func(value string) {
		detail := ""
		if value == s.Default {
			detail = "default"
		}
		values = append(values, proposal{value, detail})
	}
	switch {
	case s.Name == "PREFECT_API_URL":
		return []proposal{
			{"http://127.0.0.1:4200/api", "a Prefect server on this machine"},
			{"https://api.prefect.cloud/api/accounts/<account id>/workspaces/<workspace id>", "a workspace of Prefect Cloud"},
		}
	case s.Secret:
		return nil
	case s.Kind == settings.Boolean:
		add("true")
		add("false")
	case len(s.Choices) > 0:
		for _, choice := range s.Choices {
			add(choice)
		}
	case s.Default != "":
		add(s.Default)
	}
	return values
}
