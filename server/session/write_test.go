package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// become returns a [Rewrite] to a fixed text.
func become(text string) Rewrite {
	return func(*string) (*string, error) { return &text, nil }
}

func TestWriteMakesAFileOfOnesOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".prefect", "profiles.toml")
	done, err := Write(t.Context(), path, func(old *string) (*string, error) {
		if old != nil {
			t.Errorf("there is %q already", *old)
		}
		return new("new"), nil
	})
	if err != nil || done.Before != nil || *done.After != "new" || !done.Changed() {
		t.Fatal(done, err)
	}
	wantFile(t, path, "new", 0o600)
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode() != shown(fs.ModeDir|0o700) {
		t.Errorf("the folder is %v, %v", info, err)
	}
	wantAlone(t, path)
}

func TestWriteFollowsADanglingLink(t *testing.T) {
	folder := t.TempDir()
	first, second := filepath.Join(folder, "first"), filepath.Join(folder, "second")
	link(t, "second", first)
	link(t, filepath.Join(folder, "dotfiles", "p.toml"), second)
	if _, err := Write(t.Context(), first, become("new")); err != nil {
		t.Fatal(err)
	}
	wantFile(t, filepath.Join(folder, "dotfiles", "p.toml"), "new", 0o600)
	if to, err := os.Readlink(first); to != "second" || err != nil {
		t.Error(to, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	folder := t.TempDir()
	readOnly, large := filepath.Join(folder, "read-only"), filepath.Join(folder, "large")
	err := errors.Join(os.WriteFile(readOnly, []byte("old"), 0o400), os.WriteFile(large, nil, 0o600), os.Truncate(large, maxSize+1))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		readOnly: "is read-only", large: "larger than 8 MiB", folder: "is a folder where a regular file should be", filepath.Join(readOnly, "below"): readOnly,
	} {
		if _, err := Write(t.Context(), path, become("new")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	wantFile(t, readOnly, "old", 0o400)
}

func TestWriteRefusesACircle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "circle")
	link(t, path, path)
	if _, err := Write(t.Context(), path, become("new")); err == nil || !strings.Contains(err.Error(), "round in circles") {
		t.Error(err)
	}
}

func TestWriteLeavesWhatIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	refusal := errors.New("no")
	if _, err := Write(t.Context(), path, func(*string) (*string, error) { return nil, refusal }); !errors.Is(err, refusal) {
		t.Error(err)
	}
	if done, err := Write(t.Context(), path, become("old")); err != nil || done.Changed() {
		t.Error(done, err)
	}
	wantFile(t, path, "old", 0o600)
}

func TestWriteRemoves(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), path, func(*string) (*string, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// TestWriteStartsAnew changes the file while the new contents are worked out, in the ways in which others change files.
func TestWriteStartsAnew(t *testing.T) {
	for name, meddle := range map[string]func(path string) error{
		"written in place": func(path string) error { return os.WriteFile(path, []byte("theirs"), 0o600) },
		"replaced": func(path string) error {
			return errors.Join(os.WriteFile(path+"~", []byte("theirs"), 0o600), os.Rename(path+"~", path))
		},
		"removed": os.Remove,
	} {
		for _, before := range []string{"old", ""} {
			t.Run(name+" "+before, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "f")
				if before != "" {
					if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
						t.Fatal(err)
					}
				} else if name == "removed" {
					return
				}
				var seen []string
				_, err := Write(t.Context(), path, func(old *string) (*string, error) {
					text := ""
					if old != nil {
						text = *old
					}
					if seen = append(seen, text); len(seen) == 1 {
						if err := meddle(path); err != nil {
							t.Fatal(err)
						}
					}
					return new(text + " and ours"), nil
				})
				theirs := map[bool]string{false: "theirs"}[name == "removed"]
				if err != nil || len(seen) != 2 || seen[0] != before || seen[1] != theirs {
					t.Errorf("saw %q, %v", seen, err)
				}
				wantFile(t, path, theirs+" and ours", 0o600)
			})
		}
	}
}

// TestWriteTogether writes to one file from all sides. Nobody's write may be lost.
func TestWriteTogether(t *testing.T) {
	const writers, writes = 4, 25
	path := filepath.Join(t.TempDir(), "f")
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range writes {
				_, err := Write(t.Context(), path, func(old *string) (*string, error) {
					if old == nil {
						return new("1"), nil
					}
					n, err := strconv.Atoi(*old)
					return new(strconv.Itoa(n + 1)), err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	wantFile(t, path, strconv.Itoa(writers*writes), 0o600)
	wantAlone(t, path)
}

// TestWriteKilled kills processes while they write, sooner or later after they have begun.
func TestWriteKilled(t *testing.T) {
	const kills, atOnce = 1000, 4
	var leftovers atomic.Int32
	t.Run("all", func(t *testing.T) {
		for range atOnce {
			t.Run("some", func(t *testing.T) {
				t.Parallel()
				path := filepath.Join(t.TempDir(), childFile)
				if err := errors.Join(os.WriteFile(path, []byte(contentsOf(0)), 0o600), os.Chmod(path, 0o640)); err != nil {
					t.Fatal(err)
				}
				for i := range kills / atOnce {
					if killOne(t, path, i%23) {
						leftovers.Add(1)
					}
				}
				if _, err := Write(t.Context(), path, become("last")); err != nil {
					t.Fatal(err)
				}
				wantAlone(t, path)
				wantFile(t, path, "last", 0o640)
			})
		}
	})
	t.Logf("%d of %d processes left a temporary file behind", leftovers.Load(), kills)
	if leftovers.Load() == 0 {
		t.Error("no process died in the middle of a write")
	}
}

// killOne kills a process that writes to the file, and reports whether it left something else behind.
func killOne(t *testing.T, path string, looks int) bool {
	child := startChild(t, "write", filepath.Dir(path))
	for range looks {
		wantWhole(t, path)
	}
	child.kill(t)
	wantWhole(t, path)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) > 2 {
		t.Fatalf("there are %v, %v", entries, err)
	}
	return len(entries) == 2
}

// contentsOf is one of the two contents that killed processes write.
func contentsOf(n int) string { return strings.Repeat(strconv.Itoa(n%2), 10_000) + "\n" }

func writeForever(path string) error {
	for n := 1; ; n++ {
		if _, err := Write(context.Background(), path, become(contentsOf(n))); err != nil {
			return err
		}
	}
}

func wantWhole(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	for mayBeInUse(err) { // in the moment of the exchange
		info, err = os.Stat(path)
	}
	if err != nil || info.Mode() != shown(0o640) {
		t.Fatal(info, err)
	}
	text, err := os.ReadFile(path)
	for mayBeInUse(err) {
		text, err = os.ReadFile(path)
	}
	if err != nil || string(text) != contentsOf(0) && string(text) != contentsOf(1) {
		t.Fatalf("the file holds %d bytes that nobody wrote: %v", len(text), err)
	}
}

func wantFile(t *testing.T, path, text string, mode fs.FileMode) {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil || info.Mode() != shown(mode) {
		t.Errorf("%s is %v, %v; want %v", path, info, err, shown(mode))
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, text)
	}
}

// shown is a mode as the system shows it: Windows keeps only whether a file may be written to.
func shown(mode fs.FileMode) fs.FileMode {
	switch {
	case runtime.GOOS != "windows":
		return mode
	case mode.IsDir():
		return mode | 0o777
	case mode&0o200 == 0:
		return 0o444
	}
	return 0o666
}

// link makes a symbolic link, or skips the test where the system lets us make none, as Windows does by default.
func link(t *testing.T, to, from string) {
	t.Helper()
	err := os.Symlink(to, from)
	if info, err2 := os.Lstat(from); runtime.GOOS == "windows" && (err != nil || err2 != nil || info.Mode()&fs.ModeSymlink == 0) {
		t.Skipf("no symbolic link can be made: %v", cmp.Or(err, err2))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// wantAlone wants nothing beside a file.
func wantAlone(t *testing.T, path string) {
	t.Helper()
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("there are %v, %v", entries, err)
	}
}

// counters are what both processes of the race have changed, in a file that takes a while to write.
type counters struct{ ours, theirs int }

const padding = 400 // lines

func (c counters) String() string {
	return fmt.Sprintf("%d\n%s%d\n", c.ours, strings.Repeat("# a line that is in the file\n", padding), c.theirs)
}

// parseCounters fails for half a file.
func parseCounters(text string) (c counters, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != padding+3 {
		return c, fmt.Errorf("the file has %d lines of %d", len(lines), padding+3)
	}
	var err2 error
	c.ours, err = strconv.Atoi(lines[0])
	c.theirs, err2 = strconv.Atoi(lines[padding+1])
	return c, errors.Join(err, err2)
}

// rewriteOften is the rival in the race. For each byte that comes in, it rewrites the file, after more or less delay.
func rewriteOften(path string, in io.Reader) (string, error) {
	mine := 0
	for bell := make([]byte, 1); ; mine++ {
		_, ended := in.Read(bell)
		var now counters
		for range 1 + mine%29 {
			text, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			if now, err = parseCounters(string(text)); err != nil {
				return "", err
			}
		}
		if now.theirs != mine {
			return fmt.Sprintf("%d rewrites, of which only %d are there", mine, now.theirs), nil
		}
		if ended != nil {
			return fmt.Sprintf("%d rewrites, none lost", mine), nil
		}
		now.theirs++
		if err := os.WriteFile(path, []byte(now.String()), 0o600); err != nil {
			return "", err
		}
	}
}
