package session

import (
	"testing"

	"prefect-ls/profiles/layers"
)

// TestForeignShare shows which paths of Windows are not looked at.
func TestForeignShare(t *testing.T) {
	own := []layers.Variable{{Name: "USERPROFILE", Value: `\\Homes\ada`}, {Name: "PATH", Value: `C:\x;\\tools\x`}, {Name: "EMPTY"}}
	for path, want := range map[string]bool{
		`C:\Users\ada\.prefect\profiles.toml`:      false,
		`\\?\C:\Users\ada\profiles.toml`:           false,
		`profiles.toml`:                            false,
		`\profiles.toml`:                           false,
		`\\homes\ada\.prefect\profiles.toml`:       false,
		`\\?\UNC\HOMES\ada\profiles.toml`:          false,
		`//projects/flows/profiles.toml`:           false,
		`\\thief\x\profiles.toml`:                  true,
		`//thief/x/profiles.toml`:                  true,
		`\/thief\x\profiles.toml`:                  true,
		`\\?\UNC\thief\x\profiles.toml`:            true,
		`//?/unc/thief/x`:                          true,
		`\\thief@SSL@8080\DavWWWRoot\x`:            true,
		`\\homes@8080\ada\profiles.toml`:           true,
		`\\.\pipe\thief`:                           true,
		`\\?\GLOBALROOT\Device\Mup\thief\x\p.toml`: true,
	} {
		if got := isForeignShare(path, `\\Projects\flows`, own); got != want {
			t.Errorf("%s: %t, want %t", path, got, want)
		}
	}
}
