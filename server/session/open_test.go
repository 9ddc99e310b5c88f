package session

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestOpen lets others do with a file what they want while we read it.
func TestOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := errors.Join(os.Rename(path, path+"~"), os.Remove(path+"~")); err != nil {
		t.Error(err)
	}
	if text, err := io.ReadAll(file); err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := open(path + "~~"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
