package syntax

import "strings"

// scalarKind is the kind of a value without brackets or quotes, or Bad.
func scalarKind(token string) ValueKind {
	if token == "" {
		return Bad
	}
	switch {
	case token == "true" || token == "false":
		return Boolean
	case isInteger(token):
		return Integer
	case isFloat(token):
		return Float
	case isDateTime(token):
		return DateTime
	}
	return Bad
}

// isInteger reports whether s is a TOML integer.
func isInteger(s string) bool {
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x':
			return skipDigits(s[2:], isHex) == ""
		case 'o':
			return skipDigits(s[2:], isOctal) == ""
		case 'b':
			return skipDigits(s[2:], isBinary) == ""
		}
	}
	rest, ok := skipDecimal(s)
	return ok && rest == ""
}

// isFloat reports whether s is a TOML float. It also accepts what [isInteger] does.
func isFloat(s string) bool {
	switch strings.TrimLeft(s, "+-") {
	case "inf", "nan":
		return len(s) <= 4
	}
	s, ok := skipDecimal(s)
	if !ok {
		return false
	}
	if strings.HasPrefix(s, ".") {
		rest := skipDigits(s[1:], isDecimal)
		if len(rest) == len(s)-1 {
			return false
		}
		s = rest
	}
	if s != "" && s[0]|0x20 == 'e' {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		return s != "" && skipDigits(s, isDecimal) == ""
	}
	return s == ""
}

// skipDecimal returns what follows a decimal integer with its sign, which must not start with a needless zero.
func skipDecimal(s string) (rest string, ok bool) {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	if s != "" && s[0] == '0' {
		return s[1:], true
	}
	rest = skipDigits(s, isDecimal)
	return rest, len(rest) < len(s)
}

// skipDigits returns what follows digits with single underscores between them; s itself if it starts with no digit.
func skipDigits(s string, isDigit func(byte) bool) string {
	i := 0
	for i < len(s) && (isDigit(s[i]) || s[i] == '_' && i > 0 && s[i-1] != '_' && i+1 < len(s) && isDigit(s[i+1])) {
		i++
	}
	return s[i:]
}

func isDecimal(c byte) bool { return '0' <= c && c <= '9' }
func isOctal(c byte) bool   { return '0' <= c && c <= '7' }
func isBinary(c byte) bool  { return c == '0' || c == '1' }
func isHex(c byte) bool     { return hexDigit(c) >= 0 }

// isDateTime reports whether s is a date, a time, or both with or without an offset, that exists in the calendar.
func isDateTime(s string) bool {
	rest, ok := skipDate(s)
	if !ok {
		rest, ok = skipTime(s)
		return ok && rest == ""
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'T' && rest[0] != 't' && rest[0] != ' ' {
		return false
	}
	rest, ok = skipTime(rest[1:])
	return ok && isOffset(rest)
}

// skipDate returns what follows a date such as 2025-12-31.
func skipDate(s string) (rest string, ok bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return s, false
	}
	year, month, day := number(s[0:4]), number(s[5:7]), number(s[8:10])
	return s[10:], 1 <= year && 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

// skipTime returns what follows a time such as 23:59:59.999.
func skipTime(s string) (rest string, ok bool) {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || !isClock(s[0:2], s[3:5]) || !within(s[6:8], 59) {
		return s, false
	}
	rest = s[8:]
	if !strings.HasPrefix(rest, ".") {
		return rest, true
	}
	fraction := strings.TrimLeft(rest[1:], "0123456789")
	return fraction, len(fraction) < len(rest)-1
}

// isOffset reports whether s is what may follow a date and time: nothing, Z or an offset such as +01:00.
func isOffset(s string) bool {
	if s == "" || s == "Z" || s == "z" {
		return true
	}
	return len(s) == 6 && (s[0] == '+' || s[0] == '-') && s[3] == ':' && isClock(s[1:3], s[4:6])
}

// isClock reports whether hour and minute are on the clock.
func isClock(hour, minute string) bool { return within(hour, 23) && within(minute, 59) }

// within reports whether s is a number from 0 to most.
func within(s string, most int) bool { n := number(s); return 0 <= n && n <= most }

// number is the value of a few decimal digits, or -1.
func number(s string) int {
	n := 0
	for i := range len(s) {
		if !isDecimal(s[i]) {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// daysIn is the length of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// timeFollowsDate reports whether the first n bytes of s look like a date, with a blank and a time behind them.
func timeFollowsDate(s string, n int) bool {
	return n == 10 && s[4] == '-' && len(s) > 13 && s[10] == ' ' && isDecimal(s[11]) && isDecimal(s[12]) && s[13] == ':'
}
