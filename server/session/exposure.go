package session

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"prefect-ls/profiles/rules"
)

// An Exposure is who gets at a file besides its owner, with what it takes to have git ignore it.
type Exposure struct {
	rules.Exposure

	Ignore  *IgnoreFile // nil where there can be none, as outside of a repository
	decides []string    // the paths of git's files that decide
}

// An IgnoreFile is the .gitignore in which a line would make git ignore a file.
type IgnoreFile struct {
	Path string
	Text *string // nil where there is no such file yet
	Line string  // that is to be added
}

// gitPatience is how long git may take. What it does not say by then stays unknown.
const gitPatience = 10 * time.Second

// ReadExposures looks at the files at paths, and asks git about them: a few milliseconds for each repository, and longer where its
// disk is slow.
func ReadExposures(ctx context.Context, paths ...string) map[string]Exposure {
	ctx, done := context.WithTimeout(ctx, gitPatience)
	defer done()
	for {
		found := readExposures(ctx, paths)
		if ctx.Err() != nil || !haveChanged(found) {
			return found
		}
	}
}

// haveChanged reports whether a .gitignore holds something else by now, of which git may have known.
func haveChanged(found map[string]Exposure) bool {
	for _, x := range found {
		if x.Ignore == nil {
			continue
		}
		if text, ok := ReadDisk(x.Ignore.Path); ok != (x.Ignore.Text != nil) || ok && text != *x.Ignore.Text {
			return true
		}
	}
	return false
}

func readExposures(ctx context.Context, paths []string) map[string]Exposure {
	found := map[string]Exposure{}
	targets := map[string]string{}  // what a path leads to
	inside := map[string][]string{} // these, by the repository
	for _, path := range paths {
		x := Exposure{Exposure: rules.Exposure{Name: filepath.Base(path), Mode: openMode(path)}}
		if target, err := filepath.EvalSymlinks(path); err == nil {
			if root := repositoryOf(target); root != "" {
				x.Ignore, x.decides = ignoreFileOf(root, target), deciding(root, target)
				targets[path], inside[root] = target, append(inside[root], target)
			}
		}
		found[path] = x
	}
	states := map[string]rules.GitState{}
	for root, files := range inside {
		askGit(ctx, states, root, files)
	}
	for path, target := range targets {
		x := found[path]
		x.Git = states[target]
		found[path] = x
	}
	return found
}

// openMode is the mode of a file that others than its owner can reach, or 0. That of a folder above may keep them out.
func openMode(path string) uint32 {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return 0
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return 0
	}
	for dir := filepath.Dir(target); ; dir = filepath.Dir(dir) {
		if above, err := os.Stat(dir); err != nil || above.Mode().Perm()&0o011 == 0 {
			return 0
		}
		if dir == filepath.Dir(dir) {
			return uint32(info.Mode().Perm())
		}
	}
}

// repositoryOf is the nearest folder above a file that is the top of a git repository, or empty.
func repositoryOf(path string) string {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// ignoreFileOf is the nearest .gitignore that there is on the way from a file up to the top of its repository, or one at the top. A
// link is none: git does not follow it, and it may lead to any file of the person's. No line can name a file with a line end in its name.
func ignoreFileOf(root, path string) *IgnoreFile {
	if strings.ContainsAny(path[len(root):], "\r\n") {
		return nil
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		file := &IgnoreFile{Path: filepath.Join(dir, ".gitignore"), Line: pattern(dir, path)}
		info, err := os.Lstat(file.Path)
		if err == nil && info.Mode().IsRegular() {
			if text, ok := ReadDisk(file.Path); ok {
				file.Text = &text
				return file
			}
		}
		if dir == root {
			if errors.Is(err, fs.ErrNotExist) {
				return file
			}
			return nil
		}
	}
}

// pattern is the line of a .gitignore in a folder that matches a file.
func pattern(dir, path string) string {
	below, err := filepath.Rel(dir, path)
	if err != nil {
		return filepath.Base(path)
	}
	escaped := strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, " ", `\ `).Replace(filepath.ToSlash(below))
	if strings.Contains(escaped, "/") || strings.ContainsAny(escaped[:1], "#!") {
		return "/" + escaped
	}
	return escaped
}

// deciding are git's own files that decide on a file: the .gitignore files above it, and what the repository keeps for itself.
func deciding(root, path string) []string {
	git := filepath.Join(root, ".git")
	if text, ok := ReadDisk(git); ok { // of another working tree, or a submodule
		if elsewhere, found := strings.CutPrefix(strings.TrimSpace(text), "gitdir: "); found {
			git = elsewhere
			if !filepath.IsAbs(git) {
				git = filepath.Join(root, git)
			}
		}
	}
	files := []string{filepath.Join(git, "index"), filepath.Join(git, "info", "exclude")}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		files = append(files, filepath.Join(dir, ".gitignore"))
		if dir == root {
			return files
		}
	}
}

// maxAsked is how many files git is asked about at once, for the command line to hold their names.
const maxAsked = 500

// askGit notes what git does with files of a repository: nothing where there is no git, or it does not trust the folder.
func askGit(ctx context.Context, states map[string]rules.GitState, root string, paths []string) {
	for some := range slices.Chunk(paths, maxAsked) {
		// A repository can name programs for git to run, to watch files and to fetch what is missing; none of that is needed here, and it
		// may be somebody else's.
		args := []string{"--literal-pathspecs", "-C", root, "-c", "core.fsmonitor=false", "ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--"}
		for _, path := range some {
			args = append(args, filepath.ToSlash(strings.TrimLeft(strings.TrimPrefix(path, root), string(filepath.Separator))))
		}
		git := exec.CommandContext(ctx, "git", args...) //nolint:gosec // the names of files come after "--"
		git.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "GIT_") })
		git.Env = append(git.Env, "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1")
		listed, err := git.Output()
		if err != nil {
			return
		}
		for _, path := range some {
			states[path] = rules.Ignored // unless git lists it
		}
		for line := range bytes.SplitSeq(listed, []byte{0}) {
			tag, below, found := strings.Cut(string(line), " ")
			path := filepath.Join(root, filepath.FromSlash(below))
			switch {
			case !found:
			case tag == "?":
				states[path] = rules.NotIgnored
			default:
				states[path] = rules.Tracked
			}
		}
	}
}

// Exposure is who gets at the file at path, as far as somebody has looked.
func (s *Snapshot) Exposure(path string) Exposure { return s.exposures[path] }

// Unexamined are the paths of the files with secrets of which nobody has looked yet who gets at them. No git is run for a workspace
// that is not trusted.
func (s *Snapshot) Unexamined() []string {
	if s.Settings.Untrusted {
		return nil
	}
	var paths []string
	for _, doc := range s.documents {
		if _, known := s.exposures[doc.Path]; !known && doc.Path != "" && doc.File != nil && rules.HoldsSecret(doc.File) {
			paths = append(paths, doc.Path)
		}
	}
	return paths
}

// Affected are the paths of the files at which others may get now, or no longer, as the files at changed are not what they were.
func (s *Snapshot) Affected(changed []string) []string {
	var paths []string
	for path, x := range s.exposures {
		if slices.ContainsFunc(changed, func(c string) bool { return c == path || slices.Contains(x.decides, c) }) {
			paths = append(paths, path)
		}
	}
	return paths
}

// Examine finds out who gets at the files at paths. It runs git, so that no edit should wait for it.
func (s *Session) Examine(ctx context.Context, paths ...string) {
	found := ReadExposures(ctx, paths...)
	s.update(func(next *Snapshot) {
		exposures := map[string]Exposure{}
		maps.Copy(exposures, next.exposures)
		maps.Copy(exposures, found)
		next.exposures = exposures
	})
}
