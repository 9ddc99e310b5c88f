package settings

import "strings"

// castString takes text and nothing else. Its reason does not show the value, which may be a secret.
func castString(given native) (Value, string) {
	if text, ok := given.(string); ok {
		return text, ""
	}
	return nil, kindOf(given) + " is not text: put it in quotes."
}

// castPath takes text, and writes it as Python's pathlib does on POSIX: without doubled slashes and "." parts.
// Neither "~" nor "$PREFECT_HOME" is expanded.
func castPath(given native) (Value, string) {
	text, ok := given.(string)
	if !ok {
		return nil, kindOf(given) + " is not a path: put it in quotes."
	}
	root := text[:len(text)-len(strings.TrimLeft(text, "/"))]
	if len(root) != 2 && root != "" { // POSIX keeps exactly two leading slashes apart
		root = "/"
	}
	var parts []string
	for part := range strings.SplitSeq(text, "/") {
		if part != "" && part != "." {
			parts = append(parts, part)
		}
	}
	if path := root + strings.Join(parts, "/"); path != "" {
		return path, ""
	}
	return ".", ""
}

// kindOf names the type of a value at the beginning of a sentence, without showing it.
func kindOf(given native) string {
	switch given.(type) {
	case string:
		return "Text"
	case bool:
		return "A boolean"
	case dateTime, []native, map[string]native, nil:
		return subject(given)
	default:
		return "A number"
	}
}
