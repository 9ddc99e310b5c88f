package feature

import (
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// addTables offers the tables that the file may have and does not have yet.
func (c *completions) addTables() {
	closing := "]"
	if c.closed {
		closing = ""
	}
	for _, path := range c.tables() {
		if !c.hasTable(path) {
			c.add(offer{label: path, detail: "table", kind: lsp.CompletionItemKindModule, text: path + closing})
		}
	}
	if c.File.Kind == profiles.ProfilesTOML {
		c.add(offer{
			label: "profiles.…", detail: "a profile", kind: lsp.CompletionItemKindModule,
			text: "profiles.", snippet: "profiles.${1:name}" + closing,
		})
	}
}

// tables are the headers that a file of this kind may have.
func (c *completions) tables() []string {
	var paths []string
	switch c.File.Kind {
	case profiles.ProfilesTOML:
		names := profiles.BundledNames()
		if c.File.Active != nil && c.File.Active.Value.Text != "" && !slices.Contains(names, c.File.Active.Value.Text) {
			names = append([]string{c.File.Active.Value.Text}, names...)
		}
		for _, name := range names {
			paths = append(paths, syntax.KeyText([]string{"profiles", name}))
		}
	case profiles.PrefectTOML:
		for _, g := range settings.Groups() {
			paths = append(paths, g.Path)
		}
	case profiles.PyProject:
		const root = "tool.prefect"
		// In other people's tables ours would be noise.
		if typed := strings.TrimLeft(c.word.Of(c.Text), " \t"); !strings.HasPrefix(typed, root) && !strings.HasPrefix(root, typed) {
			return nil
		}
		paths = append(paths, root)
		for _, g := range settings.Groups() {
			paths = append(paths, root+"."+g.Path)
		}
	}
	return paths
}

// hasTable reports whether a header other than that at the cursor defines the table.
func (c *completions) hasTable(path string) bool {
	return slices.ContainsFunc(c.File.TOML.Statements, func(s syntax.Statement) bool {
		return s.Kind == syntax.Header && !s.Span.Overlaps(c.word) && path == syntax.KeyText(syntax.Names(s.Key))
	})
}
