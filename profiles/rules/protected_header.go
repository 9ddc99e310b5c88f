package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"maps"
	"slices"
	"strings"

	"prefect-ls/profiles"
)

//go:embed protected_header.md
var protectedHeaderPage string

// See src/prefect/client/base.py, PrefectHttpxAsyncClient.
var protectedHeader = &Rule{
	Code:     "protected-header",
	Severity: Warning,
	Page:     protectedHeaderPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_CLIENT_CUSTOM_HEADERS") {
			if isInterpolated(e) {
				continue
			}
			value, _ := e.Setting.Cast(e.Value, f.Kind.Source())
			headers, _ := value.(map[string]string)
			for _, name := range slices.Sorted(maps.Keys(headers)) {
				switch strings.ToLower(name) {
				case "user-agent", "prefect-csrf-token", "prefect-csrf-client":
					report(Problem{Span: e.Value.Span, Message: fmt.Sprintf("Prefect sets the header %s itself and ignores this one, with a warning in the log each time a client starts. Remove it.", name)})
				}
			}
		}
	},
}
