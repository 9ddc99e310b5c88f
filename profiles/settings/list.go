package settings

import (
	"fmt"
	"slices"
	"strings"
)

const (
	aNameList    = "a name or a comma-separated list of names"
	aCodeList    = "a status code from 100 to 599, or a comma-separated list of them"
	aVacuumValue = "true, false or a comma-separated list of vacuum types"
)

// castNames takes text that is split at commas, without looking at what is between them, or an array of texts.
func castNames(given native) (Value, string) {
	if isFalsy(given) {
		return []string{}, ""
	}
	switch given := given.(type) {
	case string:
		return setOf(splitTrimmed(given)), ""
	case []native:
		if names, ok := textsOf(given); ok {
			return setOf(names), ""
		}
		return nil, "The list holds something that is not text: put every name in quotes."
	}
	return nil, kindOf(given) + " is not " + aNameList + ": put it in quotes."
}

// castStatusCodes takes numbers from 100 to 599: one, an array, or text that is split at commas.
func castStatusCodes(given native) (Value, string) {
	if isFalsy(given) {
		return []int64{}, ""
	}
	parts := []native{given}
	switch given := given.(type) {
	case string:
		parts = parts[:0]
		for _, part := range splitTrimmed(given) {
			parts = append(parts, part)
		}
	case []native:
		parts = given
	}
	codes := make([]int64, 0, len(parts))
	for _, part := range parts {
		code, reason := castInteger(part)
		n, isInt64 := code.(int64)
		switch {
		case part == "":
			return nil, "The list has an empty entry: remove the extra comma."
		case reason != "":
			return nil, not(part, aCodeList)
		case !isInt64 || n < 100 || n > 599:
			return nil, subject(part) + " is not a status code: those are from 100 to 599."
		}
		codes = append(codes, n)
	}
	return setOf(codes), ""
}

// castVacuumTypes takes a boolean, an array of texts, or text that is split at commas. It does not look at
// the names: Prefect does so later, when its server starts to clean up.
func castVacuumTypes(given native) (Value, string) {
	switch given := given.(type) {
	case string:
		switch strings.ToLower(trimPythonSpace(given)) {
		case "true", "1":
			return true, ""
		case "false", "0", "":
			return false, ""
		}
		names := slices.DeleteFunc(splitTrimmed(given), func(name string) bool { return name == "" })
		return setOf(names), ""
	case []native:
		if names, ok := textsOf(given); ok {
			return setOf(names), ""
		}
		return nil, "The list holds something that is not text: put every vacuum type in quotes."
	}
	if b, reason := castBoolean(given); reason == "" {
		return b, ""
	}
	return nil, not(given, aVacuumValue)
}

// isFalsy reports whether Python counts a value as nothing.
func isFalsy(given native) bool {
	switch given := given.(type) {
	case []native:
		return len(given) == 0
	case map[string]native:
		return len(given) == 0
	}
	return given == nil || given == "" || given == false || given == int64(0) || given == 0.0
}

func splitTrimmed(text string) []string {
	parts := strings.Split(text, ",")
	for i, part := range parts {
		parts[i] = trimPythonSpace(part)
	}
	return parts
}

func textsOf(list []native) ([]string, bool) {
	texts := make([]string, len(list))
	for i, element := range list {
		text, ok := element.(string)
		if !ok {
			return nil, false
		}
		texts[i] = text
	}
	return texts, true
}

func setOf[T string | int64](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// commaList writes a list of plain values as a comma list.
func commaList(list []native) string {
	texts := make([]string, len(list))
	for i, element := range list {
		texts[i] = fmt.Sprint(element)
	}
	return strings.Join(texts, ",")
}
