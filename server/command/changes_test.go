package command

import (
	"math/rand/v2"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
	"prefect-ls/server/cloud"
	"prefect-ls/server/cloud/cloudtest"
)

const someKey = "pnu_0123456789abcdefghijklmnopqrstuvwxyz"

// TestChanges makes each change of the profiles to a text. A text that starts with "! " is the error of a refusal.
func TestChanges(t *testing.T) {
	key, err := cloud.ParseKey(someKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change        Change
		before, after string
	}{
		"use": {useProfile("b"),
			"# mine\nactive = 'a' # now\n\n[profiles.a]\n[profiles.b]\n",
			"# mine\nactive = 'b' # now\n\n[profiles.a]\n[profiles.b]\n"},
		"use without active":  {useProfile("a"), "# mine\r\n[profiles.a]", "active = \"a\"\r\n\r\n# mine\r\n[profiles.a]"},
		"use what is bundled": {useProfile("local"), "", "active = \"local\"\n\n[profiles.local]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n"},
		"use the default":     {useProfile("ephemeral"), "active = \"x\"\n", "active = \"ephemeral\"\n"},
		"use what is missing": {useProfile("c"), "[profiles.a]\n", "! there is no profile 'c'"},
		"use with a table for active": {useProfile("a"), "[active]\nx = 1\n[profiles.a]\n",
			"! profiles.toml was left as it is: prefect-ls cannot make this change to what is written there"},
		"use where profiles are no table": {useProfile("local"), "profiles = 'x'\n",
			"! profiles.toml was left as it is: prefect-ls cannot make this change to what is written there"},

		"create":             {createProfile("b"), "[profiles.a]\nX = 1\n\n[other]\n", "[profiles.a]\nX = 1\n\n[profiles.b]\n\n[other]\n"},
		"create quoted":      {createProfile("my prof.1"), "[profiles.a]", "[profiles.a]\n\n[profiles.\"my prof.1\"]"},
		"create inline":      {createProfile("b"), "profiles = { a = {} }\n", "profiles = { a = {}, b = {} }\n"},
		"create among dots":  {createProfile("b"), "profiles.a.X = 1\n", "profiles.a.X = 1\n\n[profiles.b]\n"},
		"create what exists": {createProfile("a"), "[profiles.a]\n", "! there is a profile 'a' already"},

		"duplicate": {duplicateProfile("a", "b"),
			"[profiles.a]\n# why\nPREFECT_API_URL = 'x' # here\n\"PREFECT_X\" = [1,\n 2]\n",
			"[profiles.a]\n# why\nPREFECT_API_URL = 'x' # here\n\"PREFECT_X\" = [1,\n 2]\n\n[profiles.b]\nPREFECT_API_URL = 'x'\nPREFECT_X = [1,\n 2]\n"},
		"duplicate inline":       {duplicateProfile("a", "b"), "profiles = { a = { X = 1 } }\n", "profiles = { a = { X = 1 }, b = { X = 1 } }\n"},
		"duplicate what is none": {duplicateProfile("local", "b"), "", "! there is no profile 'local'"},

		"extract": {extractProfile("a", "b", []string{"PREFECT_API_URL", "my.key"}),
			"active = \"a\"\n[profiles.a]\n# why\nPREFECT_API_URL = 'x' # here\nPREFECT_API_KEY = \"y\"\n\"my.key\" = [1] # too\n\n[profiles.c]\n",
			"active = \"a\"\n[profiles.a]\nPREFECT_API_KEY = \"y\"\n\n[profiles.c]\n\n[profiles.b]\n# why\nPREFECT_API_URL = 'x' # here\n\"my.key\" = [1] # too\n"},
		"extract with comments": {extractProfile("a", "b", []string{"X", "Y"}),
			"[profiles.a]\r\n# of a\r\n\r\n  # of X\r\n  # too\r\n  X = \"\"\"\r\n# no comment\"\"\"\r\nY = 1\r\n# of Z\r\nZ = 1",
			"[profiles.a]\r\n# of a\r\n\r\n# of Z\r\nZ = 1\r\n\r\n[profiles.b]\r\n  # of X\r\n  # too\r\nX = \"\"\"\r\n# no comment\"\"\"\r\nY = 1"},
		"extract all of it":         {extractProfile("a", "b", []string{"X"}), "profiles.a.X = 1\n", "\n[profiles.b]\nX = 1\n\n[profiles.a]\n"},
		"extract inline":            {extractProfile("a", "b", []string{"X"}), "profiles = { a = { X = 1, Y = 2 } }\n", "profiles = { a = { Y = 2 }, b = { X = 1 } }\n"},
		"extract what is none":      {extractProfile("a", "b", []string{"X"}), "[profiles.a]\nY = 1\n", "! profile 'a' has no X"},
		"extract nothing":           {extractProfile("a", "b", nil), "[profiles.a]\nY = 1\n", "! no settings of profile 'a' were named"},
		"extract to what exists":    {extractProfile("a", "b", []string{"X"}), "[profiles.a]\nX = 1\n[profiles.b]\n", "! there is a profile 'b' already"},
		"extract from what is none": {extractProfile("c", "b", []string{"X"}), "[profiles.a]\nX = 1\n", "! there is no profile 'c'"},

		"rename":                {renameProfile("a", "b c"), "active = \"a\"\n[profiles.a]\n[profiles.a.x]\n", "active = \"b c\"\n[profiles.\"b c\"]\n[profiles.\"b c\".x]\n"},
		"rename another":        {renameProfile("a", "b"), "active = \"c\"\nprofiles.a.X = 1\nprofiles.a.Y = 2\n", "active = \"c\"\nprofiles.b.X = 1\nprofiles.b.Y = 2\n"},
		"rename to what exists": {renameProfile("a", "b"), "[profiles]\na = {}\nb = {}\n", "! there is a profile 'b' already"},

		"delete":                 {deleteProfile("b", ""), "active = \"a\"\n[profiles.a]\nX = 1\n\n# of b\n[profiles.b]\n# of b\nX = 2\n\n# of c\n[profiles.c]\n", "active = \"a\"\n[profiles.a]\nX = 1\n\n# of c\n[profiles.c]\n"},
		"delete the active":      {deleteProfile("a", "b"), "active = \"a\"\n[profiles.a]\n[profiles.b]\n", "active = \"b\"\n[profiles.b]\n"},
		"delete the only":        {deleteProfile("a", ""), "active = \"b\"\n[profiles.a]\n", "active = \"b\"\n"},
		"delete and use itself":  {deleteProfile("a", "a"), "active = \"a\"\n[profiles.a]\n", "! there is no profile 'a'"},
		"delete without another": {deleteProfile("a", ""), "active = \"a\"\n[profiles.a]\n", "! profile 'a' is active: choose another one first"},
		"delete what is bundled": {deleteProfile("cloud", ""), "active = \"a\"\n", "! profile 'cloud' comes with Prefect and is not in the file"},

		"log out": {logout("a"),
			"[profiles.a] # mine\nPREFECT_API_URL = \"x\" # url\n# stays\nPREFECT_API_KEY = \"pnu_x\"\nPREFECT_UI_URL = \"y\"\n",
			"[profiles.a] # mine\n# stays\nPREFECT_UI_URL = \"y\"\n"},
		"log out of all names": {logout("a"), "[profiles.a]\n\"api.key\" = \"pnu_x\"\nprefect_api_key = \"pnu_y\"\nPREFECT_API_KEY = \"pnu_z\"\n", "[profiles.a]\n"},
		"log out among dots":   {logout("a"), "profiles.a.PREFECT_API_KEY = \"pnu_x\"\n", "[profiles.a]\n"},
		"log out inline":       {logout("a"), "[profiles]\na = { PREFECT_API_KEY = \"pnu_x\" }", "[profiles]\na = {  }"},
		"log out without key":  {logout("a"), "[profiles.a]\nPREFECT_API_URL = \"x\"\n", "! profile 'a' is not logged in: it has no API key"},
		"log out of a bundled": {logout("ephemeral"), "", "! profile 'ephemeral' is not logged in: it has no API key"},
		"log out of none":      {logout("b"), "[profiles.a]\n", "! there is no profile 'b'"},

		"set the URL":                 {setURL("a", "http://n/api"), "[profiles.a]\n  PREFECT_API_URL = 'x' # url\n", "[profiles.a]\n  PREFECT_API_URL = 'http://n/api' # url\n"},
		"set the URL by another name": {setURL("a", "http://n/api"), "[profiles.a]\n\"api.url\" = 'x' # url\n", "[profiles.a]\nPREFECT_API_URL = \"http://n/api\"\n"},
		"set the URL of the default": {setURL("ephemeral", "http://n/api"), "",
			"active = \"ephemeral\"\n\n[profiles.ephemeral]\nPREFECT_SERVER_EPHEMERAL_ENABLED = \"true\"\nPREFECT_API_URL = \"http://n/api\"\n"},
		"set a URL that is a number": {setURL("a", "http://n/api"), "profiles.a = { PREFECT_API_URL = 5 }\n", "profiles.a = { PREFECT_API_URL = \"http://n/api\" }\n"},

		"log in": {saveLogin("a", key, "http://n/api"),
			"[profiles.a]\r\nPREFECT_SERVER_ALLOW_EPHEMERAL_MODE = true\r\nPREFECT_API_AUTH_STRING = \"u:p\"\r\nPREFECT_API_KEY = \"pnu_old\" # key\r\n",
			"[profiles.a]\r\nPREFECT_API_KEY = \"" + someKey + "\" # key\r\nPREFECT_API_URL = \"http://n/api\"\r\n"},
		"log in anew": {saveLogin("n", key, "http://n/api"), "# mine\n",
			"# mine\n\n[profiles.n]\nPREFECT_API_URL = \"http://n/api\"\nPREFECT_API_KEY = \"" + someKey + "\"\n"},
		"log in inline": {saveLogin("a", key, "http://n/api"), "profiles = { a = { PREFECT_API_AUTH_STRING = 'u:p' } }\n",
			"profiles = { a = { PREFECT_API_URL = \"http://n/api\", PREFECT_API_KEY = \"" + someKey + "\" } }\n"},

		"a broken file": {useProfile("a"), "active = \"a\"\n[profiles.a]\nPREFECT_API_KEY = " + someKey + "\n",
			"! profiles.toml was left as it is: line 3 has to be mended first: "},
		"a file that is not UTF-8": {useProfile("a"), "[profiles.a]\nX = \"\xff\"\n", "! profiles.toml was left as it is: it is not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			after, err := test.change.apply("/home/.prefect/profiles.toml", &test.before)
			if want, refused := strings.CutPrefix(test.after, "! "); refused {
				if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), someKey) {
					t.Errorf("error %v, want %q; after %q", err, want, after)
				}
				return
			}
			if err != nil || after != test.after {
				t.Errorf("got\n%q, %v, want\n%q", after, err, test.after)
			}
		})
	}
}

// TestProof makes changes that do another thing than they mean.
func TestProof(t *testing.T) {
	source := "active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"x\"\n[profiles.b]\nn = nan\nt = 1979-05-27T07:32:00+01:00\n[[other.l]]\nx = 1\n[[other.l]]\nx = nan\n"
	right := useProfile("b")
	for name, edit := range map[string]func(*Draft) error{
		"nothing":       func(*Draft) error { return nil },
		"too much":      func(d *Draft) error { d.set("a", "PREFECT_UI_URL", "y"); return right.Edit(d) },
		"another value": func(d *Draft) error { d.activate("a"); return nil },
		"another type": func(d *Draft) error {
			d.Make([]text.Edit{{Span: d.Active.Value.Span, New: "1"}})
			return nil
		},
		"a number in place of none": func(d *Draft) error {
			d.Make([]text.Edit{{Span: d.TOML.Find("profiles", "b", "n").Value.Span, New: "1.0"}})
			return right.Edit(d)
		},
		"another table of a list": func(d *Draft) error {
			d.Make([]text.Edit{{Span: d.TOML.Statements[len(d.TOML.Statements)-1].Value.Span, New: "2"}})
			return right.Edit(d)
		},
		"no TOML": func(d *Draft) error {
			d.Make([]text.Edit{{Span: d.Active.Value.Span, New: "b"}})
			return nil
		},
	} {
		wrong := right
		wrong.Edit = edit
		if after, err := wrong.apply("profiles.toml", &source); err == nil || !strings.Contains(err.Error(), "was left as it is") {
			t.Errorf("%s: %q, %v", name, after, err)
		}
	}
	if _, err := right.apply("profiles.toml", &source); err != nil {
		t.Errorf("the right change is refused: %v", err)
	}
}

// TestDifference turns random texts into each other, and never touches a line that both start or end with.
func TestDifference(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	lines := []string{"a\n", "b\n", "c\r\n", "\n", "ä\n"}
	some := func() string {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(lines[random.IntN(len(lines))])
		}
		return b.String() + []string{"", "a", "z"}[random.IntN(3)]
	}
	for range 20_000 {
		before, after := some(), some()
		edits := difference(before, after)
		if got := text.Apply(before, edits...); got != after {
			t.Fatalf("%q becomes %q by %v, want %q", before, got, edits, after)
		}
		if same := difference(before, before); same != nil {
			t.Fatalf("%q becomes itself by %v", before, same)
		}
	}
	edits := difference("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\nf\n")
	if len(edits) != 2 || edits[0] != (text.Edit{Span: text.Span{Start: 2, End: 4}, New: "B\n"}) || edits[1].New != "f\n" {
		t.Errorf("edits are %v", edits)
	}
}

// TestRemoveIn expects an empty table to go along, and nothing else, whatever has become of the file.
func TestRemoveIn(t *testing.T) {
	for _, test := range []struct{ values, after, want map[string]any }{
		{map[string]any{"a": map[string]any{"b": 1}}, map[string]any{}, map[string]any{}},
		{map[string]any{"a": map[string]any{"b": 1}}, map[string]any{"a": map[string]any{}}, map[string]any{"a": map[string]any{}}},
		{map[string]any{"a": map[string]any{"b": 1, "c": 2}}, map[string]any{}, map[string]any{"a": map[string]any{"c": 2}}},
	} {
		removeIn(test.values, test.after, strings.Split("a.b", ".")...)
		if !isSame(test.values, test.want) {
			t.Errorf("left is %v, want %v", test.values, test.want)
		}
	}
}

// TestCheckName refuses the names that profile lists could not show.
func TestCheckName(t *testing.T) {
	for name, ok := range map[string]bool{"dev": true, "größe 1": true, "a.b": true, "": false, " ": false, "a\nb": false, "a\x00": false, "\xff": false, cloudtest.Ada: false} {
		if err := checkName(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
		if ok {
			after, err := createProfile(name).apply("profiles.toml", nil)
			if _, found := profiles.Read(profiles.ProfilesTOML, after).Lookup(name); err != nil || !found {
				t.Errorf("%q: %q, %v", name, after, err)
			}
		}
	}
}
