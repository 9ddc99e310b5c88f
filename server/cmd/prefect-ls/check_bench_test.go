package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkCheck measures `check` of a folder with 1,000 files. Its peer reads the same files and does nothing with them.
func BenchmarkCheck(b *testing.B) {
	folder := b.TempDir()
	for i := range 1000 {
		below := filepath.Join(folder, fmt.Sprintf("project%03d", i/4))
		if err := os.MkdirAll(below, 0o700); err != nil {
			b.Fatal(err)
		}
		name := []string{".env", "prefect.toml", "pyproject.toml", "prod.env"}[i%4]
		source := "PREFECT_API_URL=http://127.0.0.1:4200/api\nDATABASE_URL=x\nPREFECT_LOGGING_LEVEL=WARN\n"
		if i%4 == 1 || i%4 == 2 {
			source = "[project]\nname = \"x\"\n\n[tool.prefect.logging]\nlevel = \"INFO\"\n"
		}
		if err := os.WriteFile(filepath.Join(below, name), []byte(source), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("1000", func(b *testing.B) {
		for b.Loop() {
			if code := run(b.Context(), stdio{nil, io.Discard, io.Discard}, []string{"check", folder}); code != exitFindings {
				b.Fatal(code)
			}
		}
	})
	b.Run("1000/peer=reading", func(b *testing.B) {
		for b.Loop() {
			err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				_, err = os.ReadFile(path)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkStatus measures `status` in a folder with all sources. Its peer reads the files that it takes.
func BenchmarkStatus(b *testing.B) {
	folder, home := b.TempDir(), b.TempDir()
	files := map[string]string{
		filepath.Join(folder, ".env"):                    "PREFECT_LOGGING_LEVEL=INFO\n",
		filepath.Join(folder, "prefect.toml"):            "[api]\nurl = \"http://127.0.0.1:4200/api\"\n",
		filepath.Join(folder, "pyproject.toml"):          "[tool.prefect.server.api]\nport = 4200\n",
		filepath.Join(home, ".prefect", "profiles.toml"): "active = \"a\"\n\n[profiles.a]\nPREFECT_API_URL = \"http://127.0.0.1:4201/api\"\n",
	}
	for path, source := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Setenv("HOME", home)
	b.Run("status", func(b *testing.B) {
		for b.Loop() {
			if code := run(b.Context(), stdio{nil, io.Discard, io.Discard}, []string{"status", "--cwd", folder}); code != exitClean {
				b.Fatal(code)
			}
		}
	})
	b.Run("peer=reading", func(b *testing.B) {
		for b.Loop() {
			for path := range files {
				if _, err := os.ReadFile(path); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
