package settings

import "strings"

// MaskKeys returns text with every Prefect API key in it reduced to its kind and its last characters, such as
// pnu_****abcd: enough to tell two keys apart, too little to use one.
func MaskKeys(text string) string {
	var out strings.Builder
	for {
		start := indexKey(text)
		if start < 0 {
			out.WriteString(text)
			return out.String()
		}
		end := start + keyPrefixLen
		for end < len(text) && isKeyByte(text[end]) {
			end++
		}
		out.WriteString(text[:start+keyPrefixLen])
		out.WriteString("****")
		if secret := text[start+keyPrefixLen : end]; len(secret) >= 12 {
			out.WriteString(secret[len(secret)-4:])
		}
		text = text[end:]
	}
}

// keyPrefixLen is the length of "pnu_" (a person's key), "pnb_" (a service account's) and "pcu_" (Prefect Cloud 1).
const keyPrefixLen = 4

// indexKey is where the first key in text starts, or -1.
func indexKey(text string) int {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], 'p')
		if i < 0 {
			return -1
		}
		at := from + i
		if rest := text[at:]; len(rest) > keyPrefixLen && isKeyByte(rest[keyPrefixLen]) {
			switch rest[:keyPrefixLen] {
			case "pnu_", "pnb_", "pcu_":
				return at
			}
		}
		from = at + 1
	}
}

func isKeyByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// CoverKeys returns text with every Prefect API key in it covered by asterisks, byte for byte, so that places stay the same.
func CoverKeys(text string) string {
	covered := []byte(text)
	for at := 0; ; {
		start := indexKey(text[at:])
		if start < 0 {
			return string(covered)
		}
		for at += start + keyPrefixLen; at < len(text) && isKeyByte(text[at]); at++ {
			covered[at] = '*'
		}
	}
}
