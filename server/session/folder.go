package session

import (
	"maps"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

// A Folder is what is in effect for code that is started in one folder. It never changes after [ReadFolder] returns it.
type Folder struct {
	Path    string
	Prefect string // the release in use, or empty where nothing tells
	Result  *layers.Result
	paths   map[*profiles.File]string
	files   map[string]*profiles.File // every place that was looked at, with nil where there is no file
	folders map[string]bool           // those of them at which a folder stands in place of a file

	own func() *layers.Result // what is in effect by the person's own word, once it is asked for
}

// A Reader reads the file at a path; it reports false where there is none. An editor's reader knows unsaved text.
type Reader func(path string) (source string, ok bool)

// ReadFolder resolves what is in effect in the folder at path, for a process with the given environment ("NAME=value").
// prefect is the release in use; where it is empty, [PrefectRelease] tells.
func ReadFolder(path, prefect string, environment []string, read Reader) *Folder {
	if prefect == "" {
		prefect = PrefectRelease(path)
	}
	return resolve(path, prefect, variables{server: environment}, func(kind profiles.Kind, place string) *profiles.File {
		source, ok := read(place)
		if !ok {
			return nil
		}
		return profiles.ReadFor(prefect, kind, source)
	})
}

// resolve is [ReadFolder] with files that may be parsed already; nil stands for none.
func resolve(path, prefect string, given variables, read func(kind profiles.Kind, place string) *profiles.File) *Folder {
	f := &Folder{Path: path, Prefect: prefect, paths: map[*profiles.File]string{}, files: map[string]*profiles.File{}, folders: map[string]bool{}}
	file := func(kind profiles.Kind, place string) *profiles.File {
		found := read(kind, place)
		f.files[place] = found
		if found != nil {
			f.paths[found] = place
		} else if isFolder(place) {
			f.folders[place] = true
		}
		return found
	}
	var variablesFile *profiles.File
	dotenv := filepath.Join(path, ".env")
	if given.file != "" && given.file != dotenv {
		variablesFile = file(profiles.DotEnv, given.file)
	}
	sources := layers.Sources{
		Version:     prefect,
		Windows:     runtime.GOOS == "windows",
		Environment: given.inEffect(variablesFile),
		DotEnv:      file(profiles.DotEnv, dotenv),
		PrefectTOML: file(profiles.PrefectTOML, filepath.Join(path, "prefect.toml")),
		PyProject:   file(profiles.PyProject, filepath.Join(path, "pyproject.toml")),
		Profiles:    map[string]*profiles.File{},
		Folders:     map[string]bool{},
	}
	for _, kind := range []layers.Kind{layers.PrefectTOML, layers.PyProject} {
		sources.Folders[kind.String()] = f.folders[filepath.Join(path, kind.String())]
	}
	sources.Home = homeIn(sources.Environment)
	f.Result = settle(sources, func(place string) (*profiles.File, bool) {
		full := f.Full(place)
		if sources.Windows && isForeignShare(full, path, given.own()) {
			return nil, false
		}
		return file(profiles.ProfilesTOML, full), f.folders[full]
	})
	f.own = sync.OnceValue(func() *layers.Result {
		sources.Environment = given.own()
		sources.Home = homeIn(sources.Environment)
		sources.DotEnv, sources.PrefectTOML, sources.PyProject = nil, nil, nil
		sources.Profiles, sources.Folders = maps.Clone(sources.Profiles), maps.Clone(sources.Folders)
		maps.DeleteFunc(sources.Profiles, func(place string, _ *profiles.File) bool { return !isOwn(place) })
		maps.DeleteFunc(sources.Folders, func(place string, _ bool) bool { return !isOwn(place) })
		return settle(sources, func(place string) (*profiles.File, bool) {
			if !isOwn(place) {
				return nil, false
			}
			return read(profiles.ProfilesTOML, place), isFolder(place)
		})
	})
	return f
}

// isOwn reports whether a profiles.toml that the person's own configuration names is the person's. Where that names it as seen from the
// folder in which code is started, it is whoever's that folder is.
func isOwn(path string) bool { return filepath.IsAbs(path) }

// settle resolves sources until every profiles.toml that is wanted, by its path as Prefect has it, has been read into them. There may
// be a folder in place of one.
func settle(sources layers.Sources, read func(path string) (file *profiles.File, isFolder bool)) *layers.Result {
	result := layers.Resolve(sources)
	for len(result.Wanted) > 0 {
		for _, wanted := range result.Wanted {
			sources.Profiles[wanted], sources.Folders[wanted] = read(wanted)
		}
		result = layers.Resolve(sources)
	}
	return result
}

// Full is a path as Prefect has it, seen from the folder.
func (f *Folder) Full(path string) string {
	switch {
	case filepath.IsAbs(path):
		return clean(path)
	case path != "" && os.IsPathSeparator(path[0]): // as Windows has it, on the drive of the folder
		return filepath.Join(filepath.VolumeName(f.Path), path)
	}
	return filepath.Join(f.Path, path)
}

// SavedPath is the path of the profiles.toml that the prefect command reads and writes, be there a file or not.
func (f *Folder) SavedPath() string { return f.Full(f.Result.Saved.Path) }

// PathOf is where a file that takes part lies; empty for a place that is no file.
func (f *Folder) PathOf(file *profiles.File) string { return f.paths[file] }

// FileAt is the file at path, if it takes part, or nil.
func (f *Folder) FileAt(path string) *profiles.File { return f.files[path] }

// Parsed are the files that take part, by their paths.
func (f *Folder) Parsed() []*profiles.File {
	var files []*profiles.File
	for _, path := range f.Places() {
		if file := f.files[path]; file != nil {
			files = append(files, file)
		}
	}
	return files
}

// Places are the paths at which files would take part, whether there are any or not.
func (f *Folder) Places() []string { return slices.Sorted(maps.Keys(f.files)) }

// Reads reports whether a file at path takes part, or would.
func (f *Folder) Reads(path string) bool {
	_, ok := f.files[path]
	return ok
}

// homeIn is the home folder of a process with the given environment; where that names none, the one that the system has for the user,
// as in Python. Services, containers and cron jobs often have no HOME.
func homeIn(environment []layers.Variable) string {
	name := "HOME"
	if runtime.GOOS == "windows" {
		name = "USERPROFILE"
	}
	for _, v := range environment {
		if keyOf(v.Name) == name {
			return v.Value
		}
	}
	me, err := user.Current()
	if err != nil {
		return ""
	}
	return me.HomeDir
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
