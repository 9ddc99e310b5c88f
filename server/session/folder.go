package session

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

// A Folder is what is in effect for code that is started in one folder. It never changes after [ReadFolder] returns it.
type Folder struct {
	Path    string
	Prefect string // the release in use, or empty where nothing tells
	Result  *layers.Result
	paths   map[*profiles.File]string
}

// A Reader reads the file at a path; it reports false where there is none. An editor's reader knows unsaved text.
type Reader func(path string) (source string, ok bool)

// ReadDisk is the [Reader] of what is saved.
func ReadDisk(path string) (string, bool) {
	source, err := os.ReadFile(path) //nolint:gosec // reading the files that decide is what this is for
	return string(source), err == nil
}

// ReadFolder resolves what is in effect in the folder at path, for a process with the given environment ("NAME=value").
// prefect is the release in use; where it is empty, the folder's environment or lock file tells.
func ReadFolder(path, prefect string, environment []string, read Reader) *Folder {
	if prefect == "" {
		prefect = PrefectRelease(path)
	}
	f := &Folder{Path: path, Prefect: prefect, paths: map[*profiles.File]string{}}
	sources := layers.Sources{
		Version:     prefect,
		Windows:     runtime.GOOS == "windows",
		Home:        homeIn(environment),
		Environment: variables(environment),
		DotEnv:      f.file(profiles.DotEnv, filepath.Join(path, ".env"), read),
		PrefectTOML: f.file(profiles.PrefectTOML, filepath.Join(path, "prefect.toml"), read),
		PyProject:   f.file(profiles.PyProject, filepath.Join(path, "pyproject.toml"), read),
		Profiles:    map[string]*profiles.File{},
		Folders:     map[string]bool{},
	}
	f.Result = layers.Resolve(sources)
	for len(f.Result.Wanted) > 0 {
		for _, wanted := range f.Result.Wanted {
			full := f.Full(wanted)
			sources.Profiles[wanted] = f.file(profiles.ProfilesTOML, full, read)
			sources.Folders[wanted] = isFolder(full)
		}
		f.Result = layers.Resolve(sources)
	}
	return f
}

// Full is a path as Prefect has it, seen from the folder.
func (f *Folder) Full(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(f.Path, path)
}

// PathOf is where a file that takes part lies; empty for a place that is no file.
func (f *Folder) PathOf(file *profiles.File) string { return f.paths[file] }

// Files are the paths of the files that take part.
func (f *Folder) Files() []string {
	var paths []string
	for _, path := range f.paths {
		paths = append(paths, path)
	}
	return paths
}

func (f *Folder) file(kind profiles.Kind, path string, read Reader) *profiles.File {
	source, ok := read(path)
	if !ok {
		return nil
	}
	file := profiles.ReadFor(f.Prefect, kind, source)
	f.paths[file] = path
	return file
}

func variables(environment []string) []layers.Variable {
	list := make([]layers.Variable, 0, len(environment))
	for _, entry := range environment {
		if name, value, ok := strings.Cut(entry, "="); ok && name != "" {
			list = append(list, layers.Variable{Name: name, Value: value})
		}
	}
	return list
}

// homeIn is the home folder of a process with the given environment.
func homeIn(environment []string) string {
	name := "HOME"
	if runtime.GOOS == "windows" {
		name = "USERPROFILE"
	}
	for _, entry := range environment {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
