package session

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestSettingsSecrets shows that nothing that may sign in is among the settings in effect, whatever setting it stands in.
func TestSettingsSecrets(t *testing.T) {
	home := t.TempDir()
	folder := ReadFolder(home, "", []string{
		"HOME=" + home,
		"PREFECT_API_KEY=canary",
		"PREFECT_API_URL=https://canary:canary@example.com/api",
		`PREFECT_CLIENT_CUSTOM_HEADERS={"Authorization": "Bearer canary"}`,
		"PREFECT_LOGGING_EXTRA_LOGGERS=a,b",
	}, ReadDisk)
	raw, err := json.Marshal(folder.Settings(true))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "canary") || !strings.Contains(string(raw), `"a,b"`) {
		t.Errorf("the settings are %s", raw)
	}
}
