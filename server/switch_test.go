package server

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"prefect-ls/protocol"
)

// TestSwitchWindow finds a profile for one window: the active one stays, and one that comes with Prefect is written, as Prefect takes its
// default profile where the file does not have the one that PREFECT_PROFILE names.
func TestSwitchWindow(t *testing.T) {
	const local, several = "server:http://127.0.0.1:4200/api", "[profiles.other]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n"
	for _, c := range []struct {
		target, profile string // that is asked for
		files           string
		picks           []string
		want            string // the profile
		changed         bool
	}{
		{target: local, want: "local", changed: true},
		{target: "ephemeral", want: "ephemeral"},
		{target: local, files: several, profile: "other", want: "other"},
		{files: several, profile: "other", want: "other"},
		{profile: "ephemeral", want: "ephemeral"},
		{target: local, files: several, profile: "gone", picks: []string{"local"}, want: "local", changed: true},
	} {
		source := twoProfiles
		source = strings.ReplaceAll(source, "127.0.0.1:4200", "127.0.0.1:4201") + "\n" + c.files
		u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": source}})
		before := u.read("home/profiles.toml")
		u.picks(c.picks...)
		result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: c.target, Profile: c.profile, Window: true})
		if !result.Done || result.Profile != c.want {
			t.Errorf("%+v: answered %+v", c, result)
		}
		after := u.read("home/profiles.toml")
		if after != before != c.changed || !strings.HasPrefix(after, before) {
			t.Errorf("%+v: written is\n%s", c, after)
		}
		if c.changed && (!strings.Contains(after, "[profiles.local]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n") || u.heard().Actions[0].Title != "Undo") {
			t.Errorf("%+v: written is\n%s", c, after)
		}
	}
	u := meet(t, setting{client: withDialogs})
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{Profile: "gone", Window: true}); result.Message != "There is no profile 'gone'." {
		t.Errorf("answered %+v", result)
	}
	result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: "ephemeral", Window: true})
	if _, err := os.Stat(u.path("home/profiles.toml")); result.Profile != "ephemeral" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a file: answered %+v, and the file: %v", result, err)
	}
}
