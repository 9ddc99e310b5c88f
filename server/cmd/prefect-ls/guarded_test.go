package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOthersFilesAreNotShown has a folder lead to files that are not Prefect's, as somebody may who wants to read them in the log of a
// check. What is wrong is told, and nothing of what is in them.
func TestOthersFilesAreNotShown(t *testing.T) {
	const secret = "correct-horse"
	elsewhere := t.TempDir()
	netrc := filepath.Join(elsewhere, "netrc")
	if err := os.WriteFile(netrc, []byte("machine = x password = "+secret+"\nactive = "+secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{"by its path": netrc, "git's own": ".git/config", "by a link": "linked.toml", "in place of Prefect's": ""} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, map[string]string{".env": "PREFECT_PROFILES_PATH=" + file + "\n", ".git/config": "[x]\ntoken = " + secret + "\n"})
			for _, link := range []string{"linked.toml", "prefect.toml"} {
				if err := os.Symlink(netrc, link); err != nil {
					t.Fatal(err)
				}
			}
			for _, format := range []string{"full", "concise", "json", "github", "gitlab", "sarif", "rdjson", "junit"} {
				s.want(exitFindings, "", "check", "--format", format)
				if strings.Contains(s.out.String()+s.err.String(), secret) {
					t.Errorf("%s:\n%s%s", format, &s.out, &s.err)
				}
			}
			s.want(exitFindings, "", "check", "--fix", "prefect.toml")
			if now, err := os.ReadFile(netrc); err != nil || !strings.HasPrefix(string(now), "machine = x password = ") || strings.Contains(s.out.String(), secret) {
				t.Errorf("it is now %q (%v)\n%s", now, err, &s.out)
			}
		})
	}
	s := newShell(t, map[string]string{".env": "PREFECT_PROFILES_PATH=team.toml\n", "team.toml": "active = visible\n"})
	s.want(exitFindings, "", "check")
	s.wantIn(&s.out, "1 | active = visible")
	t.Setenv("PREFECT_PROFILES_PATH", netrc)
	s.want(exitFindings, "", "check")
	s.wantIn(&s.out, secret)
}
