package session

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// PrefectRelease is the release of Prefect that a project uses, such as 3.4.0, as its virtual environment, a lock file or
// its requirements say. It is empty where none does.
func PrefectRelease(folder string) string {
	for _, find := range []func(string) string{installed, locked, required} {
		if release := find(folder); release != "" {
			return release
		}
	}
	return ""
}

// releasePlaces are the places that [PrefectRelease] looks at, as far down as there are folders by now. The last part of one may be a
// pattern; see [isPlace].
func releasePlaces(folder string) []string {
	places := []string{filepath.Join(folder, requirements)}
	for _, name := range lockFiles() {
		places = append(places, filepath.Join(folder, name))
	}
	for _, name := range environments() {
		environment := filepath.Join(folder, name)
		places = append(places, environment)
		if runtime.GOOS == "windows" {
			places = append(places, filepath.Join(environment, "Lib", "site-packages", distribution))
			continue
		}
		places = append(places, filepath.Join(environment, "lib", "python*"))
		for _, library := range glob(folder, name+"/lib/python*") {
			places = append(places, filepath.Join(library, "site-packages", distribution))
		}
	}
	return places
}

// isPlace reports whether something at path is at a place, of which the last part may be a pattern.
func isPlace(place, path string) bool {
	if place == path {
		return true
	}
	matched, err := filepath.Match(filepath.Base(place), filepath.Base(path))
	return err == nil && matched && filepath.Dir(place) == filepath.Dir(path)
}

// The names of what tells a release.
const (
	distribution = "prefect-*.dist-info" // what an installer leaves of Prefect
	requirements = "requirements*.txt"
)

// environments are the folders of a project's virtual environment that tools make.
func environments() []string { return []string{".venv", "venv", ".pixi/envs/default"} }

// maxLockSize is the size in bytes up to which a lock file is read. Those of large projects have some megabytes.
const maxLockSize = 64 << 20

func lockFiles() []string { return []string{"uv.lock", "poetry.lock", "pdm.lock"} }

// installed looks into the project's virtual environment.
func installed(folder string) string {
	for _, layout := range []string{"lib/python*/site-packages", "Lib/site-packages"} {
		for _, environment := range environments() {
			if found := glob(folder, environment+"/"+layout+"/"+distribution); len(found) > 0 {
				name := strings.TrimSuffix(filepath.Base(found[0]), ".dist-info")
				return strings.TrimPrefix(name, "prefect-")
			}
		}
	}
	return ""
}

// glob are the paths below a folder, whatever its own name is, that match a pattern with slashes.
func glob(folder, pattern string) []string {
	found, _ := fs.Glob(os.DirFS(folder), pattern) // all that it refuses is a bad pattern
	for i := range found {
		found[i] = filepath.Join(folder, found[i])
	}
	return found
}

// locked looks into the lock files of uv, Poetry and PDM, which all list packages as TOML tables with a name and a version.
func locked(folder string) string {
	for _, name := range lockFiles() {
		source, err := readRegular(filepath.Join(folder, name), maxLockSize)
		if err != nil {
			continue
		}
		_, rest, found := strings.Cut(source, "\nname = \"prefect\"\n")
		if !found {
			continue
		}
		if line, _, _ := strings.Cut(rest, "\n"); strings.HasPrefix(line, `version = "`) {
			return strings.Trim(strings.TrimPrefix(line, "version = "), "\" \r")
		}
	}
	return ""
}

// required looks into requirements files for a line that allows one release only.
func required(folder string) string {
	for _, file := range glob(folder, requirements) {
		source, ok := ReadDisk(file)
		if !ok {
			continue
		}
		for line := range strings.Lines(source) {
			if release, ok := exactly(line); ok {
				return release
			}
		}
	}
	return ""
}

// exactly reads a requirement such as "prefect[aws]==3.4.0 ; python_version > '3.9'".
func exactly(line string) (release string, ok bool) {
	requirement, _, _ := strings.Cut(line, "#")
	requirement, _, _ = strings.Cut(requirement, ";")
	name, release, found := strings.Cut(requirement, "==")
	name, _, _ = strings.Cut(name, "[")
	release = strings.TrimSpace(release)
	if !found || strings.TrimSpace(name) != "prefect" || strings.ContainsAny(release, "*,<> ") {
		return "", false
	}
	return release, true
}
