package session

import (
	"cmp"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// A view is what is in effect in one folder, worked out when it is first asked for. Snapshots share it for as long as
// nothing changes that decides.
type view struct {
	folder func() *Folder
	known  atomic.Pointer[Folder] // what folder returns, once it has been asked
	last   *Folder                // what was known before, or nil
	news   news
}

// News are what has changed on disk since a folder was looked at.
type news struct {
	files   map[string]*string // the text by path, with nil for what is gone
	release bool               // the release of Prefect in use may be another one
}

func (s *Snapshot) view(path string, last *Folder, n news) *view {
	v := &view{last: last, news: n}
	v.folder = sync.OnceValue(func() *Folder {
		f := s.resolve(path, last, n)
		v.known.Store(f)
		return f
	})
	return v
}

// resolve tells what is in effect in the folder at path. The disk is looked at for what neither the editor, nor the news, nor the
// last answer knows.
func (s *Snapshot) resolve(path string, last *Folder, n news) *Folder {
	var prefect string
	if last != nil && !n.release {
		prefect = last.Prefect
	} else {
		prefect = s.releaseIn(path)
	}
	// What the folder keeps to read later on must lead neither to a snapshot nor to the last folder, which would keep those before them.
	documents, disk, before := s.documents, s.disk, map[string]*profiles.File{}
	if last != nil {
		before = last.files
	}
	return resolve(path, prefect, s.variables(path), func(kind profiles.Kind, place string) *profiles.File {
		if doc := documentAt(documents, place); doc != nil {
			if doc.File != nil && doc.File.Kind == kind {
				return doc.File
			}
			return profiles.ReadFor(prefect, kind, doc.Text)
		}
		if source, told := n.files[place]; told {
			if source == nil {
				return nil
			}
			return profiles.ReadFor(prefect, kind, *source)
		}
		if file, known := before[place]; known && (file == nil || file.Kind == kind && file.Prefect == prefect) {
			return file
		}
		source, ok := disk(place)
		if !ok {
			return nil
		}
		return profiles.ReadFor(prefect, kind, source)
	})
}

// releaseIn is the release of Prefect in use in the folder at path, as the disk has it: that which is set, or else what the folder or
// that of the workspace tells.
func (s *Snapshot) releaseIn(path string) string {
	if _, settings := s.settingsAt(path); settings.Prefect != "" {
		return settings.Prefect
	}
	release := PrefectRelease(path)
	if root, inside := s.workspaceOf(path); inside && release == "" {
		return PrefectRelease(root)
	}
	return release
}

// variables are those of code that is started in the folder at path.
func (s *Snapshot) variables(path string) variables {
	root, settings := s.settingsAt(path)
	given := variables{server: s.base, person: settings.Environment, workspace: settings.WorkspaceEnvironment}
	switch file := settings.EnvironmentFile; {
	case filepath.IsAbs(file):
		given.file = clean(file)
	case file != "" && root != "":
		given.file = filepath.Join(root, file)
	}
	return given
}

// settingsAt are the settings for code that is started in the folder at path, with the folder of the workspace that it belongs to, if
// it belongs to one.
func (s *Snapshot) settingsAt(path string) (root string, settings protocol.Settings) {
	for _, root := range s.roots() {
		if s.started(root) == path {
			return root, s.settingsOf(root)
		}
	}
	return "", s.Settings
}

// settingsOf are the settings for a folder of the workspace.
func (s *Snapshot) settingsOf(root string) protocol.Settings {
	for uri, own := range s.Settings.Folders {
		if path, ok := protocol.PathOf(uri); ok && clean(path) == root {
			return own
		}
	}
	return s.Settings
}

// clean is [filepath.Clean] with the letter of a drive as [protocol.PathOf] has it, so that one file has one path.
func clean(path string) string {
	path = filepath.Clean(path)
	if drive := filepath.VolumeName(path); strings.HasSuffix(drive, ":") {
		return strings.ToUpper(drive) + path[len(drive):]
	}
	return path
}

// documentAt is the file at path as the editor has it, or as it was read for the client that asks for diagnostics of the workspace.
func (s *Snapshot) documentAt(path string) *Document { return documentAt(s.documents, path) }

// documentAt prefers what is open: clients may write one path in several ways, of which each is another URI.
func documentAt(documents map[string]*Document, path string) (found *Document) {
	for _, doc := range documents {
		switch {
		case doc.Path != path:
		case found == nil, doc.Open && !found.Open, doc.Open == found.Open && doc.URI < found.URI:
			found = doc
		}
	}
	return found
}

// Folder is what is in effect for code of the file or folder at uri. That is started in the nearest folder of the workspace; outside
// of all, in the folder of the workspace that reads the file, as it does profiles.toml, or else beside it. It is nil for what is no
// file while no folder is open.
func (s *Snapshot) Folder(uri string) *Folder {
	path, isFile := protocol.PathOf(uri)
	if isFile {
		if root, inside := s.workspaceOf(path); inside {
			return s.folderAt(s.started(root))
		}
	}
	roots := s.roots()
	for _, root := range roots {
		if f := s.folderAt(s.started(root)); !isFile || f.Reads(path) {
			return f
		}
	}
	if !isFile {
		return nil
	}
	if s.views[path] == nil && !isFolder(path) {
		path = filepath.Dir(path)
	}
	return s.folderAt(path)
}

// InUse are the folders of the workspace and of the open files that Prefect reads.
func (s *Snapshot) InUse() []*Folder {
	var folders []*Folder
	add := func(f *Folder) {
		if f != nil && !slices.ContainsFunc(folders, func(other *Folder) bool { return other.Path == f.Path }) {
			folders = append(folders, f)
		}
	}
	for _, root := range s.roots() {
		add(s.folderAt(s.started(root)))
	}
	for _, uri := range slices.Sorted(maps.Keys(s.documents)) {
		if doc := s.documents[uri]; doc.Open && doc.File != nil && doc.Path != "" {
			add(s.Folder(uri))
		}
	}
	return folders
}

func (s *Snapshot) folderAt(path string) *Folder {
	if v := s.views[path]; v != nil {
		return v.folder()
	}
	return s.resolve(path, nil, news{})
}

// roots are the paths of the workspace's folders.
func (s *Snapshot) roots() []string {
	var roots []string
	for _, uri := range s.Folders {
		if path, ok := protocol.PathOf(uri); ok {
			roots = append(roots, clean(path))
		}
	}
	return roots
}

// workspaceOf is the nearest folder of the workspace that path is in, or is.
func (s *Snapshot) workspaceOf(path string) (nearest string, inside bool) {
	for _, root := range s.roots() {
		below := path == root || strings.HasPrefix(path, strings.TrimSuffix(root, string(filepath.Separator))+string(filepath.Separator))
		if below && len(root) > len(nearest) {
			nearest = root
		}
	}
	return nearest, nearest != ""
}

// started is the folder in which the code of a workspace folder is started.
func (s *Snapshot) started(root string) string {
	cwd := cmp.Or(s.settingsOf(root).Cwd, root)
	if filepath.IsAbs(cwd) {
		return clean(cwd)
	}
	return filepath.Join(root, cwd)
}

// arrange has views of the folders that may be asked for, and of no others.
func (s *Snapshot) arrange() {
	before := s.views
	s.views = map[string]*view{}
	add := func(path string) {
		if s.views[path] = before[path]; s.views[path] == nil {
			s.views[path] = s.view(path, nil, news{})
		}
	}
	for _, root := range s.roots() {
		add(s.started(root))
	}
	for _, doc := range s.documents {
		if _, inside := s.workspaceOf(doc.Path); !inside && doc.Open && doc.File != nil && doc.Path != "" {
			add(filepath.Dir(doc.Path))
		}
	}
}

// renew replaces the views in which what is found at the paths of the news decides, or at path, of which the editor has the text.
func (s *Snapshot) renew(path string, n news) {
	for folder, v := range s.views {
		known := v.known.Load()
		if known != nil && !n.release && !known.Reads(path) && !slices.ContainsFunc(slices.Collect(maps.Keys(n.files)), known.Reads) {
			continue
		}
		if known != nil {
			s.views[folder] = s.view(folder, known, n)
			continue
		}
		joined := news{files: maps.Clone(v.news.files), release: v.news.release || n.release}
		if joined.files == nil {
			joined.files = map[string]*string{}
		}
		maps.Copy(joined.files, n.files)
		s.views[folder] = s.view(folder, v.last, joined)
	}
}

// reread reads the files again of which the folder uses another release of Prefect by now.
func (s *Snapshot) reread() {
	for uri, doc := range s.documents {
		if doc.File == nil {
			continue
		}
		if release := s.release(uri); release != doc.File.Prefect {
			now := s.read(*doc, release)
			s.documents[uri] = now
			s.renew(doc.Path, news{})
		}
	}
}
