package cloud

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// keptFor is how long a list is kept that nobody renews. The keys of logins in the browser last 30 days.
const keptFor = 90 * 24 * time.Hour

// A Cache remembers which workspaces the keys could see, for when there is no network. Each key has a file of its own, named by a
// hash of the key, which is in no file; so processes that write at the same time lose nothing of each other. What is damaged, or open
// to others, is as good as not there. An empty Dir is a cache that remembers nothing.
type Cache struct {
	Dir string // made when needed, for its owner alone
}

// A Listing is the workspaces that a key could see at a time.
type Listing struct {
	API        string      `json:"api"` // the PREFECT_CLOUD_API_URL that was asked
	Checked    time.Time   `json:"checked"`
	Workspaces []Workspace `json:"workspaces"`
}

const listingExt = ".workspaces.json"

// path is the file of a key at an API.
func (c Cache) path(api string, key Key) string {
	sum := sha256.Sum256([]byte(strings.TrimRight(api, "/") + "\n" + key.Reveal()))
	return filepath.Join(c.Dir, hex.EncodeToString(sum[:16])+listingExt)
}

// Get is the listing that was put last for the key at an API.
func (c Cache) Get(api string, key Key) (Listing, bool) {
	if c.Dir == "" || key.IsZero() {
		return Listing{}, false
	}
	return read(c.path(api, key))
}

// All are the listings of all keys, the latest first: enough to know the handle behind an id.
func (c Cache) All() []Listing {
	var all []Listing
	for _, path := range c.files() {
		if l, ok := read(path); ok {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b Listing) int { return b.Checked.Compare(a.Checked) })
	return all
}

// Put remembers a listing of the key, and forgets those that have not been renewed for long.
func (c Cache) Put(key Key, l Listing) error {
	if c.Dir == "" || key.IsZero() {
		return nil
	}
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	for _, path := range c.files() {
		if old, ok := read(path); ok && l.Checked.Sub(old.Checked) > keptFor {
			_ = os.Remove(path) // another process may have done so
		}
	}
	return writeWhole(c.path(l.API, key), data)
}

// Forget removes what is known of a key, as a log-out should.
func (c Cache) Forget(api string, key Key) error {
	if c.Dir == "" || key.IsZero() {
		return nil
	}
	if err := os.Remove(c.path(api, key)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (c Cache) files() []string {
	if c.Dir == "" {
		return nil
	}
	entries, _ := os.ReadDir(c.Dir) // no folder, no files
	var paths []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), listingExt) && e.Type().IsRegular() {
			paths = append(paths, filepath.Join(c.Dir, e.Name()))
		}
	}
	return paths
}

func read(path string) (l Listing, ok bool) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > maxAnswer || isOpen(info) {
		return Listing{}, false
	}
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &l) != nil || l.API == "" || l.Checked.IsZero() {
		return Listing{}, false
	}
	return l, true
}

// isOpen reports whether others get at a file, as they do at what they put there for us to read. What we write is our own alone.
func isOpen(info os.FileInfo) bool { return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 }

// writeWhole gives a file new contents at once, for its owner alone. That they survive a loss of power is not worth waiting for.
func writeWhole(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Close())
	if err == nil {
		err = rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// rename is [os.Rename] that tries again for two seconds: Windows replaces no file that another process reads.
func rename(from, to string) error {
	const tries, pause = 1000, 2 * time.Millisecond
	for range tries {
		if err := os.Rename(from, to); !errors.Is(err, os.ErrPermission) {
			return err
		}
		time.Sleep(pause)
	}
	return os.Rename(from, to)
}
