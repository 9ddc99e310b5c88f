package feature

import (
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/server/session"
)

// TestSecretsStaySecret looks for the secret in all that is said of a line: the value, the hover of it, and the profile.
func TestSecretsStaySecret(t *testing.T) {
	for line, shown := range map[string]string{
		`PREFECT_API_KEY = "pnu_CANARY7890123456789012345678901wxyz"`:                "pnu_****wxyz",
		`PREFECT_API_KEY = "pnu_CANARY7890123456789012345678901wxyz CANARY"`:         session.Hidden,
		`PREFECT_API_KEY = "CANARY"`:                                                 session.Hidden,
		`PREFECT_API_KEY = { x = "CANARY" }`:                                         session.Hidden,
		`PREFECT_API_KYE = "CANARY"`:                                                 session.Hidden,
		`PREFECT_SERVER_DATABASE_CONNECTION_URL = "postgresql://u:CANARY@h/x"`:       session.Hidden,
		`PREFECT_CLIENT_CUSTOM_HEADERS = '{"Authorization": "CANARY"}'`:              session.Hidden,
		`PREFECT_SERVER_DOCKET_URL = "redis://:CANARY/CANARY@h:1/0"`:                 "redis://****@h:1/0",
		`PREFECT_API_URL = "https://u:CANARY@h/api"`:                                 "https://****@h/api",
		`PREFECT_API_URL = "https://CANARY/CANARY@h/api"`:                            "https://****@h/api",
		`PREFECT_API_URL = "https://u:CANARY/CANARY@h/api"`:                          "https://****@h/api",
		`PREFECT_DEFAULT_DOCKER_BUILD_NAMESPACE = "pnu_CANARY78901234567890123wxyz"`: "pnu_****wxyz",
		`PREFECT_LOGGING_EXTRA_LOGGERS = ["a"]`:                                      "…",
		`PREFECT_LOGGING_LEVEL = "INFO"`:                                             "INFO",
	} {
		f := profiles.Read(profiles.ProfilesTOML, "active = \"p\"\n[profiles.p]\n"+line+"\n")
		e := &f.Entries[0]
		if got := shownValue(e); got != shown {
			t.Errorf("%s is shown as %s, want %s", line, got, shown)
		}
		said := profileText(nil, f, "p") + shownValue(e)
		if e.Setting != nil {
			said += valueText(surrounding{}, e)
		}
		if strings.Contains(said, "CANARY") {
			t.Errorf("%s is given away in\n%s", line, said)
		}
	}
}
