package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"math/big"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

//go:embed port_out_of_range.md
var portOutOfRangePage string

// Prefect has no bounds for its ports. A port of 0 is any free one, or the default of a database.
var portOutOfRange = &Rule{
	Code:     "port-out-of-range",
	Severity: Warning,
	Page:     portOutOfRangePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			if e.Setting.Kind != settings.Integer || !strings.HasSuffix(e.Setting.Name, "_PORT") || isInterpolated(e) {
				continue
			}
			value, _ := e.Setting.Cast(e.Value, f.Kind.Source())
			port, isSmall := value.(int64)
			if _, isBig := value.(*big.Int); isBig || isSmall && (port < 0 || port > 65535) {
				report(Problem{Span: e.Value.Span, Message: fmt.Sprintf("There is no port %v: whatever opens it fails. Ports go from 1 to 65535.", value)})
			}
		}
	},
}
