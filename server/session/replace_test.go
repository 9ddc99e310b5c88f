package session

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestReplace(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "profiles.toml"), filepath.Join(folder, "link.toml")
	for _, step := range []error{os.WriteFile(target, []byte("old"), 0o600), os.Chmod(target, 0o640), os.Symlink(target, link)} {
		if step != nil {
			t.Fatal(step)
		}
	}
	if err := Replace(link, "old", "new"); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(target)
	if err != nil || info.Mode() != 0o640 {
		t.Errorf("mode is %v, want the one it had: %v", info.Mode(), err)
	}
	if at, err := os.Readlink(link); err != nil || at != target {
		t.Errorf("the link leads to %q: %v", at, err)
	}
	if err := Replace(target, "old", "newer"); !errors.Is(err, ErrChanged) {
		t.Errorf("replacing a file that has changed: %v, want ErrChanged", err)
	}
	if got, err := os.ReadFile(target); err != nil || string(got) != "new" {
		t.Errorf("the file holds %q: %v", got, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("the folder has %v, want only the file and the link: %v", left, err)
	}
}

func TestReplaceWhatIsNotThere(t *testing.T) {
	if err := Replace(filepath.Join(t.TempDir(), "none"), "", "new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want that it does not exist", err)
	}
}
