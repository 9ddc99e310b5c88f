package main

import (
	"bytes"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestVisible shows hostile files in all forms that a terminal gets to see. Nothing of them does anything there.
func TestVisible(t *testing.T) {
	const (
		raw     = "\x1b]0;title\x07\x1b[2J\x1b[1A\x7f\u009b31m\u202eabc\u2066"
		escaped = `\u001b]0;title\u0007\u001b[2J\u001b[1A\u007f\u009b31m\u202eabc\u2066\r\nAPI forged`
	)
	files := map[string]string{
		".env": "PREFECT_API_URL='http://x" + raw + "/api'\nPREFECT_API_ULR" + raw + "=x" + raw + "\nPREFECT_LOGGING_LEVEL=\"" + raw + "\"\n" +
			"PREFECT_PROFILES_PATH=\"a" + raw + "/profiles.toml\"\n",
		"a" + raw + "/profiles.toml": "active = \"no " + escaped + "\"\n[profiles.\"one " + escaped + "\"]\nPREFECT_API_URL = \"http://y" + escaped + "\"\n",
		"prefect.toml":               "[logging]\nlevel = \"" + escaped + "\"\n[\"" + escaped + "\"]\n",
		"fixed" + raw + "/.env":      "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=true\n",
		"deploy" + raw + "/.env":     "PREFECT_API_URL=x\x9b31m" + raw + "\n",
	}
	s := newShell(t, files)
	for _, args := range [][]string{
		{"status"}, {"settings"}, {"settings", "--all"}, {"settings", raw}, {"profile", "ls"}, {"profile", "use", "x" + raw}, {"explain", raw},
		{"check"}, {"check", "--format", "concise"}, {"check", "--format", "github"}, {"check", "deploy" + raw}, {"check", "--severity", "hint", "--fix", "."},
		{"check", "a" + raw}, {"check", "none" + raw}, {"workspace", raw}, {raw},
	} {
		s.run("", args...)
		for _, out := range []*bytes.Buffer{&s.out, &s.err} {
			text := out.String()
			if !utf8.ValidString(text) {
				t.Errorf("%q: not UTF-8: %q", args, text)
			}
			for _, r := range text {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
					t.Errorf("%q: %q in %q", args, r, text)
					break
				}
			}
			if bytes.Contains(out.Bytes(), []byte("\nAPI forged")) {
				t.Errorf("%q: a line of somebody else's in\n%s", args, text)
			}
		}
	}
	s.want(exitClean, "", "profile", "ls")
	s.wantIn(&s.out, "one ␛]0;title␇␛[2J␛[1A␡\ufffd31m\ufffdabc\ufffd␍␊API forged")
}
