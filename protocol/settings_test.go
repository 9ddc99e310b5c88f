package protocol

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestReadSettings shows that one slip is named and costs nothing but itself.
func TestReadSettings(t *testing.T) {
	for raw, want := range map[string]struct {
		unknown, level, problem string
	}{
		``:     {},
		`null`: {},
		`{}`:   {},
		`{"diagnostics":{"severity":{"unknown-setting":"off"}},"server":{"logLevel":"debug"}}`:           {unknown: "off", level: "debug"},
		`{"prefect":{"server":{"logLevel":"error"}}}`:                                                    {level: "error"},
		`{"server":{"logLevel":"loud"},"diagnostics":{"severity":{"unknown-setting":"hint","x":"bad"}}}`: {unknown: "hint", problem: "loud"},
		`{"server":[],"diagnostics":{"severity":{"unknown-setting":"error"}}}`:                           {unknown: "error", problem: "prefect.server"},
		`{"diagnostics":{"severity":7},"server":{"logLevel":"warning"}}`:                                 {level: "warning", problem: "prefect.diagnostics"},
		`[]`: {problem: "must be an object"},
	} {
		got, problems := ReadSettings(json.RawMessage(raw))
		if got.Diagnostics.Severity["unknown-setting"] != want.unknown || got.Server.LogLevel != want.level {
			t.Errorf("%s is read as %+v, want %+v", raw, got, want)
		}
		if _, kept := got.Diagnostics.Severity["x"]; kept {
			t.Errorf("%s: a severity that does not exist is kept", raw)
		}
		if all := strings.Join(problems, "\n"); (all == "") != (want.problem == "") || !strings.Contains(all, want.problem) {
			t.Errorf("%s: problems %q, want %q", raw, all, want.problem)
		}
	}
}
