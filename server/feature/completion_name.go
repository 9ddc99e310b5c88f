package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// addNames offers the settings that the table may have and does not have yet; older names last.
func (c *completions) addNames() {
	if c.File.Kind == profiles.ProfilesTOML && len(c.table) == 0 {
		c.addTopLevel()
		return
	}
	prefix, ok := settingsBelow(c.File.Kind, c.table)
	if !ok {
		return
	}
	all := settings.All()
	c.list = make([]lsp.CompletionItem, 0, 2*len(all)) // with the older names
	present := c.present()
	for i := range all {
		s := &all[i]
		if present[s] {
			continue
		}
		if name, below := strings.CutPrefix(nameIn(c.File.Kind, s), prefix); below {
			c.addName(s, name, name)
		}
	}
	if c.File.Kind.NamesByPath() {
		return
	}
	for i := range all {
		for _, older := range all[i].Legacy {
			if present[&all[i]] {
				continue
			}
			item := c.addName(&all[i], older, "~"+older)
			item.Detail = new("older name of " + all[i].Name)
			if c.snap.Client.DeprecatedItems {
				item.Tags = []lsp.CompletionItemTag{lsp.CompletionItemTagDeprecated}
			}
		}
	}
}

func (c *completions) addName(s *settings.Setting, name, sortText string) *lsp.CompletionItem {
	o := offer{label: name, detail: string(s.Kind), kind: lsp.CompletionItemKindProperty, text: name}
	if !c.assigned {
		equals := " = "
		if c.File.Kind == profiles.DotEnv {
			equals = "="
		}
		o.text += equals
		if c.snap.Client.Snippets {
			o.snippet = o.text + valueForm(c.File.Kind, s) + "$0"
		}
	}
	item := c.add(o)
	item.Data = name
	if c.File.Kind.NamesByPath() {
		item.Data = s.Name
	}
	if sortText != name {
		item.SortText = &sortText
	}
	return item
}

// addTopLevel offers what can stand in front of the profiles.
func (c *completions) addTopLevel() {
	if c.File.Active == nil || c.File.Active.Key.Overlaps(c.word) {
		o := offer{label: "active", detail: "the profile to use", kind: lsp.CompletionItemKindProperty, text: "active"}
		if !c.assigned {
			o.text, o.snippet = `active = `, `active = "$1"$0`
		}
		c.add(o)
	}
	if !c.assigned {
		c.add(offer{
			label: "[profiles.…]", detail: "a profile", kind: lsp.CompletionItemKindModule,
			text: "[profiles.", snippet: "[profiles.${1:name}]\n$0",
		})
	}
}

// settingsBelow is what the paths of the settings that may stand in a table begin with; false where none may.
func settingsBelow(kind profiles.Kind, table []string) (string, bool) {
	switch kind {
	case profiles.ProfilesTOML:
		return "", len(table) == 2 && table[0] == "profiles"
	case profiles.PyProject:
		if len(table) < 2 || table[0] != "tool" || table[1] != "prefect" {
			return "", false
		}
		table = table[2:]
	}
	if len(table) == 0 {
		return "", true
	}
	return strings.Join(table, ".") + ".", true
}

// present are the settings that already have a value beside the line at the cursor.
func (c *completions) present() map[*settings.Setting]bool {
	present := map[*settings.Setting]bool{}
	for i := range c.File.Entries {
		e := &c.File.Entries[i]
		if e.Setting == nil || e.Key.Overlaps(c.word) {
			continue
		}
		if c.File.Kind != profiles.ProfilesTOML || e.Profile == c.table[1] {
			present[e.Setting] = true
		}
	}
	return present
}
