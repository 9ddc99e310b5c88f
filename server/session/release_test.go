package session

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPrefectRelease(t *testing.T) {
	const lock = "version = 1\n\n[[package]]\nname = \"prefect\"\nversion = \"3.4.25\"\nsource = { registry = \"x\" }\n"
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing":                 {nil, ""},
		"virtual environment":     {map[string]string{".venv/lib/python3.12/site-packages/prefect-3.6.1.dist-info/METADATA": "", "uv.lock": lock}, "3.6.1"},
		"on Windows":              {map[string]string{"venv/Lib/site-packages/prefect-3.6.2.dist-info/METADATA": ""}, "3.6.2"},
		"another package":         {map[string]string{".venv/lib/python3.12/site-packages/prefect_aws-0.5.1.dist-info/METADATA": ""}, ""},
		"lock file of uv":         {map[string]string{"uv.lock": lock}, "3.4.25"},
		"lock file of Poetry":     {map[string]string{"poetry.lock": lock, "requirements.txt": "prefect==3.0.0"}, "3.4.25"},
		"lock file without it":    {map[string]string{"uv.lock": "[[package]]\nname = \"prefect-aws\"\nversion = \"1\"\n", "requirements.txt": "prefect==3.0.1"}, "3.0.1"},
		"requirements":            {map[string]string{"requirements-dev.txt": "# prefect==1\nhttpx\nprefect[aws] == 3.0.2 ; python_version > '3.9' # pinned\n"}, "3.0.2"},
		"requirements with range": {map[string]string{"requirements.txt": "prefect>=3.4,<4\nprefect==3.*\nprefect-aws==1.0\n"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for path, content := range test.files {
				path = filepath.Join(folder, path)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := PrefectRelease(folder); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
