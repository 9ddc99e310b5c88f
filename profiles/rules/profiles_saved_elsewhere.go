package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed profiles_saved_elsewhere.md
var profilesSavedElsewherePage string

// See src/prefect/settings/sources.py, _get_profiles_path, for the file that is loaded. The prefect command saves to
// the one that the setting PREFECT_PROFILES_PATH names.
var profilesSavedElsewhere = &Rule{
	Code:     "profiles-saved-elsewhere",
	Severity: Warning,
	Page:     profilesSavedElsewherePage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		if !SavesElsewhere(in) {
			return
		}
		decides := in.Saved.From
		if decides.Because != nil {
			decides = in.Lookup(decides.Because.Name).Source
		}
		if decides.File == f && decides.Entry != nil {
			report(Problem{
				Span:    decides.Entry.Key.Cover(decides.Entry.Value.Span),
				Message: fmt.Sprintf("By this, the prefect command saves profiles to %s, but values are loaded from %s. What the command changes has no effect here.", in.Saved.Path, loadedPath(in)),
			})
		}
		if f == in.Saved.File && f != in.Loaded.File {
			p := Problem{
				Message: fmt.Sprintf("In the folder that you work in, only the prefect command reads this file. Values are loaded from %s.", loadedPath(in)),
				Related: relate(decides, "decides on the file of the prefect command"),
				Fixes:   removeElsewhere(f, decides),
			}
			switch {
			case f.Active != nil:
				p.Span = f.Active.Key
			case len(f.Profiles) > 0:
				p.Span = f.Profiles[0].NameSpan
			}
			report(p)
		}
	},
}

// SavesElsewhere reports whether the prefect command works with another file of profiles than the one whose values
// count. Where there is neither, the one that it creates may well be loaded from then on.
func SavesElsewhere(in *layers.Result) bool {
	return in.TestMode == "" && in.Loaded.Path != in.Saved.Path && (in.Loaded.Path != "" || in.Saved.File != nil)
}

func loadedPath(in *layers.Result) string {
	if in.Loaded.Path == "" {
		return "the profiles that come with Prefect"
	}
	return in.Loaded.Path
}
