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

// tableInProfile is the name under which s gives a profile a table, such as [profiles.dev.PREFECT_API] does, and the value that Prefect
// finds there; it is empty for every other statement.
func tableInProfile(f *profiles.File, s *syntax.Statement) (name string, v syntax.Value) {
	path := pathOf(f.TOML, s)
	switch {
	case f.Kind != profiles.ProfilesTOML, len(path) < 3, path[0] != "profiles":
		return "", v
	case s.Kind == syntax.Pair && (len(path) == 3 || len(path)-len(s.Key) > 2): // a single value, or below a header that has told
		return "", v
	}
	v = syntax.Value{Kind: syntax.InlineTable, Span: keySpan(s.Key)}
	if s.Kind == syntax.ArrayHeader && len(path) == 3 {
		v = syntax.Value{Kind: syntax.Array, Span: v.Span, Elements: []syntax.Value{v}}
	}
	return path[2], v
}

// keySpan is where a key stands, all its parts.
func keySpan(key []syntax.KeyPart) text.Span {
	if len(key) == 0 {
		return text.Span{}
	}
	return key[0].Span.Cover(key[len(key)-1].Span)
}
