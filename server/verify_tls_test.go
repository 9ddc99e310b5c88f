package server

import (
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
)

// TestVerifyTLS shows whose word it takes for a certificate to be taken, or not to be checked at all.
func TestVerifyTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `"3.8.8"`) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, ca, 0o600); err != nil {
		t.Fatal(err)
	}
	const (
		answers   = "The Prefect server at 127.0.0.1 answers."
		unchecked = answers + " Its certificate was not checked, as PREFECT_API_TLS_INSECURE_SKIP_VERIFY is on."
		unknown   = "is signed by an authority that is not known here"
		skip      = "PREFECT_API_TLS_INSECURE_SKIP_VERIFY"
		badFile   = "PREFECT_API_SSL_CERT_FILE=/nowhere/ca.pem"
	)
	for name, c := range map[string]struct {
		active, other string // more of the profile in use, and of the other one
		env           []string
		files         map[string]string
		settings      string
		profile       string // to verify
		said          string
	}{
		"checked":                        {said: unknown},
		"by the environment":             {env: []string{skip + "=1"}, said: unchecked},
		"by the profile":                 {active: skip + " = \"true\"", said: unchecked},
		"by the profile, as a boolean":   {active: skip + " = true", said: unchecked},
		"by another profile":             {other: skip + " = \"true\"", said: unknown},
		"of another profile":             {other: skip + " = \"true\"", profile: "other", said: unchecked},
		"of another profile, not its":    {active: skip + " = \"true\"", profile: "other", said: unknown},
		"of another, by the environment": {other: skip + " = \"true\"", env: []string{skip + "=0"}, profile: "other", said: unknown},
		"by .env":                        {files: map[string]string{"work/.env": skip + "=1\n"}, said: unknown},
		"by prefect.toml":                {files: map[string]string{"work/prefect.toml": "[api]\ntls_insecure_skip_verify = true\n"}, said: unknown},
		"by settings of the workspace":   {settings: `{"workspaceEnvironment":{"` + skip + `":"1"}}`, said: unknown},
		"by settings of the person":      {settings: `{"environment":{"` + skip + `":"1"}}`, said: unchecked},
		"profile, but checked by .env":   {active: skip + " = \"true\"", files: map[string]string{"work/.env": skip + "=0\n"}, said: unknown},
		"no authorities":                 {active: skip + " = \"true\"", env: []string{badFile}, said: unchecked},
		"bad authorities":                {env: []string{badFile}, said: "Check PREFECT_API_SSL_CERT_FILE"},
		"known by the environment":       {env: []string{"SSL_CERT_FILE=" + file}, said: answers},
		"known by the profile":           {active: "PREFECT_API_SSL_CERT_FILE = '" + file + "'", said: answers},
		"known of another profile":       {other: "PREFECT_API_SSL_CERT_FILE = '" + file + "'", profile: "other", said: answers},
		"known of another, and not its":  {active: "PREFECT_API_SSL_CERT_FILE = '" + file + "'", profile: "other", said: unknown},
		"another, by SSL_CERT_FILE":      {env: []string{"SSL_CERT_FILE=" + file}, profile: "other", said: answers},
		"known by .env":                  {files: map[string]string{"work/.env": "PREFECT_API_SSL_CERT_FILE=" + file + "\n"}, said: unknown},
	} {
		t.Run(name, func(t *testing.T) {
			source := fmt.Sprintf("active = 'mine'\n[profiles.mine]\nPREFECT_API_URL = '%[1]s/api'\n%[2]s\n[profiles.other]\nPREFECT_API_URL = '%[1]s/api'\n%[3]s\n", server.URL, c.active, c.other)
			files := map[string]string{"home/profiles.toml": source}
			maps.Copy(files, c.files)
			u := meet(t, setting{client: withDialogs, env: c.env, files: files, settings: c.settings})
			u.press <- "" // to try again
			result := u.do(protocol.CommandVerify, protocol.CommandParams{Profile: c.profile})
			if isGood := strings.HasPrefix(c.said, answers); result.Done != isGood || isGood && result.Message != c.said || !strings.Contains(result.Message, c.said) {
				t.Errorf("answered %+v, want %q", result, c.said)
			}
		})
	}
}

// TestVerifyCloudTLS has the certificate of Prefect Cloud checked, whatever anybody says.
func TestVerifyCloudTLS(t *testing.T) {
	var asked bool
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	source := "active = 'mine'\n[profiles.mine]\nPREFECT_API_URL = '" + server.URL + "/api'\nPREFECT_API_KEY = '" + cloudtest.Ada + "'\n"
	u := meet(t, setting{client: withDialogs, unset: true, files: map[string]string{"home/profiles.toml": source},
		env: []string{"PREFECT_CLOUD_API_URL=" + server.URL + "/api", "PREFECT_API_TLS_INSECURE_SKIP_VERIFY=1"}})
	u.press <- ""
	result := u.do(protocol.CommandVerify, protocol.CommandParams{})
	if result.Done || asked || !strings.Contains(result.Message, "authority that is not known here") {
		t.Errorf("answered %+v, asked %t", result, asked)
	}
}
