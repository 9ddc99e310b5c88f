package session

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// InEffect are the URIs of the files that Prefect reads when it is started in one of the workspace's folders, whether they exist
// or not. It looks in no folder above or below.
func (s *Snapshot) InEffect() []string {
	var uris []string
	for _, folder := range s.Folders {
		for _, name := range []string{".env", "prefect.toml", "pyproject.toml"} {
			uris = append(uris, strings.TrimSuffix(folder, "/")+"/"+name)
		}
	}
	return uris
}

// Load takes the files on disk that are in effect, out of those at uris. What the editor has open is left as it is.
func (s *Session) Load(uris ...string) {
	wanted := s.Snapshot().InEffect()
	for _, uri := range uris {
		if !slices.Contains(wanted, uri) {
			continue
		}
		path, _ := protocol.PathOf(uri)
		if text, ok := s.disk(path); ok {
			s.Store(uri, text)
		} else {
			s.Remove(uri)
		}
	}
}

// saved is the text of the file at path on disk, or nil.
func (s *Session) saved(path string) *string {
	if text, ok := s.disk(path); ok {
		return &text
	}
	return nil
}

// Watched are the paths of the files that decide on what is in effect in the folders in use, or on who gets at a secret, whether
// they exist or not.
func (s *Snapshot) Watched() []string {
	paths := map[string]bool{}
	for _, f := range s.InUse() {
		for _, path := range append(f.Places(), s.releasePlaces(f.Path)...) {
			paths[path] = true
		}
	}
	for path, x := range s.exposures {
		paths[path] = true
		for _, decides := range x.decides {
			paths[decides] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// Refresh takes in what has changed on disk at the paths. A file that was whole and is broken, empty or gone may be about to be
// written: unless that is said to be final, it is left as it was, and returned.
func (s *Session) Refresh(final bool, paths ...string) (unsettled []string) {
	for _, path := range paths {
		path = clean(path)
		snap := s.Snapshot()
		if told, another := snap.tellsRelease(path); told {
			if another {
				s.update(func(next *Snapshot) {
					next.renew(path, news{release: true})
					next.reread()
				})
			}
			continue
		}
		before, folder, looked := snap.onDisk(path)
		text := s.saved(path)
		switch {
		case !looked, isSame(before, text) && folder == (text == nil && isFolder(path)):
		case !final && isWhole(before) && !isWhole(parsed(before, text)):
			unsettled = append(unsettled, path)
		default:
			s.take(path, text)
		}
	}
	return unsettled
}

// releasePlaces are the places that tell the release of Prefect in use in the folder at path.
func (s *Snapshot) releasePlaces(path string) []string {
	places := releasePlaces(path)
	if root, inside := s.workspaceOf(path); inside && root != path {
		places = append(places, releasePlaces(root)...)
	}
	return places
}

// tellsRelease reports whether what is at path tells a release of Prefect, and whether that is another one than was thought.
func (s *Snapshot) tellsRelease(path string) (told, another bool) {
	for _, v := range s.views {
		f := v.folder()
		if slices.ContainsFunc(s.releasePlaces(f.Path), func(place string) bool { return isPlace(place, path) }) {
			told = true
			another = another || s.releaseIn(f.Path) != f.Prefect
		}
	}
	return told, another
}

// onDisk is what is known of a file that the editor does not have open, or that a folder stands in its place. It reports false if
// nobody has looked.
func (s *Snapshot) onDisk(path string) (file *profiles.File, folder, looked bool) {
	if doc := s.documentAt(path); doc != nil {
		return doc.File, false, !doc.Open
	}
	for _, v := range s.views {
		if f := v.folder(); f.Reads(path) {
			return f.files[path], f.folders[path], true
		}
	}
	return nil, false, slices.ContainsFunc(s.InEffect(), func(uri string) bool { return isAt(uri, path) })
}

// take puts the text of a file on disk into effect; nil stands for none.
func (s *Session) take(path string, text *string) {
	snap := s.Snapshot()
	for _, uri := range snap.InEffect() {
		switch {
		case !snap.Client.PullDiagnostics || !isAt(uri, path):
		case text == nil:
			s.Remove(uri)
		default:
			s.Store(uri, *text)
		}
	}
	s.update(func(next *Snapshot) { next.renew(path, news{files: map[string]*string{path: text}}) })
}

func isAt(uri, path string) bool {
	own, ok := protocol.PathOf(uri)
	return ok && clean(own) == path
}

func isSame(file *profiles.File, text *string) bool {
	if file == nil || text == nil {
		return file == nil && text == nil
	}
	return file.Source == *text
}

// isWhole reports whether a file looks like one that nobody is in the middle of writing.
func isWhole(file *profiles.File) bool {
	return file != nil && strings.TrimSpace(file.Source) != "" && len(file.SyntaxProblems()) == 0
}

func parsed(before *profiles.File, text *string) *profiles.File {
	if text == nil {
		return nil
	}
	return profiles.ReadFor(before.Prefect, before.Kind, *text)
}

// Unread says which file that would take part could not be read, and why; it is nil where all were.
func (f *Folder) Unread() error {
	for _, path := range f.Places() {
		if f.files[path] != nil {
			continue
		}
		if _, err := ReadFile(path); err != nil && !isPassedOver(path, err) {
			return err
		}
	}
	return nil
}

// isPassedOver reports whether Prefect goes on without a file at a path that cannot be read. That a profiles.toml is a folder, it reports
// itself. It waits for pipes, but those in place of TOML files for settings.
func isPassedOver(path string, err error) bool {
	if irregular, ok := errors.AsType[*irregularError](err); ok {
		name := filepath.Base(path)
		return irregular.mode&fs.ModeNamedPipe == 0 || name == "prefect.toml" || name == "pyproject.toml"
	}
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || errors.Is(err, syscall.ELOOP) || errors.Is(err, syscall.EINVAL)
}
