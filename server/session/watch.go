package session

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// A Watcher tells of changes of files at given places, whether there are files already or not. It watches the folders that they lie
// in, so that it notices when one is replaced by another; where a folder is missing, the nearest one above that is not; and of a
// link, the folder of what it leads to as well.
type Watcher struct {
	system  *fsnotify.Watcher
	changed func(paths []string)

	mu     sync.Mutex
	asked  []string
	places map[string]string // the place by where it is on disk
	dirs   map[string]bool   // watched ones
}

// NewWatcher returns a watcher that watches nothing yet. It calls changed from one goroutine.
func NewWatcher(changed func(paths []string)) (*Watcher, error) {
	system, err := fsnotify.NewBufferedWatcher(64)
	if err != nil {
		return nil, err
	}
	w := &Watcher{system: system, changed: changed, dirs: map[string]bool{}}
	go w.run()
	return w, nil
}

// Close ends the watch.
func (w *Watcher) Close() error { return w.system.Close() }

// Watch has the watcher watch the given places, and no others. It returns those that lie in folders which it did not watch before:
// what happened to them until now, it cannot know.
func (w *Watcher) Watch(places []string) (fresh []string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = places
	return w.arm()
}

// arm watches the folders in which the places are now.
func (w *Watcher) arm() (fresh []string, err error) {
	w.places = map[string]string{}
	wanted := map[string]bool{}
	for _, place := range w.asked {
		at := []string{place}
		if target, err := filepath.EvalSymlinks(place); err == nil && target != place {
			at = append(at, target)
		}
		for _, path := range at {
			w.places[path] = place
			dir := existing(filepath.Dir(path))
			wanted[dir] = true
			if !w.dirs[dir] {
				fresh = append(fresh, place)
			}
		}
	}
	for dir := range w.dirs {
		if !wanted[dir] {
			if failure := w.system.Remove(dir); failure != nil && !errors.Is(failure, fsnotify.ErrNonExistentWatch) {
				err = errors.Join(err, failure)
			}
		}
	}
	watched := map[string]bool{}
	for dir := range wanted {
		if failure := w.system.Add(dir); failure == nil {
			watched[dir] = true
		} else if !errors.Is(failure, fs.ErrNotExist) {
			err = errors.Join(err, failure)
		}
	}
	w.dirs = watched
	return fresh, err
}

// existing is the folder at path, or the nearest one above that is there.
func existing(path string) string {
	for {
		above := filepath.Dir(path)
		if info, err := os.Stat(path); err == nil && info.IsDir() || above == path {
			return path
		}
		path = above
	}
}

func (w *Watcher) run() {
	for {
		select {
		case event, open := <-w.system.Events:
			if !open {
				return
			}
			if places := w.concerned(event); len(places) > 0 {
				w.changed(places)
			}
		case _, open := <-w.system.Errors:
			if !open {
				return
			}
			w.mu.Lock()
			places := w.asked // some events were lost
			w.mu.Unlock()
			w.changed(places)
		}
	}
}

// concerned are the places that an event may have changed: the file itself, or all below a folder that came or went.
func (w *Watcher) concerned(event fsnotify.Event) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	below := event.Name + string(filepath.Separator)
	var places []string
	folder := false
	for path, place := range w.places {
		if isPlace(path, event.Name) {
			places = append(places, place)
		} else if strings.HasPrefix(path, below) {
			places = append(places, place)
			folder = true
		}
	}
	if len(places) > 0 && (folder || !event.Has(fsnotify.Write)) {
		if folder {
			delete(w.dirs, event.Name)
		}
		fresh, _ := w.arm() // a folder that cannot be watched now is tried again with the next event
		places = append(places, fresh...)
	}
	return places
}
