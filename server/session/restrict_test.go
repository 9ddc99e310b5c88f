//go:build unix

package session

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestRestrict shows which files are taken from others, and how that is seen.
func TestRestrict(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	file, link := filepath.Join(folder, "file"), filepath.Join(folder, "link")
	lay(t, folder, map[string]string{"file": "kept"})
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	mode := func() os.FileMode {
		info, err := os.Lstat(file)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	for before, after := range map[os.FileMode]os.FileMode{0o644: 0o600, 0o666: 0o600, 0o755: 0o700, 0o440: 0o400, 0o600: 0o600} {
		for _, path := range []string{file, link} {
			if err := os.Chmod(file, before); err != nil {
				t.Fatal(err)
			}
			if err := Restrict(path); err != nil || mode() != after {
				t.Errorf("%s: %v becomes %v, want %v (%v)", path, before, mode(), after, err)
			}
		}
	}
	pipe := filepath.Join(folder, "pipe")
	if err := unix.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, pipe, filepath.Join(folder, "none")} {
		if err := Restrict(path); err == nil {
			t.Errorf("%s is restricted", path)
		}
	}
}

// TestExposuresByMode shows when others can reach a file.
func TestExposuresByMode(t *testing.T) {
	t.Setenv("TMPDIR", "/tmp") // which everybody can reach
	folder := t.TempDir()
	for dir := folder; dir != "/tmp"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	lay(t, folder, map[string]string{"open/file": "", "closed/file": ""})
	for path, m := range map[string]os.FileMode{"open/file": 0o644, "closed/file": 0o644, "closed": 0o700} {
		if err := os.Chmod(filepath.Join(folder, path), m); err != nil {
			t.Fatal(err)
		}
	}
	open, closed := filepath.Join(folder, "open/file"), filepath.Join(folder, "closed/file")
	found := ReadExposures(t.Context(), open, closed)
	if found[open].Mode != 0o644 || found[closed].Mode != 0 {
		t.Errorf("found %+v", found)
	}
	if err := Restrict(open); err != nil || ReadExposures(t.Context(), open)[open].Mode != 0 {
		t.Errorf("restricted, and still open (%v)", err)
	}
}
