package rules

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// pathOf is the full path that a statement defines, from the top of its file.
func pathOf(t *syntax.TOML, s *syntax.Statement) []string { return appendPath(nil, t, s) }

// appendPath adds to path what [pathOf] is.
func appendPath(path []string, t *syntax.TOML, s *syntax.Statement) []string {
	if s.Kind == syntax.Pair && s.Header >= 0 {
		path = appendNames(path, t.Statements[s.Header].Key)
	}
	return appendNames(path, s.Key)
}

func appendNames(path []string, key []syntax.KeyPart) []string {
	for _, part := range key {
		path = append(path, part.Text)
	}
	return path
}

// keySpan is where a key stands, all its parts.
func keySpan(key []syntax.KeyPart) text.Span {
	if len(key) == 0 {
		return text.Span{}
	}
	return key[0].Span.Cover(key[len(key)-1].Span)
}

// rootOf are the tables around Prefect's settings in a file that holds more than those.
func rootOf(kind profiles.Kind) []string {
	if kind == profiles.PyProject {
		return []string{"tool", "prefect"}
	}
	return nil
}

// isTable reports whether a statement makes its path a table, as far as Prefect is concerned.
func isTable(s *syntax.Statement) bool {
	switch s.Kind {
	case syntax.Header:
		return true
	case syntax.Pair:
		return s.Value.Kind == syntax.InlineTable || s.Value.Kind == syntax.Missing || s.Value.Kind == syntax.Bad
	}
	return false
}
