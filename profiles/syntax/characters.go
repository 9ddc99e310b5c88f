package syntax

import (
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/text"
)

const (
	byteOrderMark = "\ufeff"
	notUTF8       = "This is not UTF-8. Save the file with UTF-8 encoding."
	inUTF16       = "The file is encoded in UTF-16. Save it with UTF-8 encoding."
)

// isUTF16 reports whether src starts with the byte order mark of UTF-16, as what Windows PowerShell writes does.
func isUTF16(src string) bool {
	return strings.HasPrefix(src, "\xff\xfe") || strings.HasPrefix(src, "\xfe\xff")
}

// invalidUTF8 finds each run of bytes that is no UTF-8.
func invalidUTF8(src string) (runs []text.Span) {
	if utf8.ValidString(src) {
		return nil
	}
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRuneInString(src[i:])
		if n := len(runs); r != utf8.RuneError || size != 1 {
			i += size
		} else if i++; n > 0 && runs[n-1].End == i-1 {
			runs[n-1].End = i
		} else {
			runs = append(runs, text.Span{Start: i - 1, End: i})
		}
	}
	return runs
}

// isLineEnd reports whether c is part of a line end.
func isLineEnd(c byte) bool { return c == '\n' || c == '\r' }
