package layers

import (
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/settings"
)

// FuzzResolve has every setting in the result, whatever the files say, and the shadowed values in order of rank.
func FuzzResolve(f *testing.F) {
	f.Add("PREFECT_API", `{"url": 1}`, "PREFECT_API_URL=${PREFECT_API}\n", "api.url = 1\n", "[tool.prefect]\nhome = \"x\"\n", "active = \"p\"\n[profiles.p]\nPREFECT_HOME = \"~\"\n", "3.4.8")
	f.Add("PREFECT_PROFILES_PATH", "p.toml", "export A", "[[api]]\n", "tool = 1\n", "profiles.p = 1\n", "")
	f.Fuzz(func(t *testing.T, name, value, dotenv, prefect, pyproject, file, version string) {
		r := resolveFolder(version, [][2]string{{name, value}}, map[string]string{
			"work/.env": dotenv, "work/prefect.toml": prefect, "work/pyproject.toml": pyproject, "home/.prefect/profiles.toml": file,
		})
		if len(r.Settings) != len(settings.All()) {
			t.Errorf("%d settings", len(r.Settings))
		}
		for _, s := range r.Settings {
			low := func(a, b Value) int { return int(b.Source.Kind) - int(a.Source.Kind) }
			_, renamed := strings.CutPrefix(s.Path, "plugins.") // the table of their old name ranks below the profile
			plain := s.Source.Group == nil && !slices.ContainsFunc(s.Shadows, func(v Value) bool { return v.Source.Group != nil })
			if plain && !renamed && !slices.IsSortedFunc(s.Shadows, low) {
				t.Errorf("%s shadows %v", s.Name, s.Shadows)
			}
		}
		r.Target()
	})
}
