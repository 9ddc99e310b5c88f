package server

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
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

// TestSwitch lists where code could run, offline and online, and goes there.
func TestSwitch(t *testing.T) {
	source := twoProfiles + "\n[profiles.late]\nPREFECT_API_URL = \"" + devURL + "\"\nPREFECT_API_KEY = \"" + cloudtest.Expired + "\"\n"
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": source}})
	const dev, prod = "cloud:aaaaaaaa-0000-4000-8000-000000000001/bbbbbbbb-0000-4000-8000-000000000002", "cloud:aaaaaaaa-0000-4000-8000-000000000001/bbbbbbbb-0000-4000-8000-000000000001"
	first := u.list(false)
	if got, want := labels(first), "workspace bbbbbbbb=prod* workspace bbbbbbbb=late 127.0.0.1:4200=own,local ephemeral=ephemeral,test"; got != want || first.Checked != "" {
		t.Errorf("listed %s, want %s", got, want)
	}
	if requests := u.cloud.Requests("/"); len(requests) > 0 {
		t.Errorf("asked %+v", requests)
	}
	list := u.list(true)
	if got, want := labels(list), "acme/dev=late acme/prod=prod* umbrella/lab 127.0.0.1:4200=own,local ephemeral=ephemeral,test"; got != want || list.Checked == "" {
		t.Errorf("listed %s, want %s", got, want)
	}
	if f := list.Failures; len(f) != 1 || f[0].Profile != "late" || !f[0].Login || !strings.Contains(f[0].Message, "401") {
		t.Errorf("failed: %+v", f)
	}
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: dev}); result.Message != "Profile 'late' is active now." {
		t.Errorf("answered %+v", result)
	}
	if status := u.handle("acme/dev"); status.Profile.Name != "late" {
		t.Errorf("the status is %+v", status)
	}
	u.picks("acme/prod")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'prod' is active now." {
		t.Errorf("answered %+v", result)
	}
	u.picks("umbrella/lab", "Create profile 'umbrella-lab'")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'umbrella-lab' now uses umbrella/lab." {
		t.Errorf("answered %+v", result)
	}
	u.valid("umbrella/lab")
	if written := u.read("home/profiles.toml"); !strings.HasPrefix(written, "active = \"umbrella-lab\" # mine\n") || strings.Count(written, cloudtest.Ada) != 2 {
		t.Errorf("written is\n%s", written)
	}
	u.picks("127.0.0.1:4200", "own")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'own' is active now." {
		t.Errorf("answered %+v", result)
	}
	u.write("work/.env", "PREFECT_API_URL=http://me:secret@elsewhere:4200/api\n")
	u.server.filesChanged([]string{u.path("work/.env")})
	if got, want := labels(u.list(false)), "elsewhere:4200*"; !strings.Contains(got, want) || !strings.Contains(got, "127.0.0.1:4200=own,local!") {
		t.Errorf("listed %s, want %s", got, want)
	}
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: "gone"}); !strings.Contains(result.Message, "not on the list any more") {
		t.Errorf("answered %+v", result)
	}
	u.cloud.Close()
	if list := u.list(true); len(list.Failures) != 2 || list.Failures[0].Login || !strings.Contains(labels(list), "acme/prod=prod") {
		t.Errorf("offline: %+v", list)
	}
	u.server.session.Configure(protocol.Settings{Untrusted: true})
	if list := u.list(true); len(list.Failures) != 2 || !strings.Contains(list.Failures[0].Message, "not trusted") {
		t.Errorf("untrusted: %+v", list)
	}
}

// TestKeyForWorkspace makes a profile for a workspace with a key that can see it, and not with the first one.
func TestKeyForWorkspace(t *testing.T) {
	robot := "[profiles.robot]\nPREFECT_API_URL = \"" + devURL + "\"\nPREFECT_API_KEY = \"" + cloudtest.Robot + "\"\n"
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": robot + "\n" + twoProfiles[strings.Index(twoProfiles, "["):]}})
	u.list(true)
	u.picks("umbrella/lab", "Create profile 'umbrella-lab'")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); !result.Done || result.Profile != "umbrella-lab" {
		t.Errorf("answered %+v", result)
	}
	if written := u.read("home/profiles.toml"); strings.Count(written, cloudtest.Ada) != 2 || strings.Count(written, cloudtest.Robot) != 1 {
		t.Errorf("written is\n%s", written)
	}
}

// TestFirstChoice holds the questions to what they offer first.
func TestFirstChoice(t *testing.T) {
	remote := strings.Replace(withDialogs, `"prefectDialogs":true`, `"prefectDialogs":true,"prefectRemote":true`, 1)
	for _, c := range []struct {
		client, command string
		picks           []string // before the question
		first           string
	}{
		{withDialogs, protocol.CommandLogin, nil, "Continue in browser"},
		{remote, protocol.CommandLogin, nil, "Paste an API key"},
		{withDialogs, protocol.CommandSwitch, []string{"umbrella/lab"}, "Create profile 'umbrella-lab'"},
	} {
		u := meet(t, setting{client: c.client, files: map[string]string{"home/profiles.toml": twoProfiles}})
		u.list(true)
		u.picks(c.picks...)
		choose := u.answering(protocol.MethodPick)
		var asked []protocol.PickParams
		u.on(protocol.MethodPick, func(ctx context.Context, raw json.RawMessage) any {
			asked = append(asked, protocol.PickParams{})
			if err := json.Unmarshal(raw, &asked[len(asked)-1]); err != nil || len(asked) > len(c.picks) {
				return nil
			}
			return choose(ctx, raw)
		})
		if result := u.do(c.command, protocol.CommandParams{}); result.Done || len(asked) != len(c.picks)+1 {
			t.Fatalf("answered %+v, asked %+v", result, asked)
		}
		if got := asked[len(c.picks)].Items[0]; got.Label != c.first {
			t.Errorf("%s with %s offers %+v first, want %s", c.command, c.client, got, c.first)
		}
	}
}
