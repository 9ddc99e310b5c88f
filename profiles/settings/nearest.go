package settings

import (
	"slices"
	"strings"
)

// oftenWritten are names that Prefect never had and that people write all the same, with what they mean.
var oftenWritten = [...]struct{ name, meant string }{
	{"PREFECT_API_DATABASE_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"},
	{"PREFECT_AUTH_STRING", "PREFECT_API_AUTH_STRING"},
	{"PREFECT_CLOUD_API_KEY", "PREFECT_API_KEY"},
	{"PREFECT_DATABASE_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"},
	{"PREFECT_LOG_LEVEL", "PREFECT_LOGGING_LEVEL"},
	{"PREFECT_SERVER_API_URL", "PREFECT_API_URL"},
	{"PREFECT_SERVER_DATABASE_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"},
	{"PREFECT_SERVER_HOST", "PREFECT_SERVER_API_HOST"},
	{"PREFECT_SERVER_PORT", "PREFECT_SERVER_API_PORT"},
	{"PREFECT_SERVER_URL", "PREFECT_API_URL"},
	{"PREFECT_TELEMETRY_ENABLED", "PREFECT_SERVER_ANALYTICS_ENABLED"},
}

// OftenMeant finds the setting that people mean by a name that Prefect never had.
func OftenMeant(name string) (*Setting, bool) {
	for _, often := range oftenWritten {
		if often.name == name {
			return ByName(often.meant)
		}
	}
	return nil, false
}

// NearestByName finds the setting that was most likely meant by a wrong name: the one that people often mean by it, else the one
// whose name, canonical or legacy, it resembles.
func NearestByName(name string) (*Setting, bool) {
	name = strings.ToUpper(name)
	if s, ok := OftenMeant(name); ok {
		return s, true
	}
	nearest, ok := Nearest(name, allNames())
	if !ok {
		return nil, false
	}
	return ByName(nearest)
}

// IsMistyped reports whether a name is that of a setting, but for typing mistakes.
func IsMistyped(name string) bool {
	_, is := mistyped(strings.ToUpper(name), allNames())
	return is
}

func allNames() []string {
	all := make([]string, len(names))
	for i := range names {
		all[i] = names[i].name
	}
	return all
}

// NearestByPath finds the setting whose place in prefect.toml was most likely meant by a misspelt one.
func NearestByPath(path string) (*Setting, bool) {
	all := make([]string, len(paths))
	for i, s := range paths {
		all[i] = s.Path
	}
	nearest, ok := Nearest(strings.ToLower(path), all)
	if !ok {
		return nil, false
	}
	return ByPath(nearest)
}

// Nearest finds the candidate that was most likely meant by word: the one with the fewest typing mistakes,
// if they are few for the word's length, else the only one that has all parts of word and the fewest others.
func Nearest(word string, candidates []string) (string, bool) {
	if nearest, ok := mistyped(word, candidates); ok {
		return nearest, true
	}
	return completed(word, candidates)
}

// mistyped finds the candidate with the fewest typing mistakes, if they are few for the word's length.
func mistyped(word string, candidates []string) (string, bool) {
	nearest, fewest := "", mistakesAllowed(word)+1
	for _, c := range candidates {
		if abs(len(c)-len(word)) >= fewest {
			continue
		}
		if d := distance(word, c, fewest); d < fewest && haveSameParts(word, c) {
			nearest, fewest = c, d
		}
	}
	return nearest, nearest != ""
}

// haveSameParts reports whether two words of as many parts differ by typing mistakes in them: a KEY is no mistyped URL.
func haveSameParts(word, other string) bool {
	parts, others := split(word), split(other)
	if len(parts) != len(others) {
		return true
	}
	for i, part := range parts {
		if allowed := mistakesAllowed(part); distance(part, others[i], allowed+1) > allowed {
			return false
		}
	}
	return true
}

// mistakesAllowed is a third of what can tell one word from another, at most 4.
func mistakesAllowed(word string) int {
	return min(max(1, len(strings.TrimPrefix(word, "PREFECT_"))/3), 4)
}

// completed finds the only candidate that has all parts of word, in order, and the fewest others, which are fewer. A part may be
// the beginning of the candidate's: LOG_LEVEL leads to LOGGING_LEVEL. One part alone is too little to go by.
func completed(word string, candidates []string) (string, bool) {
	parts := split(word)
	best, fewest, ties := "", len(parts), 0
	for _, c := range candidates {
		others := split(c)
		if len(parts) < 2 || !areIn(parts, others) {
			continue
		}
		switch missing := len(others) - len(parts); {
		case missing < fewest:
			best, fewest, ties = c, missing, 0
		case missing == fewest:
			ties++
		}
	}
	return best, best != "" && ties == 0
}

// split leaves out what all names begin with, and so tells nothing.
func split(word string) []string {
	return strings.FieldsFunc(strings.TrimPrefix(word, "PREFECT_"), func(r rune) bool { return r == '_' || r == '.' || r == '-' })
}

func areIn(parts, others []string) bool {
	for _, part := range parts {
		i := slices.IndexFunc(others, func(other string) bool {
			return other == part || len(part) >= 3 && strings.HasPrefix(other, part)
		})
		if i < 0 {
			return false
		}
		others = others[i+1:]
	}
	return true
}

// distance is the Damerau-Levenshtein distance of two byte strings in its restricted form: the fewest
// insertions, deletions, replacements and swaps of neighbours that turn a into b, no byte touched twice.
// It may return limit instead of any distance that is not less.
func distance(a, b string, limit int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		if slices.Min(row) > limit { // a swap can reach back two rows, at a price of one
			return limit
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func abs(n int) int { return max(n, -n) }
