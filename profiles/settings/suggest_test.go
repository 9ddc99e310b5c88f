package settings

import (
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/oracletest"
	"prefect-ls/profiles/syntax"
)

func TestInvalid(t *testing.T) {
	str := func(text string) syntax.Value { return syntax.Value{Kind: syntax.String, Text: text} }
	integer := func(text string) syntax.Value { return syntax.Value{Kind: syntax.Integer, Text: text} }
	for _, c := range []struct {
		name        string
		value       syntax.Value
		from        Source
		reason      string
		suggestions []string
	}{
		{"PREFECT_LOGGING_LEVEL", str("WARN"), DotEnv,
			`"WARN" is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL.`, []string{"WARNING"}},
		{"PREFECT_LOGGING_LEVEL", str("inof"), DotEnv,
			`"inof" is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL.`, []string{"INFO"}},
		{"PREFECT_LOGGING_LEVEL", integer("20"), ConfigFile,
			`20 is not one of DEBUG, INFO, WARNING, ERROR, CRITICAL.`, []string{"INFO"}},
		{"PREFECT_API_ENABLE_HTTP2", str(" true"), Profile,
			`" true" is not a boolean, such as true or false. Prefect does not ignore the space around it.`, []string{"true"}},
		{"PREFECT_API_ENABLE_HTTP2", str("flase"), DotEnv, `"flase" is not a boolean, such as true or false.`, []string{"false"}},
		{"PREFECT_API_ENABLE_HTTP2", str(""), DotEnv,
			`An empty value counts as set, and is not a boolean, such as true or false.`, nil},
		{"PREFECT_API_ENABLE_HTTP2", str("zebra"), DotEnv, `"zebra" is not a boolean, such as true or false.`, nil},
		{"PREFECT_SERVER_EVENTS_RETENTION_PERIOD", str("3600"), DotEnv,
			`"3600" has no unit. Prefect wants a duration here, such as PT1H30M, 01:30:00 or 7 days, and does not take seconds as text.`, []string{"PT3600S"}},
		{"PREFECT_SERVER_EVENTS_RETENTION_PERIOD", str("2 weeks"), DotEnv,
			`"2 weeks" is not a duration, such as PT1H30M, 01:30:00 or 7 days.`, []string{"PT1209600S"}},
		{"PREFECT_SERVER_EVENTS_RETENTION_PERIOD", str("1h30m"), ConfigFile,
			`"1h30m" is not a duration, such as PT1H30M, 01:30:00 or 7 days.`, []string{"PT5400S"}},
		{"PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD", str("3600"), DotEnv,
			`1 hour is too short: it must be longer than 1 hour.`, nil},
		{"PREFECT_SERVER_API_PORT", str("4,200"), DotEnv, `"4,200" is not a whole number.`, []string{"4200"}},
		{"PREFECT_SERVER_API_PORT", str("4200,"), DotEnv, `"4200," is not a whole number.`, []string{"4200"}},
		{"PREFECT_SERVER_API_PORT", str("0x1068"), DotEnv, `"0x1068" is not a whole number.`, []string{"4200"}},
		{"PREFECT_SERVER_API_PORT", str(`"4200"`), DotEnv, `"\"4200\"" is not a whole number.`, []string{"4200"}},
		{"PREFECT_API_REQUEST_TIMEOUT", str("60s"), DotEnv, `"60s" is not a number.`, []string{"60"}},
		{"PREFECT_API_REQUEST_TIMEOUT", str("1,5"), DotEnv, `"1,5" is not a number.`, []string{"1.5"}},
		{"PREFECT_CLIENT_MAX_RETRIES", integer("-1"), Profile, `-1 is too small: the least is 0.`, []string{"0"}},
		{"PREFECT_FLOWS_HEARTBEAT_FREQUENCY", str("10"), DotEnv, `10 is too small: the least is 30.`, []string{"30"}},
		{"PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS", str("0"), DotEnv, `0 is too small: it must be more than 0.`, []string{"1"}},
		{"PREFECT_API_URL", integer("1"), Profile, `A number is not text: put it in quotes.`, []string{"1"}},
		{"PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS", syntax.Value{Kind: syntax.Array, Elements: []syntax.Value{str("a"), str("b")}}, ConfigFile,
			`A list is not text: put it in quotes.`, []string{"a,b"}},
		{"PREFECT_SERVER_DATABASE_DRIVER", str("postgresql"), DotEnv,
			`"postgresql" is not one of postgresql+asyncpg, sqlite+aiosqlite.`, []string{"postgresql+asyncpg"}},
		{"PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", str("WARN"), DotEnv, `"WARN" is not one of warn, error, ignore.`, []string{"warn"}},
		{"PREFECT_CLIENT_RETRY_EXTRA_CODES", str("429;503"), DotEnv,
			`"429;503" is not a status code from 100 to 599, or a comma-separated list of them.`, []string{"429,503"}},
		{"PREFECT_CLIENT_RETRY_EXTRA_CODES", str("429,"), DotEnv, `The list has an empty entry: remove the extra comma.`, []string{"429"}},
		{"PREFECT_CLIENT_RETRY_EXTRA_CODES", str("[429, 503]"), Profile,
			`"[429" is not a status code from 100 to 599, or a comma-separated list of them.`, []string{"429,503"}},
		{"PREFECT_CLIENT_RETRY_EXTRA_CODES", str("600"), DotEnv, `600 is not a status code: those are from 100 to 599.`, nil},
		{"PREFECT_CLIENT_CUSTOM_HEADERS", str("X-A=b"), DotEnv,
			`The value is not a JSON object of texts, such as {"X-Name": "value"}.`, []string{`{"X-A":"b"}`}},
		{"PREFECT_CLIENT_CUSTOM_HEADERS", str("{'X-A': 'b'}"), DotEnv,
			`The value is not a JSON object of texts, such as {"X-Name": "value"}.`, []string{`{"X-A": "b"}`}},
		{"PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS", str("1,2"), DotEnv, `"1,2" is not a number or a list of numbers.`, []string{"[1,2]", "1.2"}},
		{"PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS", str("1;2"), Profile, `"1;2" is not a number or a list of numbers.`, nil},
		{"PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS", str("1;2"), DotEnv,
			`"1;2" is not a number or a comma-separated list of numbers.`, []string{"1,2"}},
	} {
		s, ok := ByName(c.name)
		if !ok {
			t.Fatalf("no setting %s", c.name)
		}
		_, invalid := s.Cast(c.value, c.from)
		if invalid == nil {
			t.Errorf("%s takes %q", c.name, c.value.Text)
			continue
		}
		if invalid.Reason != c.reason {
			t.Errorf("%s: the reason is\n%s\nnot\n%s", c.name, invalid.Reason, c.reason)
		}
		if !slices.Equal(invalid.Suggestions, c.suggestions) {
			t.Errorf("%s: %q suggests %q, not %q", c.name, c.value.Text, invalid.Suggestions, c.suggestions)
		}
	}
}

// TestInvalidEverywhere checks what must hold for every refusal, on all values of the oracle.
func TestInvalidEverywhere(t *testing.T) {
	lines := oracletest.Open(t, "testdata/oracle-"+Version+".jsonl.gz")
	lines.Next(new(any)) // the header
	refusals := 0
	for {
		var name string
		var value any
		if !lines.Next(&[...]any{&name, &value, new(any)}) {
			break
		}
		s, _ := ByName(name)
		for _, from := range []Source{DotEnv, Profile, ConfigFile} {
			_, invalid := s.Cast(valueOf(t, value), from)
			if invalid == nil {
				continue
			}
			refusals++
			if !strings.HasSuffix(invalid.Reason, ".") || len(invalid.Reason) > 250 {
				t.Errorf("%s: %.80v has the reason %.300q", name, value, invalid.Reason)
			}
			for _, suggestion := range invalid.Suggestions {
				if _, again := s.Cast(syntax.Value{Kind: syntax.String, Text: suggestion}, from); again != nil {
					t.Errorf("%s: %.80v is to become %.80q, which is refused too: %s", name, value, suggestion, again.Reason)
				}
			}
		}
	}
	if refusals < 1000 {
		t.Errorf("only %d refusals", refusals)
	}
}

func TestReasonsKeepSecrets(t *testing.T) {
	const canary = "31337042"
	for _, s := range All() {
		if !s.Secret {
			continue
		}
		for _, kind := range []syntax.ValueKind{syntax.Integer, syntax.Float, syntax.DateTime} {
			_, invalid := s.Cast(syntax.Value{Kind: kind, Text: canary}, Profile)
			if invalid == nil || strings.Contains(invalid.Reason, canary) {
				t.Errorf("%s: %v", s.Name, invalid)
			}
		}
	}
}

func TestReasonsKeepStrayKeys(t *testing.T) {
	const key = "pnu_31337042"
	for _, s := range All() {
		for _, written := range []string{key, " " + key, "{'Authorization': 'Bearer " + key + "'}", "[" + key, "{\"a\": \"" + key} {
			_, invalid := s.Cast(syntax.Value{Kind: syntax.String, Text: written}, DotEnv)
			if invalid != nil && strings.Contains(invalid.Reason, "31337042") {
				t.Errorf("%s: %s", s.Name, invalid.Reason)
			}
		}
	}
}

func TestHuman(t *testing.T) {
	for want, d := range map[string]Timedelta{
		"0 seconds":                         {},
		"1 second":                          {Seconds: 1},
		"1.5 seconds":                       {Seconds: 1, Micros: 500_000},
		"1 hour":                            {Seconds: 3600},
		"1 day 2 hours 3 minutes 4 seconds": {Seconds: 86400 + 2*3600 + 3*60 + 4},
		"minus 1 minute":                    {Seconds: -60},
		"minus 0.25 seconds":                {Seconds: -1, Micros: 750_000},
		"7 days":                            {Seconds: 604800},
	} {
		if got := d.Human(); got != want {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
}

func FuzzCast(f *testing.F) {
	for _, seed := range []string{"true", "1h30m", "[1, \"a\"]", "{a = {b = 1}}", "P1DT1.5H", "1e400", "0-1", "{\"a\": [", "7 days, 1:00:00", "-", "٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		values := []syntax.Value{{Kind: syntax.String, Text: written}}
		for _, statement := range syntax.ParseTOML("a = " + written).Statements {
			values = append(values, statement.Value)
		}
		for i := range All() {
			s := &All()[i]
			for _, v := range values {
				for from := Environment; from <= Profile; from++ {
					_, invalid := s.Cast(v, from)
					if invalid == nil {
						continue
					}
					for _, suggestion := range invalid.Suggestions {
						if _, again := s.Cast(syntax.Value{Kind: syntax.String, Text: suggestion}, from); again != nil {
							t.Errorf("%s: %q is to become %q", s.Name, written, suggestion)
						}
					}
				}
			}
		}
	})
}
