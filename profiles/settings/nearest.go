package settings

import (
	"slices"
	"strings"
)

// NearestByName finds the setting whose name, canonical or legacy, was most likely meant by a misspelt one.
func NearestByName(name string) (*Setting, bool) {
	all := make([]string, len(names))
	for i := range names {
		all[i] = names[i].name
	}
	nearest, ok := Nearest(strings.ToUpper(name), all)
	if !ok {
		return nil, false
	}
	return ByName(nearest)
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
	nearest, fewest := "", mistakesAllowed(word)+1
	for _, c := range candidates {
		if abs(len(c)-len(word)) >= fewest {
			continue
		}
		if d := distance(word, c, fewest); d < fewest {
			nearest, fewest = c, d
		}
	}
	if nearest != "" {
		return nearest, true
	}
	return completed(word, candidates)
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
