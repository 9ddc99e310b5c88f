package session

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestReplace(t *testing.T) {
	target := filepath.Join(t.TempDir(), "profiles.toml")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o600), os.Chmod(target, 0o640)); err != nil {
		t.Fatal(err)
	}
	if err := Replace(target, "old", "new"); err != nil {
		t.Fatal(err)
	}
	wantFile(t, target, "new", 0o640)
	if err := Replace(target, "old", "newer"); !errors.Is(err, ErrChanged) {
		t.Errorf("replacing a file that has changed: %v, want ErrChanged", err)
	}
	wantFile(t, target, "new", 0o640)
	wantAlone(t, target)
}

func TestReplaceFollowsALink(t *testing.T) {
	folder := t.TempDir()
	target, from := filepath.Join(folder, "profiles.toml"), filepath.Join(folder, "link.toml")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	link(t, target, from)
	if err := Replace(from, "old", "new"); err != nil {
		t.Fatal(err)
	}
	wantFile(t, target, "new", 0o600)
	if at, err := os.Readlink(from); err != nil || at != target {
		t.Errorf("the link leads to %q: %v", at, err)
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

// replacing is a file, another one beside it that is to take its place, and the hold on the old one.
func replacing(t *testing.T) (target string, fresh *os.File, old held) {
	t.Helper()
	target = filepath.Join(t.TempDir(), "profiles.toml")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	fresh, err := writeBeside(target, nil, "new")
	if err != nil {
		t.Fatal(err)
	}
	if old, err = hold(target); err != nil {
		t.Fatal(err)
	}
	return target, fresh, old
}

// TestRename replaces a file where the system cannot swap two.
func TestRename(t *testing.T) {
	target, fresh, old := replacing(t)
	if err := rename(fresh, old, target); err != nil {
		t.Fatal(err)
	}
	wantFile(t, target, "new", 0o600)
	wantAlone(t, target)
	if _, err := old.Stat(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the old file is still held: %v", err)
	}
}
