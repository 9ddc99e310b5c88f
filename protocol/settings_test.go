package protocol

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestReadSettings shows that one slip is named and costs nothing but itself.
func TestReadSettings(t *testing.T) {
	for raw, want := range map[string]struct {
		unknown, level string
		syntaxOff      bool
		problem        string
	}{
		``:     {},
		`null`: {},
		`{}`:   {},
		`{"statusBar":{"visibility":"auto"},"trace":{"server":"off"}}`:                         {},
		`{"diagnostics":{"severity":{"unknown-setting":"off"}},"server":{"logLevel":"debug"}}`: {unknown: "off", level: "debug"},
		`{"prefect":{"server":{"logLevel":"error"}}}`:                                          {level: "error"},
		`{"server":{"logLevel":"loud"},"diagnostics":{"severity":{"unknown-setting":"hint"}}}`: {unknown: "hint", problem: "loud"},
		`{"diagnostics":{"severity":{"unknown-setting":"hint","invalid-value":"bad"}}}`:        {unknown: "hint", problem: `"bad" is not a severity for invalid-value`},
		`{"diagnostics":{"severity":{"unknown-setting":"hint","unknown-seting":"off"}}}`:       {unknown: "hint", problem: `no rule "unknown-seting"`},
		`{"server":[],"diagnostics":{"severity":{"unknown-setting":"error"}}}`:                 {unknown: "error", problem: "prefect.server"},
		`{"diagnostics":{"severity":7,"syntax":"off"},"server":{"logLevel":"warning"}}`:        {level: "warning", syntaxOff: true, problem: "prefect.diagnostics.severity"},
		`{"diagnostics":{"syntax":false}}`:                                                     {syntaxOff: true},
		`{"diagnostics":{"syntax":"auto"}}`:                                                    {},
		`{"diagnostics":{"syntax":true}}`:                                                      {},
		`{"diagnostics":{"syntax":"never","severity":{"unknown-setting":"error"}}}`:            {unknown: "error", problem: "prefect.diagnostics.syntax"},
		`[]`: {problem: "must be an object"},
		`{"version":"3.4.0","server":{"logLevel":"info"}}`: {level: "info"},
		`{"version":"0.15"}`:                {},
		`{"version":"9"}`:                   {},
		`{"version":"main"}`:                {problem: `prefect.version: "main"`},
		`{"version":"/3"}`:                  {problem: `prefect.version: "/3"`},
		`{"version":":3"}`:                  {problem: `prefect.version: ":3"`},
		`{"inlayHints":"on"}`:               {},
		`{"codeLens":{"enabled":1}}`:        {problem: "prefect.codeLens.enabled"},
		`{"network":{"proxy":1}}`:           {problem: "prefect.network.proxy: must be text"},
		`{"network":{"proxySkipVerify":1}}`: {problem: "prefect.network.proxySkipVerify"},
	} {
		got, problems := ReadSettings(json.RawMessage(raw))
		if got.Diagnostics.Severity["unknown-setting"] != want.unknown || got.Server.LogLevel != want.level || got.Diagnostics.SyntaxOff != want.syntaxOff {
			t.Errorf("%s is read as %+v, want %+v", raw, got, want)
		}
		if len(got.Diagnostics.Severity) > 1 {
			t.Errorf("%s: a severity that does not exist is kept: %v", raw, got.Diagnostics.Severity)
		}
		if all := strings.Join(problems, "\n"); (all == "") != (want.problem == "") || !strings.Contains(all, want.problem) {
			t.Errorf("%s: problems %q, want %q", raw, all, want.problem)
		}
	}
}

// TestReadEnvironment shows that what is wrong with a variable is told without its value.
func TestReadEnvironment(t *testing.T) {
	raw := `{
		"environment": {"A": "1", "B": null, "C": 2, "D=": "canary"},
		"workspaceEnvironment": {"A": "3", "E": ["canary"], "": "canary"},
		"environmentFile": {"canary": 1}
	}`
	got, problems := ReadSettings(json.RawMessage(raw))
	all := strings.Join(problems, "\n")
	for _, problem := range []string{
		"prefect.environment: the value of C", `prefect.environment: "D="`, "prefect.workspaceEnvironment: the value of E",
		`prefect.workspaceEnvironment: ""`, "prefect.environmentFile: must be text",
	} {
		if !strings.Contains(all, problem) {
			t.Errorf("%q is not told in %s", problem, all)
		}
	}
	if strings.Contains(all, "canary") || len(problems) != 5 {
		t.Errorf("the problems are %s", all)
	}
	if len(got.Environment) != 2 || *got.Environment["A"] != "1" || len(got.WorkspaceEnvironment) != 1 || *got.WorkspaceEnvironment["A"] != "3" {
		t.Errorf("read as %v and %v", got.Environment, got.WorkspaceEnvironment)
	}
	for _, other := range []string{`{}`, `{"environmentFile":"a"}`, `{"environment":{"A":"1"}}`, `{"workspaceEnvironment":{"A":"1"}}`} {
		if settings, _ := ReadSettings(json.RawMessage(other)); settings.DecideLike(got) || !settings.DecideLike(settings) {
			t.Errorf("%s decides like the other settings, or not like itself", other)
		}
	}
}

// TestDecideLike shows which settings decide what is in effect, by their values and not by where these are kept.
func TestDecideLike(t *testing.T) {
	all := []string{
		`{}`, `{"version":"3.4.0"}`, `{"cwd":"a"}`, `{"environmentFile":"a"}`, `{"environment":{"A":"1"}}`, `{"environment":{"A":"2"}}`,
		`{"environment":{"A":null}}`, `{"workspaceEnvironment":{"A":"1"}}`, `{"workspaceEnvironment":{"A":null}}`,
	}
	for _, a := range all {
		for _, b := range all {
			one, _ := ReadSettings(json.RawMessage(a))
			other, _ := ReadSettings(json.RawMessage(b))
			if one.DecideLike(other) != (a == b) {
				t.Errorf("%s decides like %s: %t", a, b, a != b)
			}
		}
	}
	if one, _ := ReadSettings(json.RawMessage(`{"network":{"proxySkipVerify":true},"codeLens":{"enabled":true}}`)); !one.Network.ProxySkipVerify || !one.CodeLens || !one.DecideLike(Settings{}) {
		t.Errorf("read as %+v", one)
	}
}

// TestAgree shows how positions are counted, by what the client offers.
func TestAgree(t *testing.T) {
	for _, test := range []struct {
		offered []Encoding
		want    Encoding
	}{
		{nil, UTF16},
		{[]Encoding{"utf-7"}, UTF16},
		{[]Encoding{"utf-7", UTF32, UTF16}, UTF32},
		{[]Encoding{UTF32}, UTF32},
		{[]Encoding{UTF16, UTF32}, UTF16},
		{[]Encoding{UTF16, UTF8}, UTF8},
	} {
		var client ClientCapabilities
		client.General.PositionEncodings = test.offered
		if got := client.Agree(); got != test.want {
			t.Errorf("of %q, %q is taken, want %q", test.offered, got, test.want)
		}
	}
}

// TestReadNetwork shows what may be asked over the network: what is wrong permits nothing.
func TestReadNetwork(t *testing.T) {
	for raw, want := range map[string]struct {
		offline  bool
		interval int
		problem  string
	}{
		`{}`: {},
		`{"trusted":null,"network":{"enabled":true,"checkInterval":30}}`: {interval: 30},
		`{"trusted":false}`:                  {offline: true},
		`{"trusted":true}`:                   {},
		`{"network":{"enabled":false}}`:      {offline: true},
		`{"network":{"enabled":"yes"}}`:      {offline: true, problem: "prefect.network.enabled"},
		`{"trusted":"no"}`:                   {offline: true, problem: "prefect.trusted"},
		`{"network":{"checkInterval":-1}}`:   {problem: "prefect.network.checkInterval"},
		`{"network":{"checkInterval":"5"}}`:  {problem: "prefect.network.checkInterval"},
		`{"network":{"checkInterval":1e9}}`:  {problem: "prefect.network.checkInterval"},
		`{"network":{"checkInterval":1440}}`: {interval: 1440},
		`{"network":{"checkInterval":1441}}`: {problem: "prefect.network.checkInterval"},
	} {
		got, problems := ReadSettings(json.RawMessage(raw))
		if got.Offline() != want.offline || got.Network.CheckInterval != want.interval {
			t.Errorf("%s is read as %+v, want %+v", raw, got, want)
		}
		if all := strings.Join(problems, "\n"); (all == "") != (want.problem == "") || !strings.Contains(all, want.problem) {
			t.Errorf("%s: problems %q, want %q", raw, all, want.problem)
		}
	}
}

// TestProtects shows what the patterns of protected places match.
func TestProtects(t *testing.T) {
	for _, c := range []struct {
		place, patterns string
		want            bool
	}{
		{"acme/prod", `["*/prod"]`, true},
		{"acme/prod", `["acme/*"]`, true},
		{"acme/prod", `["x","ACME/PROD"]`, true},
		{"acme/prod2", `["*/prod?"]`, true},
		{"acme/prod", `["*"]`, false},
		{"acme/prod", `["prod"]`, false},
		{"acme/xprod", `["*/prod"]`, false},
		{"acmeXprod", `["acme.prod"]`, false},
		{"localhost:4200", `["local*"]`, true},
		{"[::1]:4200", `["[::1]:4200"]`, true},
		{"acme/prod", `["[","acme/prod"]`, true},
		{"acme/prod", `[]`, false},
		{"", `["*"]`, false},
	} {
		settings, problems := ReadSettings(json.RawMessage(`{"protectedWorkspaces":` + c.patterns + `}`))
		if got := settings.Protects(c.place); got != c.want || len(problems) > 0 {
			t.Errorf("%s in %s is %v: %q", c.place, c.patterns, got, problems)
		}
	}
	if _, problems := ReadSettings(json.RawMessage(`{"protectedWorkspaces":"*/prod"}`)); len(problems) != 1 || !strings.Contains(problems[0], "list") {
		t.Errorf("problems %q", problems)
	}
}
