package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestWriteWaits meets a file that somebody has open to write, until that is over.
func TestWriteWaits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	theirs, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Write(ended, path, become("ours")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want to have waited", err)
	}
	if _, err := io.WriteString(theirs, "theirs"); err != nil {
		t.Fatal(err)
	}
	if err := theirs.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := Write(t.Context(), path, become("ours"))
	if err != nil || *done.Before != "theirs" {
		t.Error(done, err)
	}
}

// TestWriteRace races with a process that rewrites the file as the prefect command does: it reads it, and then empties and fills it.
// Each of the two counts its own changes in the file; neither may find less there than it saw before.
func TestWriteRace(t *testing.T) {
	const writes = 1000
	path := filepath.Join(t.TempDir(), childFile)
	if err := os.WriteFile(path, []byte(counters{}.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	rival := startChild(t, "rewrite", filepath.Dir(path))
	again := 0
	for range writes {
		rival.start(t)
		_, err := Write(t.Context(), path, func(old *string) (*string, error) {
			if old == nil {
				return nil, errors.New("the file is gone")
			}
			now, err := parseCounters(*old)
			if err != nil {
				return nil, err
			}
			again++
			now.ours++
			return new(now.String()), nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := rival.end(t)
	t.Logf("%d writes, worked out %d times, against %s", writes, again, said)
	if said != fmt.Sprintf("%d rewrites, none lost", writes) {
		t.Error(said)
	}
	if again == writes {
		t.Error("the two never met")
	}
	wantAlone(t, path)
}

// TestExchange puts another file in the place of the one that was looked at: that stays.
func TestExchange(t *testing.T) {
	target, fresh, old := replacing(t)
	defer old.release()
	if err := errors.Join(os.Remove(target), os.WriteFile(target, []byte("theirs"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := exchange(fresh, old, target); !errors.Is(err, ErrChanged) {
		t.Errorf("%v, want that the file has changed", err)
	}
	discard(fresh)
	wantFile(t, target, "theirs", 0o600)
	wantAlone(t, target)
}

// TestWriteKeepsTheOwner writes to a file of somebody else if we are who may give files away.
func TestWriteKeepsTheOwner(t *testing.T) {
	owner, group := os.Geteuid(), os.Getegid()
	owners := [][2]int{{owner, group}}
	if owner == 0 {
		owners = [][2]int{{nobody, group}, {owner, nobody}}
	}
	for _, want := range owners {
		path := filepath.Join(t.TempDir(), "f")
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chown(path, want[0], want[1]), os.Chmod(path, 0o751)); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(t.Context(), path, become("new")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		stat := info.Sys().(*syscall.Stat_t)
		if got := [2]int{int(stat.Uid), int(stat.Gid)}; got != want || info.Mode().Perm() != 0o751 {
			t.Errorf("the owner is %v with %v, want %v", got, info.Mode(), want)
		}
	}
}

const nobody = 65534

// TestWriteInAReadOnlyFolder is somebody who may write the file, but nothing beside it.
func TestWriteInAReadOnlyFolder(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "f")
	if err := errors.Join(os.WriteFile(path, []byte("old"), 0o600), os.Chmod(path, 0o666), os.Chmod(folder, 0o555), os.Chmod(filepath.Dir(folder), 0o755)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(folder, 0o700)
	if os.Geteuid() == 0 { // whom no mode stops
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if _, err := unix.SetfsuidRetUid(nobody); err != nil {
			t.Fatal(err)
		}
		defer unix.SetfsuidRetUid(0)
	}
	_, err := Write(t.Context(), path, become("new"))
	if !errors.Is(err, fs.ErrPermission) || err.Error() != "no file can be written to the folder "+folder+": permission denied" {
		t.Error(err)
	}
	wantFile(t, path, "old", 0o666)
}
