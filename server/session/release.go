package session

import (
	"os"
	"path/filepath"
	"strings"
)

// PrefectRelease is the release of Prefect that a project uses, such as 3.4.0, as its virtual environment or else a
// file with exact versions says. It is empty where neither does.
func PrefectRelease(folder string) string {
	for _, find := range []func(string) string{installed, locked, required} {
		if release := find(folder); release != "" {
			return release
		}
	}
	return ""
}

// releaseFiles are the files of a folder that [PrefectRelease] looks into.
func releaseFiles(folder string) []string {
	var paths []string
	for _, name := range append(lockFiles(), "requirements.txt") {
		paths = append(paths, filepath.Join(folder, name))
	}
	return paths
}

func lockFiles() []string { return []string{"uv.lock", "poetry.lock", "pdm.lock"} }

// installed looks into the project's virtual environment.
func installed(folder string) string {
	for _, layout := range []string{"lib/python*/site-packages", "Lib/site-packages"} {
		for _, environment := range []string{".venv", "venv", ".pixi/envs/default"} {
			pattern := filepath.Join(folder, environment, filepath.FromSlash(layout), "prefect-*.dist-info")
			found, err := filepath.Glob(pattern)
			if err != nil || len(found) == 0 {
				continue
			}
			name := strings.TrimSuffix(filepath.Base(found[0]), ".dist-info")
			return strings.TrimPrefix(name, "prefect-")
		}
	}
	return ""
}

// locked looks into the lock files of uv and Poetry, which both list packages as TOML tables with a name and a version.
func locked(folder string) string {
	for _, name := range lockFiles() {
		source, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			continue
		}
		_, rest, found := strings.Cut(string(source), "\nname = \"prefect\"\n")
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
	files, err := filepath.Glob(filepath.Join(folder, "requirements*.txt"))
	if err != nil {
		return ""
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(source)) {
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
