package session

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// maxSize is the size in bytes up to which a file that nobody opened is read. Prefect's files are far smaller.
const maxSize = 8 << 20

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
		before, looked := snap.onDisk(path)
		text := s.saved(path)
		switch {
		case !looked, isSame(before, text):
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

// onDisk is what is known of a file that the editor does not have open. It reports false if nobody has looked.
func (s *Snapshot) onDisk(path string) (file *profiles.File, looked bool) {
	if doc := s.documentAt(path); doc != nil {
		return doc.File, !doc.Open
	}
	for _, v := range s.views {
		if f := v.folder(); f.Reads(path) {
			return f.files[path], true
		}
	}
	return nil, slices.ContainsFunc(s.InEffect(), func(uri string) bool { return isAt(uri, path) })
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

// ReadDisk is the [Reader] of what is saved. What [ReadFile] cannot read is as good as not there.
func ReadDisk(path string) (string, bool) {
	text, err := ReadFile(path)
	return text, err == nil
}

// ReadFile reads a regular file of reasonable size. Its error names the file and says what is in the way.
func ReadFile(path string) (string, error) { return readRegular(path, maxSize) }

// readRegular reads a regular file of at most limit bytes.
func readRegular(path string, limit int64) (string, error) {
	if err := checkRegular(path, limit); err != nil {
		return "", err
	}
	file, err := open(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	text, err := readAll(file, path, limit)
	return text, errors.Join(err, file.Close())
}

// ReadFrom reads a stream of reasonable size. Its error names the stream and says what is in the way.
func ReadFrom(in io.Reader, name string) (string, error) { return readAll(in, name, maxSize) }

func readAll(in io.Reader, name string, limit int64) (string, error) {
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return "", unreadable(name, err)
	case int64(len(data)) > limit:
		return "", tooLarge(name, limit)
	}
	return string(data), nil
}

// checkRegular refuses what cannot be read as a whole: to open a pipe could take forever, and a device may have no end.
func checkRegular(path string, limit int64) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return unreadable(path, err)
	case !info.Mode().IsRegular():
		return &irregularError{path, info.Mode()}
	case info.Size() > limit:
		return tooLarge(path, limit)
	}
	return nil
}

func tooLarge(path string, limit int64) error {
	return fmt.Errorf("%s is larger than %d MiB", path, limit>>20)
}

// unreadable is an error of the system without the name of its call.
func unreadable(path string, err error) error {
	if failure, ok := errors.AsType[*fs.PathError](err); ok {
		err = failure.Err
	}
	return fmt.Errorf("%s cannot be read: %w", path, err)
}

// An irregularError is the error of a path at which there is something else than a file with contents.
type irregularError struct {
	path string
	mode fs.FileMode
}

func (e *irregularError) Error() string {
	what := "something else"
	switch {
	case e.mode.IsDir():
		what = "a folder"
	case e.mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case e.mode&fs.ModeDevice != 0:
		what = "a device"
	}
	return e.path + " is " + what + " where a regular file should be"
}
