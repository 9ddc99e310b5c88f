package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/syntax"
)

// TestAuthorization compares the rules about signing in with what the real client sends; see
// testdata/record-authorization.py. The API URL stands in one file and the credentials in another.
func TestAuthorization(t *testing.T) {
	for _, c := range recorded(t, "testdata/authorization.tsv") {
		release, url, given, server, sent := c[0], c[1], c[2:5], c[5], c[6]
		env := ""
		for i, name := range []string{"PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_CLIENT_CUSTOM_HEADERS"} {
			if given[i] != "-" {
				env += fmt.Sprintf("%s='%s'\n", name, given[i])
			}
		}
		x := folder{
			{"prefect.toml", release, "[api]\nurl = " + syntax.Quote(url) + "\n"},
			{".env", release, env},
		}
		var want []string
		switch {
		case given[2] != "-" && strings.Contains(given[2], "authorization"): // the header's value is the person's own affair
		case server == "CLOUD" && sent == "-":
			want = append(want, "cloud-without-key")
		case server == "CLOUD" && strings.HasPrefix(sent, "Basic "):
			want = append(want, "cloud-with-auth-string")
		case server == "SERVER" && strings.HasPrefix(sent, "Bearer pnu_") && strings.Contains(url, "example.com"):
			want = append(want, "key-sent-to-server")
		}
		var got []string
		for _, b := range x {
			for _, p := range x.checkInEffect(b) {
				switch p.Rule {
				case cloudWithAuthString, cloudWithoutKey, keySentToServer, keyFromElsewhere:
					got = append(got, p.Rule.Code)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: reported are %q, want %q", c, got, want)
		}
	}
}
