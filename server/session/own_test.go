package session

import (
	"strings"
	"testing"

	"prefect-ls/protocol"
)

// TestOwnProfiles shows whose word a profiles.toml is: that of the person who names it, unless the name leads into whatever folder is open.
func TestOwnProfiles(t *testing.T) {
	const (
		here   = "http://here:4200/api"
		theirs = "[profiles.x]\nPREFECT_CLOUD_API_URL = \"http://here\"\nPREFECT_API_URL = \"" + here + "\"\n"
		never  = "https://api.prefect.cloud/api"
	)
	for _, c := range []struct {
		variable string
		file     string
		own      bool
	}{
		{"PREFECT_HOME=" + drive() + root + "/demo", root + "/demo/profiles.toml", true},
		{"PREFECT_PROFILES_PATH=" + drive() + root + "/p.toml", root + "/p.toml", true},
		{homeVariable() + "=" + drive() + root + "/demo", root + "/demo/.prefect/profiles.toml", true},
		{"PREFECT_HOME=" + root + "/demo", root + "/demo/profiles.toml", drive() == ""},
		{"PREFECT_HOME=demo", root + "/demo/profiles.toml", false},
		{"PREFECT_HOME=.", root + "/profiles.toml", false},
		{"PREFECT_HOME=../x", "/work/x/profiles.toml", false},
		{"PREFECT_PROFILES_PATH=p.toml", root + "/p.toml", false},
		{homeVariable() + "=demo", root + "/demo/.prefect/profiles.toml", false},
	} {
		for _, byClient := range []bool{false, true} {
			name, value, _ := strings.Cut(c.variable, "=")
			environment := []string{homeVariable() + "=" + on("/home/ada")}
			if !byClient {
				environment = []string{c.variable}
				if name != homeVariable() {
					environment = append(environment, homeVariable()+"="+on("/home/ada"))
				}
			}
			files := map[string]string{c.file: "active = \"x\"\n" + theirs}
			s := New(environment, (&disk{files: files, reads: map[string]int{}}).read)
			s.Connect(Client{Encoding: protocol.UTF16}, []string{uriOn(root)})
			if byClient {
				configure(t, s, `{"environment":{"`+name+`":"`+value+`"}}`)
			}
			f := s.Snapshot().Folder(uriOn(root))
			want := never
			if c.own {
				want = "http://here"
			}
			if f.Result.Target().APIURL != here || f.Cloud().API != want || f.IsOwn() != c.own || f.OwnsProfiles() != c.own {
				t.Errorf("%s (by the client: %t): %s in effect, Cloud at %s, own URL %t, own profiles %t", c.variable, byClient, f.Result.Target().APIURL, f.Cloud().API, f.IsOwn(), f.OwnsProfiles())
			}
		}
	}
}
