package layers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

// fullFolder is a folder in which every place gives many settings a value.
func fullFolder() Sources {
	s := Sources{Home: "/home/ada"}
	var dotenv, prefect, pyproject, file strings.Builder
	for i := range 60 {
		s.Environment = append(s.Environment, Variable{Name: fmt.Sprintf("OTHER_%d", i), Value: "/usr/bin:/bin"})
	}
	file.WriteString("active = \"p3\"\n")
	for p := range 10 {
		fmt.Fprintf(&file, "\n[profiles.p%d]\n", p)
		for i := p; i < len(settings.All()); i += 20 {
			if setting := &settings.All()[i]; setting.Default != "" {
				fmt.Fprintf(&file, "%s = %q\n", setting.Name, setting.Default)
			}
		}
	}
	pyproject.WriteString("[project]\nname = \"x\"\n")
	for i := range settings.All() {
		setting := &settings.All()[i]
		switch {
		case setting.Default == "":
		case i%5 == 0:
			s.Environment = append(s.Environment, Variable{Name: setting.Name, Value: setting.Default})
		case i%5 == 1:
			fmt.Fprintf(&dotenv, "%s='%s'\n", setting.Name, setting.Default)
		case i%5 == 2:
			fmt.Fprintf(&prefect, "%s = %q\n", setting.Path, setting.Default)
		case i%5 == 3:
			fmt.Fprintf(&pyproject, "tool.prefect.%s = %q\n", setting.Path, setting.Default)
		}
	}
	s.DotEnv = profiles.Read(profiles.DotEnv, dotenv.String())
	s.PrefectTOML = profiles.Read(profiles.PrefectTOML, prefect.String())
	s.PyProject = profiles.Read(profiles.PyProject, strings.ReplaceAll(pyproject.String(), "[project]\nname", "project.name"))
	s.Profiles = map[string]*profiles.File{"/home/ada/.prefect/profiles.toml": profiles.Read(profiles.ProfilesTOML, file.String())}
	return s
}

// BenchmarkResolve measures the resolution of a full folder whose files are parsed already. Its peer in the same run is
// what the least of the work before that costs elsewhere: one decoding of the three TOML files by BurntSushi/toml.
func BenchmarkResolve(b *testing.B) {
	s := fullFolder()
	if r := Resolve(s); len(r.Wanted) > 0 || len(r.Refusals) > 0 {
		b.Fatal(r.Wanted, r.Refusals)
	}
	b.Run("full", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Resolve(s)
		}
	})
	b.Run("bare", func(b *testing.B) {
		bare := Sources{Home: s.Home, Profiles: map[string]*profiles.File{"/home/ada/.prefect/profiles.toml": nil}}
		b.ReportAllocs()
		for b.Loop() {
			Resolve(bare)
		}
	})
	b.Run("peer=BurntSushi", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, f := range []*profiles.File{s.PrefectTOML, s.PyProject, s.Profiles["/home/ada/.prefect/profiles.toml"]} {
				var v map[string]any
				if _, err := toml.Decode(f.Source, &v); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
