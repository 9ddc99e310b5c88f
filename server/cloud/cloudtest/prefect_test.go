//go:build prefect

package cloudtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A step is a command given to the real prefect, and what must come of it.
type step struct {
	command string
	typed   [][2]string // after which text in the terminal which keys; none: not in a terminal
	fails   bool
	shows   string // separated by |
	saves   string // what profiles.toml holds afterwards, separated by |; after a ! what it does not hold
}

const (
	enter        = "\r"
	askMethod    = "How would you like to authenticate?"
	askAccount   = "Which account would you like to use?"
	askWorkspace = "Which workspace would you like to use?"
)

// TestPrefect shows that this Cloud is like the real one, as far as the real prefect command looks: PREFECT names it.
func TestPrefect(t *testing.T) {
	tests := map[string]struct {
		profiles string // of the start
		person   string // in front of the browser: approve or deny
		steps    []step
	}{
		"a key": {steps: []step{
			{command: "cloud login --key ADA --workspace acme/prod", shows: "Authenticated with Prefect Cloud|acme/prod", saves: "ADA|URL(acme/prod)"},
			{command: "cloud workspace ls", shows: "* acme/prod|acme/dev|umbrella/lab"},
			{command: "cloud workspace set --workspace umbrella/lab", shows: "Successfully set workspace", saves: "ADA|URL(umbrella/lab)"},
			{command: "cloud workspace set --workspace acme/none", fails: true, shows: "'acme/none' not found", saves: "URL(umbrella/lab)"},
			{command: "profile use ephemeral", shows: "Connected to Prefect Cloud"},
			{command: "cloud logout", shows: "Logged out", saves: "!ADA|!URL(umbrella/lab)"},
			{command: "cloud workspace ls", fails: true, shows: "not authenticated"},
		}},
		"an expired key": {steps: []step{{command: "cloud login --key EXPIRED --workspace acme/prod", fails: true, shows: "Unable to authenticate", saves: "!EXPIRED"}}},
		"a key that has expired": {
			profiles: "[profiles.old]\nPREFECT_API_KEY = 'EXPIRED'\nPREFECT_API_URL = 'URL(acme/prod)'\n",
			steps: []step{
				{command: "profile use old", fails: true, shows: "Error authenticating with Prefect Cloud"},
				{command: "cloud workspace ls", fails: true, shows: "Unable to authenticate"},
			},
		},
		"a blocked key":   {steps: []step{{command: "cloud login --key BLOCKED --workspace acme/prod", fails: true, shows: "Unable to authenticate", saves: "!BLOCKED"}}},
		"an unknown key":  {steps: []step{{command: "cloud login --key pnu_nobody --workspace acme/prod", fails: true, shows: "Unable to authenticate", saves: "!pnu_nobody"}}},
		"another's":       {steps: []step{{command: "cloud login --key OUTSIDER --workspace acme/prod", fails: true, shows: "not found|umbrella/lab", saves: "!OUTSIDER"}}},
		"no workspace":    {steps: []step{{command: "cloud login --key NEWCOMER", typed: [][2]string{}, fails: true, shows: "No workspaces found", saves: "!NEWCOMER"}}},
		"one workspace":   {steps: []step{{command: "cloud login --key ROBOT", typed: [][2]string{}, shows: "acme/dev", saves: "ROBOT|URL(acme/dev)"}}},
		"many workspaces": {steps: []step{{command: "cloud login --key MANAGER", typed: [][2]string{{askAccount, enter}, {askWorkspace, enter}}, shows: "acme/prod", saves: "URL(acme/prod)"}}},
		"a browser": {person: "approve", steps: []step{
			{command: "cloud login", typed: [][2]string{{askMethod, enter}, {askWorkspace, enter}}, shows: "Using workspace", saves: "PREFECT_API_KEY = \"pnu_|URL(acme/prod)|!ADA"},
			{command: "cloud workspace ls", shows: "* acme/prod"},
		}},
		"a browser that says no": {person: "deny", steps: []step{
			{command: "cloud login", typed: [][2]string{{askMethod, enter}}, fails: true, shows: "Failed to log in. The request was denied.", saves: "!PREFECT_API_KEY"},
		}},
		"a self-hosted server": {
			profiles: "[profiles.own]\nPREFECT_API_URL = 'OTHER'\n",
			steps:    []step{{command: "profile use own", shows: "Connected to Prefect server"}},
		},
	}
	prefect := os.Getenv("PREFECT")
	if prefect == "" {
		t.Fatal("PREFECT does not name a prefect command")
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cloud, other := start(t), start(t)
			meaning := strings.NewReplacer("ADA", Ada, "EXPIRED", Expired, "BLOCKED", Blocked, "OUTSIDER", Outsider, "NEWCOMER", Newcomer,
				"ROBOT", Robot, "MANAGER", Manager, "OTHER", other.API(),
				"URL(acme/prod)", cloud.APIURL("acme/prod"), "URL(acme/dev)", cloud.APIURL("acme/dev"), "URL(umbrella/lab)", cloud.APIURL("umbrella/lab"))
			home := t.TempDir()
			profiles := filepath.Join(home, "profiles.toml")
			if err := os.WriteFile(profiles, []byte(meaning.Replace(test.profiles)), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, s := range test.steps {
				command := exec.Command(prefect, strings.Fields(meaning.Replace(s.command))...)
				if s.typed != nil {
					command = inTerminal(t, s.typed, command)
				}
				browser, err := filepath.Abs("testdata/browser.py")
				if err != nil {
					t.Fatal(err)
				}
				command.Dir = home
				command.Env = []string{
					"PATH=" + os.Getenv("PATH"), "HOME=" + home, "PREFECT_HOME=" + home, "COLUMNS=300", "TERM=xterm", "LC_ALL=C.UTF-8", "DO_NOT_TRACK=1",
					"PYTHONPATH=" + os.Getenv("PYTHONPATH"),
					"PREFECT_CLOUD_API_URL=" + cloud.API(), "PREFECT_CLOUD_UI_URL=" + cloud.UI(),
					"BROWSER=" + python(prefect) + " " + browser + " " + test.person + " %s",
				}
				out, err := command.CombinedOutput()
				if (err != nil) != s.fails {
					t.Fatalf("%s: %v\n%s", s.command, err, out)
				}
				expect(t, s.command, string(out), meaning.Replace(s.shows))
				saved, err := os.ReadFile(profiles)
				if err != nil {
					t.Fatal(err)
				}
				expect(t, s.command, string(saved), meaning.Replace(s.saves))
			}
		})
	}
}

// inTerminal is a command in a terminal into which keys are typed.
func inTerminal(t *testing.T, typed [][2]string, command *exec.Cmd) *exec.Cmd {
	t.Helper()
	steps, err := json.Marshal(typed)
	if err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs("testdata/terminal.py")
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(python(command.Path), append([]string{script, string(steps)}, command.Args...)...)
}

// python is the one that a prefect command runs on.
func python(prefect string) string { return filepath.Join(filepath.Dir(prefect), "python") }

// expect compares a text with what it must hold and, after a !, must not hold.
func expect(t *testing.T, command, text, wanted string) {
	t.Helper()
	for want := range strings.SplitSeq(wanted, "|") {
		part, unwanted := strings.CutPrefix(want, "!")
		if strings.Contains(text, part) == unwanted {
			t.Errorf("%s: want %s in\n%s", command, want, text)
		}
	}
}
