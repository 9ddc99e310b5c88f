package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/rules"
	"prefect-ls/server/session"
)

// errForeign is the error of a file that is not for Prefect.
var errForeign = errors.New("not a file that Prefect reads, which is called profiles.toml, prefect.toml, pyproject.toml, .env, .env.* or *.env")

// A report writes findings in one of the formats.
type report func(out io.Writer, files []checked) error

// format finds a report by its name.
func format(name string) (report, bool) {
	write, ok := map[string]report{
		"full": writeFull, "concise": writeConcise, "json": writeJSON, "github": writeGitHub,
		"gitlab": writeGitLab, "sarif": writeSARIF, "rdjson": writeRDJSON, "junit": writeJUnit,
	}[name]
	return write, ok
}

// A checkRun is what the options of check ask for.
type checkRun struct {
	paths    []string
	write    report
	severity rules.Severity
	exitZero bool
	fix      bool
	stdin    string            // the name of the file that comes from standard input, or empty
	prefect  string            // the release of Prefect, or empty to look for it
	releases map[string]string // found so far, by folder
	undone   []error           // what could not be checked or fixed, while the rest was
	refusals []layers.Refusal  // why Prefect does not start here, if that was checked
}

func check(ctx context.Context, std stdio, args []string) int {
	run, code, ok := parseCheck(std, args)
	if !ok {
		return code
	}
	files, err := run.read(std)
	if err != nil {
		return fail(std, "%v", err)
	}
	if run.fix {
		if files, err = run.fixAll(std, files); err != nil {
			return fail(std, "%v", err)
		}
	}
	if run.stdin == "" {
		if err := expose(ctx, files); err != nil {
			return fail(std, "%v", err)
		}
	}
	unfiled, undone := run.unfiled()
	findings := len(unfiled)
	for i := range files {
		files[i].problems = slices.DeleteFunc(files[i].problems, func(p rules.Problem) bool { return p.Severity > run.severity })
		findings += len(files[i].problems)
	}
	out := std.out
	if run.fix && run.stdin != "" {
		out = std.err // standard output has the fixed file
	}
	if err := run.write(out, files); err != nil {
		return fail(std, "writing the findings: %v", err)
	}
	undone = append(undone, run.undone...)
	for _, err := range slices.Concat(unfiled, undone) {
		fail(std, "%v", err)
	}
	switch {
	case len(undone) > 0:
		return exitFailure
	case findings > 0 && !run.exitZero:
		return exitFindings
	}
	return exitClean
}

const checkUsage = `Usage: prefect-ls check [OPTION...] [PATH...]

Without a PATH, the files that are in effect in this folder, and the environment.

`

// parseCheck reads the options of check. Where it reports false, the command ends with the code.
func parseCheck(std stdio, args []string) (run checkRun, code int, ok bool) {
	run.releases = map[string]string{}
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	name := flags.String("format", "full", "the `format`: full, concise, json, github, gitlab, sarif, rdjson or junit")
	level := flags.String("severity", "warning", "the least `severity` that is reported: error, warning, information or hint")
	flags.BoolVar(&run.exitZero, "exit-zero", false, "exit with 0 even if there are findings")
	flags.BoolVar(&run.fix, "fix", false, "make the fixes that surely mean the same and cannot change which server is contacted")
	flags.StringVar(&run.stdin, "stdin-filename", "", "check standard input as if it were the file of this `name`")
	flags.StringVar(&run.prefect, "prefect-version", "", releaseUsage)
	if run.paths, code, ok = parse(std, flags, checkUsage, args); !ok {
		return run, code, false
	}
	var known, ranks bool
	run.write, known = format(*name)
	run.severity, ranks = rules.ParseSeverity(*level)
	err := checkRelease(run.prefect)
	switch {
	case !known:
		err = fmt.Errorf("there is no format %q; use full, concise, json, github, gitlab, sarif, rdjson or junit", *name)
	case !ranks || run.severity == 0:
		err = fmt.Errorf("there is no severity %q; use error, warning, information or hint", *level)
	case run.stdin != "" && len(run.paths) > 0:
		err = errors.New("with --stdin-filename there can be no PATH")
	}
	if err != nil {
		return run, fail(std, "%v", err), false
	}
	return run, exitClean, true
}

// read checks what the run asks for: standard input, the files at its paths with those below the folders among them, or
// without paths the files in effect here.
func (run *checkRun) read(std stdio) ([]checked, error) {
	if run.stdin != "" {
		source, err := session.ReadFrom(std.in, "standard input")
		if err != nil {
			return nil, err
		}
		file, err := run.one(run.stdin, source)
		return []checked{file}, err
	}
	if len(run.paths) == 0 {
		return run.inEffect()
	}
	var files []checked
	for _, path := range run.paths {
		switch path {
		case "":
			return nil, errors.New("a PATH is empty; a dot is this folder")
		case "-":
			return nil, errors.New("what standard input holds depends on its name, which --stdin-filename tells")
		}
		read := run.file
		switch info, err := os.Stat(path); {
		case err != nil: // as the file will tell
		case info.IsDir():
			read = run.folder
		case !info.Mode().IsRegular(): // a pipe may never end
			return nil, fmt.Errorf("%s is not a regular file; --stdin-filename checks standard input", path)
		}
		found, err := read(path)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	return distinct(files), nil
}

// distinct are the files, each of them once, whatever paths and links lead to it.
func distinct(files []checked) []checked {
	seen := map[string]bool{}
	return slices.DeleteFunc(files, func(f checked) bool {
		path, err := filepath.EvalSymlinks(f.path)
		if err == nil {
			path, err = filepath.Abs(path)
		}
		again := seen[path]
		seen[path] = true
		return err == nil && again
	})
}

// inEffect checks the files that Prefect reads when it is started here, each in the light of the others.
func (run *checkRun) inEffect() ([]checked, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, lost(err)
	}
	folder := session.ReadFolder(here, run.prefect, os.Environ(), session.ReadDisk)
	if err := folder.Unread(); err != nil {
		return nil, err
	}
	run.refusals = folder.Result.Refusals
	var files []checked
	for _, path := range folder.Places() {
		file := folder.FileAt(path)
		if file == nil {
			continue
		}
		found := newChecked(strings.TrimPrefix(path, here+string(filepath.Separator)), file)
		found.problems = rules.CheckInEffect(file, found.problems, folder.Result, rules.Facts{})
		if path != folder.SavedPath() || !folder.OwnsProfiles() {
			found = found.guarded()
		}
		files = append(files, found)
	}
	return files, nil
}

// unfiled are the refusals that no file is to blame for: what is wrong in the environment, and folders where there should be files, which
// cannot be checked.
func (run *checkRun) unfiled() (wrong, undone []error) {
	for _, refusal := range run.refusals {
		switch {
		case refusal.Source.File != nil: // see invalid-in-effect
		case refusal.Source.Kind == layers.Environment:
			wrong = append(wrong, fmt.Errorf("no prefect command starts here, because of %s in the environment: %s", refusal.Source.Name, refusal.Reason))
		default:
			undone = append(undone, fmt.Errorf("no prefect command starts here: %s", refusal.Reason))
		}
	}
	return wrong, undone
}

// expose adds to the problems of the files those of who gets at them.
func expose(ctx context.Context, files []checked) error {
	var paths []string
	secret := map[int]string{}
	for i := range files {
		if rules.HoldsSecret(files[i].file) {
			path, err := filepath.Abs(files[i].path)
			if err != nil {
				return err
			}
			secret[i] = path
			paths = append(paths, path)
		}
	}
	exposures := session.ReadExposures(ctx, paths...)
	for i, path := range secret {
		files[i].problems = rules.CheckExposure(files[i].file, files[i].problems, exposures[path].Exposure)
	}
	return nil
}

func (run *checkRun) file(path string) ([]checked, error) {
	source, err := session.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := run.one(path, source)
	switch {
	case errors.Is(err, errForeign) && profiles.KindOf(path) != 0:
		return nil, nil // another tool's, which whoever listed the files could not tell by its name
	case err != nil:
		return nil, err
	}
	return []checked{file.guarded()}, nil
}

func (run *checkRun) one(path, source string) (checked, error) {
	kind := profiles.Recognize(filepath.ToSlash(path), "", source)
	if kind == 0 {
		return checked{}, fmt.Errorf("%s: %w", path, errForeign)
	}
	return newChecked(path, profiles.ReadFor(run.release(filepath.Dir(path)), kind, source).At(path)), nil
}

// release is the release of Prefect in use in a folder.
func (run *checkRun) release(folder string) string {
	if run.prefect != "" {
		return run.prefect
	}
	release, known := run.releases[folder]
	if !known {
		release = session.PrefectRelease(folder)
		run.releases[folder] = release
	}
	return release
}

// folder checks the files below a folder, without the folders of tools that hold copies of other people's files. What cannot be read is
// left undone.
func (run *checkRun) folder(folder string) ([]checked, error) {
	var files []checked
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case entry == nil: // the folder itself is gone
			return err
		case err != nil:
			run.undone = append(run.undone, err)
			return nil
		case entry.IsDir():
			if path != folder && isForeign(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		case profiles.KindOf(entry.Name()) == 0 || !entry.Type().IsRegular():
			return nil
		}
		found, err := run.file(path)
		if err != nil {
			run.undone = append(run.undone, err)
		}
		files = append(files, found...)
		return nil
	})
	return files, err
}

func isForeign(name string) bool {
	switch name {
	case "node_modules", "site-packages", "venv", "__pycache__":
		return true
	}
	return strings.HasPrefix(name, ".") && name != ".prefect"
}
