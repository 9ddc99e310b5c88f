package settings

import (
	"os"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/syntax"
)

func TestLookup(t *testing.T) {
	for _, s := range All() {
		for _, name := range append([]string{s.Name}, s.Legacy...) {
			if found, ok := ByName(name); !ok || found.Name != s.Name {
				t.Errorf("%s finds %v", name, found)
			}
		}
		if found, ok := ByPath(s.Path); !ok || found.Name != s.Name {
			t.Errorf("%s finds %v", s.Path, found)
		}
	}
	for _, g := range Groups() {
		if found, ok := GroupByPath(g.Path); !ok || *found != g {
			t.Errorf("%s finds %v", g.Path, found)
		}
		if found, ok := GroupByName(g.Name); !ok || *found != g {
			t.Errorf("%s finds %v", g.Name, found)
		}
	}
	for _, unknown := range []string{"", "PREFECT_", "prefect_api_url", "PREFECT_API", "ZZZ", "api"} {
		if s, ok := ByName(unknown); ok {
			t.Errorf("%q finds %s", unknown, s.Name)
		}
		if s, ok := ByPath(unknown); ok {
			t.Errorf("%q finds %s", unknown, s.Name)
		}
		if g, ok := GroupByPath(unknown + "?"); ok {
			t.Errorf("%q finds %s", unknown, g.Name)
		}
		if g, ok := GroupByName(unknown + "?"); ok {
			t.Errorf("%q finds %s", unknown, g.Name)
		}
	}
	if !slices.IsSortedFunc(All(), func(a, b Setting) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("the settings are not sorted by name")
	}
}

// TestDefaults holds every default to what it says it is: a text that Prefect takes.
func TestDefaults(t *testing.T) {
	for _, s := range All() {
		if s.Default == "" {
			continue
		}
		if _, invalid := s.Cast(syntax.Value{Kind: syntax.String, Text: s.Default}, DotEnv); invalid != nil {
			t.Errorf("%s: %s", s.Name, invalid.Reason)
		}
		if s.Computed {
			t.Errorf("%s has a default and computes it", s.Name)
		}
	}
}

func TestNearest(t *testing.T) {
	for word, want := range map[string]string{
		"PREFECT_API_ULR":                   "PREFECT_API_URL",
		"PREFCT_API_URL":                    "PREFECT_API_URL",
		"PREFECT_APIURL":                    "PREFECT_API_URL",
		"PREFECT_API_KYE":                   "PREFECT_API_KEY",
		"prefect_api_key":                   "PREFECT_API_KEY",
		"PREFECT_LOGING_LEVEL":              "PREFECT_LOGGING_LEVEL",
		"PREFECT_LOG_LEVEL":                 "PREFECT_LOGGING_LEVEL",
		"PREFECT_DATABASE_CONNECTION_URL":   "PREFECT_SERVER_DATABASE_CONNECTION_URL",
		"PREFECT_API_DATABASE_CONECTION":    "",
		"PREFECT_UI_API_ULR":                "PREFECT_SERVER_UI_API_URL",
		"PREFECT_SERVER_PORT":               "PREFECT_SERVER_API_PORT",
		"PREFECT_SERVER_URL":                "PREFECT_API_URL", // and no PREFECT_SERVER_DOCKET_URL
		"prefect_telemetry_enabled":         "PREFECT_SERVER_ANALYTICS_ENABLED",
		"PREFECT_CLOUD_API_KEY":             "PREFECT_API_KEY", // and no PREFECT_CLOUD_API_URL
		"PREFECT_SERVER_DATABASE_PROT":      "PREFECT_SERVER_DATABASE_PORT",
		"PREFECT_SERVER_DATABASE_URI":       "", // and no port
		"PREFECT_AUTH_STRING":               "PREFECT_API_AUTH_STRING",
		"PREFECT_POOL":                      "", // one part is too little to go by
		"PREFECT_WORK_POOL":                 "", // so are two of four
		"PREFECT_WORK_QUEUE":                "",
		"PREFECT_SOMETHING_QUITE_DIFFERENT": "",
		"PREFECT_":                          "",
		"PREFECT_FOO":                       "",
		"":                                  "",
	} {
		got := ""
		if s, ok := NearestByName(word); ok {
			got = s.Name
		}
		if got != want {
			t.Errorf("%q is near %q, not %q", word, got, want)
		}
	}
	for word, want := range map[string]string{
		"api.ulr":                 "api.url",
		"API.URL":                 "api.url",
		"server.databse.name":     "server.database.name",
		"logging.to-api.enabled":  "logging.to_api.enabled",
		"server.hos":              "",
		"server.ephemral.enabled": "server.ephemeral.enabled",
		"nothing.like.this":       "",
	} {
		got := ""
		if s, ok := NearestByPath(word); ok {
			got = s.Path
		}
		if got != want {
			t.Errorf("%q is near %q, not %q", word, got, want)
		}
	}
	if got, ok := Nearest("prdo", []string{"dev", "prod", "staging"}); !ok || got != "prod" {
		t.Errorf("prdo is near %q", got)
	}
	if got, ok := Nearest("x", []string{"dev", "prod"}); ok {
		t.Errorf("x is near %q", got)
	}
}

func TestIsOther(t *testing.T) {
	for _, name := range []string{"PREFECT_PROFILE", "PREFECT__FLOW_RUN_ID", "PREFECT_LOGGING_LOGGERS_PREFECT_LEVEL", "PREFECT_INTEGRATIONS_AWS_ECS_X",
		"PREFECT_REDIS_MESSAGING_HOST", "PREFECT_CLOUD_ACCOUNT_ID"} {
		if !IsOther(name) {
			t.Errorf("%s is not known as a name of something else", name)
		}
	}
	for _, name := range []string{"PREFECT_PROFIL", "PREFECT_API_URL", "PREFECT_LOGGING_LEVEL", "PREFECT_REDIS_", "PREFECT_FOO"} {
		if IsOther(name) {
			t.Errorf("%s is taken for a name of something else", name)
		}
	}
	for _, s := range All() {
		for _, name := range append([]string{s.Name}, s.Legacy...) {
			if IsOther(name) {
				t.Errorf("%s is a setting", name)
			}
		}
	}
}

func TestHistory(t *testing.T) {
	for name, want := range map[string]string{
		"PREFECT_API_URL":             "2.20.0",
		"PREFECT_API_AUTH_STRING":     "3.1.8",
		"PREFECT_SERVER_UI_API_URL":   "3.0.11",
		"PREFECT_UI_API_URL":          "2.20.0",
		"PREFECT_PLUGINS_ENABLED":     "3.7.0",
		"PREFECT_CLOUD_URL":           "",
		"PREFECT_NEVER_WAS_A_SETTING": "",
	} {
		if got := Since(name); got != want {
			t.Errorf("%s is there since %q, not %q", name, got, want)
		}
	}
	for name, want := range map[string]Removal{
		"PREFECT_CLOUD_URL":           {"PREFECT_CLOUD_URL", "3.0.0", "PREFECT_CLOUD_API_URL"},
		"PREFECT_ORION_API_HOST":      {"PREFECT_ORION_API_HOST", "2.13.0", "PREFECT_SERVER_API_HOST"},
		"PREFECT_EXTRA_ENTRYPOINTS":   {"PREFECT_EXTRA_ENTRYPOINTS", "3.0.0", ""},
		"PREFECT_API_URL":             {},
		"PREFECT_NEVER_WAS_A_SETTING": {},
	} {
		if got, _ := Removed(name); got != want {
			t.Errorf("%s was removed: %v, not %v", name, got, want)
		}
	}
	for _, r := range removals {
		if _, ok := ByName(r.Name); ok {
			t.Errorf("%s is removed and a setting", r.Name)
		}
		if s, ok := ByName(r.Instead); r.Instead != "" && (!ok || s.Name != r.Instead) {
			t.Errorf("%s is to become %s, which is no setting", r.Name, r.Instead)
		}
	}
}

// TestFormerPaths holds the list of places that were dropped to the removals: every variable that went after prefect.toml came has
// its place there, except an older name of another.
func TestFormerPaths(t *testing.T) {
	places := map[string]bool{}
	for _, former := range formerPaths {
		places[former.name] = true
		if want := "PREFECT_" + strings.ToUpper(strings.ReplaceAll(former.path, ".", "_")); former.name != want {
			t.Errorf("%s is the place of %s, not of %s", former.path, want, former.name)
		}
		if r, ok := RemovedPath(former.path); !ok || r.Name != former.name {
			t.Errorf("%s was not removed", former.path)
		}
		if _, ok := ByPath(former.path); ok {
			t.Errorf("%s is a setting", former.path)
		}
	}
	for _, r := range removals {
		isOlder := r.Name == "PREFECT_API_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED"
		if has, had := places[r.Name], Before("3.1.0", r.In) && !isOlder; has != had {
			t.Errorf("%s, dropped in %s, has a place: %t", r.Name, r.In, has)
		}
	}
}

// TestCatalogueIsStatic keeps code that would run at start-up out of the generated file.
func TestCatalogueIsStatic(t *testing.T) {
	source, err := os.ReadFile("catalogue.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"map[", "func", "make(", "(\""} {
		if strings.Contains(stripTexts(string(source)), code) {
			t.Errorf("catalogue.go has %q", code)
		}
	}
}

// stripTexts empties the string literals of a source.
func stripTexts(source string) string {
	var out strings.Builder
	inText := false
	for i := 0; i < len(source); i++ {
		switch {
		case source[i] == '"':
			inText = !inText
			out.WriteByte('"')
		case inText && source[i] == '\\':
			i++
		case !inText:
			out.WriteByte(source[i])
		}
	}
	return out.String()
}

func BenchmarkByName(b *testing.B) {
	for b.Loop() {
		ByName("PREFECT_SERVER_DATABASE_CONNECTION_URL")
	}
}

func BenchmarkNearestByName(b *testing.B) {
	for b.Loop() {
		NearestByName("PREFECT_SERVER_DATABSE_CONECTION_URL")
	}
}

func TestIn(t *testing.T) {
	s, _ := ByName("PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS")
	for release, want := range map[string]Kind{"": SecondsDuration, Version: SecondsDuration, "3.6.2": SecondsDuration, "3.6.1": Duration, "3.0.0": Duration} {
		if got := s.In(release).Kind; got != want {
			t.Errorf("in %q it is a %s, not a %s", release, got, want)
		}
	}
	for _, change := range kindChanges {
		if s, ok := ByName(change.name); !ok || s.Kind == change.from {
			t.Errorf("%s did not change", change.name)
		}
	}
}

// TestReference names addresses that were taken from the page itself, by people who link to it.
func TestReference(t *testing.T) {
	for name, want := range map[string]string{
		"PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "enable-orchestration-telemetry",
		"PREFECT_INTERNAL_LOGGING_LEVEL":               "internalsettings",     // it has #logging-level while that is the first
		"PREFECT_LOGGING_TO_API_ENABLED":               "loggingtoapisettings", // #enabled-2, as long as no other comes before it
		"PREFECT_HOME":                                 "home",
		"PREFECT_UI_URL":                               "root-settings",
	} {
		s, _ := ByName(name)
		if got := s.Reference(); got != "https://docs.prefect.io/v3/api-ref/settings-ref#"+want {
			t.Errorf("%s leads to %s", name, got)
		}
	}
}
