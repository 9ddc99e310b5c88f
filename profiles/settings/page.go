package settings

import (
	"slices"
	"strings"
)

// Page explains the setting in Markdown, with its name as the title.
func (s *Setting) Page() string { return "# " + s.Name + "\n\n" + s.Summary(s.Name) }

// Reference is the address at which Prefect documents the setting.
func (s *Setting) Reference() string {
	return "https://docs.prefect.io/v3/api-ref/settings-ref#" + s.Heading
}

// Summary explains the setting in Markdown: what it does first, then the facts, without the names that the reader has
// already seen.
func (s *Setting) Summary(seen ...string) string {
	var b strings.Builder
	b.WriteString(strings.TrimSpace(s.Description))
	b.WriteString("\n\n")
	for _, fact := range []struct{ label, text string }{
		{"Kind", s.kindText()},
		{"Default", s.defaultText()},
		{"Variable", unseen(seen, s.Name)},
		{"In `prefect.toml`", unseen(seen, s.Path)},
		{"Older names", unseen(seen, s.Legacy...)},
		{"Since", sinceText(s.Name)},
		{"More", "[Prefect's reference](" + s.Reference() + ")"},
	} {
		if fact.text != "" {
			b.WriteString("- " + fact.label + ": " + fact.text + "\n")
		}
	}
	return b.String()
}

func (s *Setting) kindText() string {
	text := string(s.Kind)
	if s.Secret {
		text = "secret"
	}
	if len(s.Choices) > 0 {
		choices := make([]string, len(s.Choices))
		for i, c := range s.Choices {
			choices[i] = code(c)
		}
		text += ": " + strings.Join(choices, ", ")
	}
	for _, bound := range s.Bounds {
		text += ", " + bound.String()
	}
	return text
}

func (s *Setting) defaultText() string {
	switch {
	case s.Computed:
		return "depends on other settings"
	case s.Default != "":
		return code(s.Default)
	case s.Nullable:
		return "not set"
	}
	return "empty"
}

// unseen lists the names that are not among those seen.
func unseen(seen []string, names ...string) string {
	var list []string
	for _, name := range names {
		if !slices.Contains(seen, name) {
			list = append(list, code(name))
		}
	}
	return strings.Join(list, ", ")
}

func sinceText(name string) string {
	since := Since(name)
	if since == "2.20.0" {
		return "" // or earlier: in every release that is still in use
	}
	return "Prefect " + since
}

func code(text string) string { return "`" + text + "`" }
