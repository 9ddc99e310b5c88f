package syntax

import "strings"

// startsStatement reports whether a line starts like key = or like a header. It says so of no line
// that a valid value may go on with, so it never cuts a valid file.
func startsStatement(line string) bool {
	i := 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	return startsHeader(line[i:]) || startsPair(line[i:])
}

// startsHeader reports whether a line starts like a header and unlike an array, which may stand on a line of its own
// inside another array.
func startsHeader(line string) bool {
	if !strings.HasPrefix(line, "[") {
		return false
	}
	name := strings.TrimLeft(strings.TrimPrefix(line[1:], "["), " \t")
	n := 0
	for n < len(name) && isBareKey(name[n]) {
		n++
	}
	if n == 0 || isDecimal(name[0]) || name[0] == '-' {
		return false
	}
	switch name[:n] {
	case "true", "false", "inf", "nan":
		return false
	}
	end := strings.IndexAny(name, ",\r\n")
	return end < 0 || name[end] != ','
}

// startsPair reports whether a line starts like key =.
func startsPair(line string) bool {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '=':
			return i > 0
		case c == '"' || c == '\'':
			end := quotedEnd(line, i)
			if end < 0 {
				return false
			}
			i = end
		case !isBareKey(c) && c != '.' && c != ' ' && c != '\t':
			return false
		}
	}
	return false
}

// quotedEnd is where the quote at start is closed on its line, or -1. In double quotes a backslash hides what follows it.
func quotedEnd(line string, start int) int {
	for i := start + 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == line[start]:
			return i
		case c == '\n':
			return -1
		case c == '\\' && line[start] == '"':
			i++
		}
	}
	return -1
}
