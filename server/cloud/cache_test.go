package cloud

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

func listing(day int, handles ...string) Listing {
	l := Listing{API: defaultAPI, Checked: time.Date(2026, 1, day, 12, 0, 0, 0, time.UTC), Workspaces: []Workspace{}}
	for _, handle := range handles {
		account, workspace, _ := strings.Cut(handle, "/")
		l.Workspaces = append(l.Workspaces, Workspace{AccountID: "a", AccountHandle: account, WorkspaceID: "w-" + handle, WorkspaceHandle: workspace})
	}
	return l
}

func put(t *testing.T, c Cache, key Key, l Listing) {
	t.Helper()
	if err := c.Put(key, l); err != nil {
		t.Fatal(err)
	}
}

func TestCache(t *testing.T) {
	c := Cache{filepath.Join(t.TempDir(), "cache", "prefect-ls")}
	ada, robot := mustKey(t, cloudtest.Ada), mustKey(t, cloudtest.Robot)
	if l, ok := c.Get(defaultAPI, ada); ok || c.All() != nil {
		t.Errorf("an empty cache has %v", l)
	}
	put(t, c, ada, listing(1, "acme/prod"))
	put(t, c, ada, listing(2, "acme/prod", "acme/dev"))
	put(t, c, robot, listing(3, "acme/dev"))
	if l, ok := c.Get(defaultAPI+"/", ada); !ok || !reflect.DeepEqual(l, listing(2, "acme/prod", "acme/dev")) {
		t.Errorf("got %v, %v", l, ok)
	}
	if l, ok := c.Get("https://api.stg.prefect.dev/api", ada); ok {
		t.Errorf("another API's is %v", l)
	}
	if all := c.All(); len(all) != 2 || !reflect.DeepEqual(all[0], listing(3, "acme/dev")) {
		t.Errorf("all are %v, want two, the latest first", all)
	}
	if err := c.Forget(defaultAPI, robot); err != nil {
		t.Error(err)
	}
	if _, ok := c.Get(defaultAPI, robot); ok || c.Forget(defaultAPI, robot) != nil {
		t.Error("what is forgotten is still there, or cannot be forgotten twice")
	}
	hasMode := func(info os.FileInfo, mode os.FileMode) bool {
		return runtime.GOOS == "windows" || info.Mode().Perm() == mode // Windows has none
	}
	if info, err := os.Stat(c.Dir); err != nil || !hasMode(info, 0o700) {
		t.Errorf("the folder has %v, %v", info.Mode(), err)
	}
	for _, path := range c.files() {
		info, err := os.Stat(path)
		data, err2 := os.ReadFile(path)
		if err != nil || err2 != nil || !hasMode(info, 0o600) {
			t.Errorf("%v, %v, %v", info.Mode(), err, err2)
		}
		if all := path + string(data); strings.Contains(all, "pnu_") || strings.Contains(all, cloudtest.Ada[4:]) {
			t.Errorf("the key is in %s", all)
		}
	}
}

func TestCacheForgetsTheOld(t *testing.T) {
	c := Cache{t.TempDir()}
	put(t, c, mustKey(t, cloudtest.Ada), listing(1, "acme/prod"))
	put(t, c, mustKey(t, cloudtest.Robot), listing(1+91, "acme/dev"))
	if all := c.All(); len(all) != 1 || all[0].Workspaces[0].WorkspaceHandle != "dev" {
		t.Errorf("all are %v, want the last", all)
	}
}

func TestCacheWithoutFolder(t *testing.T) {
	var c Cache
	key := mustKey(t, cloudtest.Ada)
	if err := c.Put(key, listing(1)); err != nil || c.All() != nil || c.Forget(defaultAPI, key) != nil {
		t.Error("a cache without a folder does something")
	}
	if _, ok := c.Get(defaultAPI, key); ok {
		t.Error("a cache without a folder has something")
	}
}

func TestCacheSurvivesGarbage(t *testing.T) {
	key := mustKey(t, cloudtest.Ada)
	for _, garbage := range []string{"", "{", "null", "[]", "{}", `{"api": "x"}`, `{"checked": "2026-01-01T00:00:00Z"}`, `{"api": 1, "checked": "never"}`, "\x00\xff", strings.Repeat("[", 1<<20)} {
		c := Cache{t.TempDir()}
		if err := os.WriteFile(c.path(defaultAPI, key), []byte(garbage), 0o600); err != nil {
			t.Fatal(err)
		}
		if l, ok := c.Get(defaultAPI, key); ok || c.All() != nil {
			t.Errorf("%.20q is read as %v", garbage, l)
		}
		put(t, c, key, listing(1, "acme/prod"))
		if _, ok := c.Get(defaultAPI, key); !ok {
			t.Errorf("%.20q cannot be replaced", garbage)
		}
	}
	c := Cache{filepath.Join(t.TempDir(), "file")}
	if err := os.WriteFile(c.Dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(key, listing(1)); err == nil || c.All() != nil {
		t.Errorf("a file in place of the folder: %v", err)
	}
}

// TestCacheIsShared shows that whoever reads while others write gets a whole listing, and that nobody's listing is lost.
func TestCacheIsShared(t *testing.T) {
	dir := t.TempDir()
	var writers sync.WaitGroup
	for n := range 8 {
		key := mustKey(t, fmt.Sprintf("pnu_%036d", n/2)) // two write the same
		writers.Go(func() {
			for day := 1; day <= 20; day++ {
				if err := (Cache{dir}).Put(key, listing(day, fmt.Sprintf("acme/w%d", n/2), "acme/both")); err != nil {
					t.Error(err)
				}
				l, ok := (Cache{dir}).Get(defaultAPI, key)
				if !ok && runtime.GOOS == "windows" {
					continue // which opens no file in the moment in which it is replaced
				}
				if !ok || len(l.Workspaces) != 2 {
					t.Errorf("key %d has %v", n/2, l)
				}
			}
		})
	}
	writers.Wait()
	if all := (Cache{dir}).All(); len(all) != 4 {
		t.Errorf("%d listings, want 4", len(all))
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 4 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

// TestCacheOfOthers shows that nobody else can tell us which workspaces there are.
func TestCacheOfOthers(t *testing.T) {
	c, ada := Cache{t.TempDir()}, mustKey(t, cloudtest.Ada)
	put(t, c, ada, listing(1, "acme/prod"))
	for mode, own := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o644: false, 0o660: false, 0o602: false} {
		if err := os.Chmod(c.path(defaultAPI, ada), mode); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Get(defaultAPI, ada); ok != (own || runtime.GOOS == "windows") || ok != (len(c.All()) == 1) {
			t.Errorf("with mode %v it is read: %t", mode, ok)
		}
	}
}
