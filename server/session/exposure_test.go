package session

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"prefect-ls/profiles/rules"
)

// git runs the real one in a folder.
func git(t *testing.T, folder string, args ...string) {
	t.Helper()
	command := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.com"}, args...)...)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// lay writes files below a folder.
func lay(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestExposuresByGit holds what is said of files to what git does with them.
func TestExposuresByGit(t *testing.T) {
	folder := t.TempDir()
	lay(t, folder, map[string]string{
		"repo/.env": "", "repo/.env.local": "", "repo/sub/.env": "", "repo/sub/deep/[x] *.env": "", "repo/both/.env": "",
		"repo/both/.gitignore": "# mine\n*.log", "repo/inner/.env": "", "repo/ignored/.env": "", "outside/.env": "", "worktree.env": "",
		"repo/.gitignore": ".env.local\nignored/\n/worktree\n",
	})
	repo := filepath.Join(folder, "repo")
	git(t, repo, "init", "-q")
	git(t, repo, "add", "sub/.env", ".gitignore")
	git(t, repo, "commit", "-q", "-m", "x")
	git(t, filepath.Join(repo, "inner"), "init", "-q")
	git(t, repo, "worktree", "add", "-q", "worktree")
	lay(t, repo, map[string]string{"worktree/.env": ""})
	if err := os.Symlink("../outside/.env", filepath.Join(repo, "linked.env")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".env", filepath.Join(repo, "again.env")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_DIR", "/nowhere") // as within a hook
	want := map[string]struct {
		git    rules.GitState
		ignore string
		line   string
	}{
		"repo/.env":                 {rules.NotIgnored, "repo/.gitignore", ".env"},
		"repo/again.env":            {rules.NotIgnored, "repo/.gitignore", ".env"},
		"repo/.env.local":           {rules.Ignored, "repo/.gitignore", ".env.local"},
		"repo/sub/.env":             {rules.Tracked, "repo/.gitignore", "/sub/.env"},
		"repo/sub/deep/[x] *.env":   {rules.NotIgnored, "repo/.gitignore", `/sub/deep/\[x]\ \*.env`},
		"repo/both/.env":            {rules.NotIgnored, "repo/both/.gitignore", ".env"},
		"repo/inner/.env":           {rules.NotIgnored, "repo/inner/.gitignore", ".env"},
		"repo/ignored/.env":         {rules.Ignored, "repo/.gitignore", "/ignored/.env"},
		"repo/worktree/.env":        {rules.NotIgnored, "repo/worktree/.gitignore", ".env"},
		"repo/linked.env":           {git: rules.OutsideGit},
		"outside/.env":              {git: rules.OutsideGit},
		"repo/there is no such.env": {git: rules.OutsideGit},
	}
	var paths []string
	for name := range want {
		paths = append(paths, filepath.Join(folder, name))
	}
	found := ReadExposures(t.Context(), paths...)
	for name, w := range want {
		x := found[filepath.Join(folder, name)]
		ignore, line := "", ""
		if x.Ignore != nil {
			ignore, line = strings.TrimPrefix(filepath.ToSlash(x.Ignore.Path), filepath.ToSlash(folder)+"/"), x.Ignore.Line
		}
		if x.Git != w.git || ignore != w.ignore || line != w.line || x.Name != filepath.Base(name) {
			t.Errorf("%s: %d, %q in %s", name, x.Git, line, ignore)
		}
	}
	for name := range want { // the lines do what they should
		if x := found[filepath.Join(folder, name)]; x.Ignore != nil {
			text := x.Ignore.Line + "\n"
			if now, err := os.ReadFile(x.Ignore.Path); err == nil {
				text = string(now) + "\n" + text
			}
			lay(t, filepath.Dir(x.Ignore.Path), map[string]string{".gitignore": text})
		}
	}
	for path, x := range ReadExposures(t.Context(), paths...) {
		if x.Git == rules.NotIgnored {
			t.Errorf("%s is not ignored in spite of its line %q", path, x.Ignore.Line)
		}
	}
}

// TestGitRunsNothing shows that a repository cannot have a program of its own run: neither to watch files, nor to fetch what it lacks.
func TestGitRunsNothing(t *testing.T) {
	folder := t.TempDir()
	ran := filepath.Join(folder, "ran")
	lay(t, folder, map[string]string{".env": "", "sub/file": ""})
	git(t, folder, "init", "-q")
	git(t, folder, "add", ".")
	git(t, folder, "commit", "-q", "-m", "x")
	git(t, folder, "sparse-checkout", "init", "--cone", "--sparse-index")
	tree, err := exec.Command("git", "-C", folder, "rev-parse", "HEAD:sub").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, ".git", "objects", string(tree[:2]), strings.TrimSpace(string(tree[2:])))); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.url": "file://" + filepath.ToSlash(folder),
		"remote.origin.promisor": "true", "remote.origin.uploadpack": "touch " + ran + ";", "protocol.file.allow": "always",
		"core.fsmonitor": "touch " + ran,
	} {
		git(t, folder, "config", name, value)
	}
	dotenv := filepath.Join(folder, ".env")
	if x := ReadExposures(t.Context(), dotenv); x[dotenv].Git != rules.Tracked {
		t.Errorf("found %+v", x)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("a program of the repository was run")
	}
}

// TestNoIgnoreFile shows where no line is offered: a link leads to who knows what file of the person's, and a line cannot hold two.
func TestNoIgnoreFile(t *testing.T) {
	folder := t.TempDir()
	repo := filepath.Join(folder, "repo")
	lay(t, folder, map[string]string{"shellrc": "alias ll='ls -l'\n", "repo/.env": "", "repo/sub/.env": "", "repo/sub/.gitignore": "x\n", "repo/a\nb.env": ""})
	git(t, repo, "init", "-q")
	link := filepath.Join(repo, ".gitignore")
	for target, want := range map[string]string{"../shellrc": "", "../nothing": "", "": link} {
		if target != "" {
			if err := os.Symlink(target, link); err != nil {
				t.Fatal(err)
			}
		}
		for name, want := range map[string]string{".env": want, "sub/.env": filepath.Join(repo, "sub", ".gitignore"), "a\nb.env": ""} {
			path, got := filepath.Join(repo, name), ""
			if x := ReadExposures(t.Context(), path)[path]; x.Ignore != nil {
				got = x.Ignore.Path
			}
			if got != want {
				t.Errorf("%q with a link to %q: a line is offered for %q, want %q", name, target, got, want)
			}
		}
		if target != "" {
			if err := os.Remove(link); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestGitOfTheFolder shows that no program is taken for git because it lies in the folder in which the server runs.
func TestGitOfTheFolder(t *testing.T) {
	folder := t.TempDir()
	git(t, folder, "init", "-q")
	lay(t, folder, map[string]string{".env": "", "git": "#!/bin/sh\n: >ran\n", "git.bat": "echo >ran\n", "bin/git": "#!/bin/sh\n: >ran\n", "bin/git.bat": "echo >ran\n"})
	for _, program := range []string{"git", "bin/git"} {
		if err := os.Chmod(filepath.Join(folder, program), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	for _, path := range []string{".", "bin", ""} {
		t.Setenv("PATH", path)
		dotenv := filepath.Join(folder, ".env")
		if x := ReadExposures(t.Context(), dotenv)[dotenv]; x.Git != rules.OutsideGit {
			t.Errorf("PATH=%s: found %+v", path, x)
		}
		if _, err := os.Stat("ran"); err == nil {
			t.Errorf("PATH=%s: the program was run", path)
		}
	}
}
