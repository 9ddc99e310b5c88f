package profiles

import "testing"

const (
	accountID   = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
	workspaceID = "f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a"
	cloudURL    = "https://api.prefect.cloud/api/accounts/" + accountID + "/workspaces/" + workspaceID
)

func TestCorrectedAPIURL(t *testing.T) {
	const page = "/account/" + accountID + "/workspace/" + workspaceID
	for written, want := range map[string]string{
		// Prefect Cloud
		cloudURL:                                          "",
		"https://app.prefect.cloud" + page:                cloudURL,
		"https://app.prefect.cloud" + page + "/":          cloudURL,
		"https://app.prefect.cloud" + page + "/dashboard": cloudURL,
		"https://app.prefect.cloud" + page + "/runs/flow-run/1f2e3d4c-0000-0000-0000-000000000000?g_range=x&tab=Logs#top": cloudURL,
		"app.prefect.cloud" + page:             cloudURL,
		"http://app.prefect.cloud" + page:      cloudURL,
		"HTTPS://APP.PREFECT.CLOUD" + page:     cloudURL,
		"https://api.prefect.cloud" + page:     cloudURL,
		"https://api.prefect.cloud/api" + page: cloudURL,
		"http://api.prefect.cloud/api/accounts/" + accountID + "/workspaces/" + workspaceID:                 cloudURL,
		"https://api.prefect.cloud/accounts/" + accountID + "/workspaces/" + workspaceID:                    cloudURL,
		"https://API.prefect.cloud/api/accounts/" + accountID + "/workspaces/" + workspaceID:                cloudURL,
		"https://api.prefect.cloud/api/accounts/0a1b2c3d4e5f60718293a4b5c6d7e8f9/workspaces/" + workspaceID: cloudURL,
		cloudURL + "/":                       cloudURL,
		cloudURL + "/flows/filter":           cloudURL,
		" " + cloudURL:                       cloudURL,
		`"` + cloudURL + `"`:                 cloudURL,
		"https://app.stg.prefect.dev" + page: "https://api.stg.prefect.dev/api/accounts/" + accountID + "/workspaces/" + workspaceID,
		"https://api.private.prefect.cloud/api/accounts/" + accountID + "/workspaces/" + workspaceID: "",
		"https://api.prefect.cloud/api/workspaces/" + workspaceID + "/accounts/" + accountID:         cloudURL,
		"https://api.prefect.cloud/api/api/accounts/" + accountID + "/workspaces/" + workspaceID:     cloudURL,
		"http://api.prefect.cloud/api":                                                         "https://api.prefect.cloud/api",
		"https://api.prefect.cloud/api":                                                        "",
		"https://app.prefect.cloud":                                                            "",
		"https://app.prefect.cloud/account/" + accountID:                                       "",
		"https://app.prefect.cloud/account/nonsense/workspace/" + workspaceID:                  "",
		"https://api.prefect.cloud/api/accounts/[ACCOUNT-ID]/workspaces/[WORKSPACE-ID]":        "",
		"https://api.prefect.cloud/api/accounts/" + accountID + "/workspaces/<your-workspace>": "",
		"https://prefect.cloud":                                                                "",
		"https://docs.prefect.cloud/x":                                                         "",
		"https://docs.prefect.cloud" + page:                                                    "",
		"https://api.prefect.io":                                                               "",
		"http://api.prefect.cloud/api/accounts/account_id":                                     "",
		"“https://app.prefect.cloud" + page + "”":                                              cloudURL,
		"‘https://app.prefect.cloud" + page + "’":                                              cloudURL,
		// A server of one's own
		"http://127.0.0.1:4200/api":           "",
		"http://127.0.0.1:4200":               "http://127.0.0.1:4200/api",
		"http://127.0.0.1:4200/":              "http://127.0.0.1:4200/api",
		"http://127.0.0.1:4200/api/":          "http://127.0.0.1:4200/api",
		"127.0.0.1:4200/api":                  "http://127.0.0.1:4200/api",
		"localhost:4200":                      "http://localhost:4200/api",
		"127.0.0.1":                           "http://127.0.0.1/api",
		"//localhost:4200/api":                "http://localhost:4200/api",
		"prefect-server:4200/api":             "http://prefect-server:4200/api",
		"prefect.example.com/api":             "https://prefect.example.com/api",
		"ws://localhost:4200/api":             "http://localhost:4200/api",
		"wss://prefect.example.com/api":       "https://prefect.example.com/api",
		"http://localhost:4200/dashboard":     "http://localhost:4200/api",
		"http://localhost:4200/runs?tab=x":    "http://localhost:4200/api",
		"https://example.com/prefect/api":     "",
		"https://example.com/dashboard/api":   "",
		"https://example.com/prefect/":        "https://example.com/prefect",
		"https://myhost/workspace/api":        "",
		"https://me:secret@example.com/api":   "",
		"http://[::1]:4200/api":               "",
		"[::1]:4200/api":                      "http://[::1]:4200/api",
		"http://[2001:db8::7]/api":            "",
		"http://0.0.0.0:4200/api":             "http://127.0.0.1:4200/api",
		"http://[::]:4200/api":                "http://[::1]:4200/api",
		"https://127.0.0.1:4200/api":          "http://127.0.0.1:4200/api",
		"https://127.0.0.1:8443/api":          "",
		"http://127.0.0.1:4200 /api":          "http://127.0.0.1:4200/api",
		"'http://127.0.0.1:4200/api'":         "http://127.0.0.1:4200/api",
		"http://127.0.0.1:4200/api/api":       "http://127.0.0.1:4200/api",
		"http://127.0.0.1:4200/docs":          "http://127.0.0.1:4200/api",
		"https://prefect.example.com/api?a=b": "https://prefect.example.com/api",
		"http://<server>:4200/api":            "",
		"“http://127.0.0.1:4200/api”":         "http://127.0.0.1:4200/api",
		"‘http://127.0.0.1:4200/api’":         "http://127.0.0.1:4200/api",
		"http://<server>:4200":                "",
		"http://xxx:4200":                     "",
		"https://?tab=x":                      "",
		"http://prefect.example.com":          "http://prefect.example.com/api",
		"http://prefect-server:4200/runs":     "http://prefect-server:4200/api",
		"https://prefect-server:4200/api":     "",
		"https://[::1]:4200/api":              "http://[::1]:4200/api",
		"https://a.localhost:4200/api":        "http://a.localhost:4200/api",
		"":                                    "",
	} {
		got, sure := ParseAPIURL(written).Corrected()
		if !sure {
			got = ""
		}
		if got != want {
			t.Errorf("%s\n got %q\nwant %q", written, got, want)
		}
		if again, changed := ParseAPIURL(got).Corrected(); sure && changed {
			t.Errorf("%s\nis corrected to %s\nbut that again to %s", written, got, again)
		}
	}
}
