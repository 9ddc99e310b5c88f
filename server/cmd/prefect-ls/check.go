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
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
)

// A checked file is one file with what is wrong in it.
type checked struct {
	path     string // as given or found
	file     *profiles.File
	problems []rules.Problem
	lines    *protocol.Mapper
}

// A report writes findings in one of the formats.
type report func(out io.Writer, files []checked) error

func formats() map[string]report {
	return map[string]report{"full": writeFull, "concise": writeConcise, "json": writeJSON}
}

func check(_ context.Context, std stdio, args []string) int {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	flags.SetOutput(std.err)
	flags.Usage = func() {
		fmt.Fprintln(std.err, "Usage: prefect-ls check [OPTION...] [PATH...]\n\nWithout a PATH, the files that are in effect in this folder.\n\nOptions:")
		flags.PrintDefaults()
	}
	format := flags.String("format", "full", "full, concise or json")
	level := flags.String("severity", "warning", "what counts as a finding: error, warning, information or hint, and what is worse")
	exitZero := flags.Bool("exit-zero", false, "exit with 0 even if there are findings")
	paths, err := parse(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return exitClean
	}
	if err != nil {
		return exitFailure
	}
	write, ok := formats()[*format]
	if !ok {
		return fail(std, "there is no format %q; use full, concise or json", *format)
	}
	severity, ok := rules.ParseSeverity(*level)
	if !ok || severity == 0 {
		return fail(std, "there is no severity %q; use error, warning, information or hint", *level)
	}
	files, err := readAll(paths)
	if err != nil {
		return fail(std, "%v", err)
	}
	findings := 0
	for i := range files {
		files[i].problems = slices.DeleteFunc(files[i].problems, func(p rules.Problem) bool { return p.Severity > severity })
		findings += len(files[i].problems)
	}
	if err := write(std.out, files); err != nil {
		return fail(std, "writing the findings: %v", err)
	}
	if findings > 0 && !*exitZero {
		return exitFindings
	}
	return exitClean
}

// parse reads options wherever they stand among the paths; all that follows "--" is a path.
func parse(flags *flag.FlagSet, args []string) (paths []string, err error) {
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		rest := flags.Args()
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(paths, rest...), nil
		}
		if len(rest) == 0 {
			break
		}
		paths, args = append(paths, rest[0]), rest[1:]
	}
	return paths, nil
}

// readAll checks the files at paths, and those below the folders among them. Without paths, the files in effect here.
func readAll(paths []string) ([]checked, error) {
	if len(paths) == 0 {
		paths = inEffect()
	}
	var files []checked
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			file, err := readOne(path)
			if err != nil {
				return nil, err
			}
			files = append(files, file)
			continue
		}
		below, err := readFolder(path)
		if err != nil {
			return nil, err
		}
		files = append(files, below...)
	}
	return files, nil
}

// inEffect are the files that Prefect reads when it is started here, as far as they exist.
func inEffect() []string {
	candidates := []string{".env", "prefect.toml", "pyproject.toml"}
	if path, ok := profilesPath(); ok {
		candidates = append(candidates, path)
	}
	return slices.DeleteFunc(candidates, func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || !info.Mode().IsRegular()
	})
}

func profilesPath() (string, bool) {
	if path := os.Getenv("PREFECT_PROFILES_PATH"); path != "" {
		return path, true
	}
	if home := os.Getenv("PREFECT_HOME"); home != "" {
		return filepath.Join(home, "profiles.toml"), true
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".prefect", "profiles.toml"), err == nil
}

func readOne(path string) (checked, error) {
	kind := profiles.KindOf(filepath.ToSlash(path))
	if kind == 0 {
		return checked{}, fmt.Errorf("%s is not a file that Prefect reads: it must be called profiles.toml, prefect.toml, pyproject.toml, .env, .env.* or *.env", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return checked{}, err
	}
	file := profiles.Read(kind, string(raw))
	return checked{
		path:     path,
		file:     file,
		problems: rules.Check(file),
		lines:    protocol.NewMapper(file.Source, protocol.UTF16),
	}, nil
}

// readFolder checks the files below folder, without the folders of tools that hold copies of other people's files.
func readFolder(folder string) ([]checked, error) {
	var files []checked
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if path != folder && isForeign(entry.Name()) {
				return fs.SkipDir
			}
			return nil
		case profiles.KindOf(entry.Name()) == 0 || !entry.Type().IsRegular():
			return nil
		}
		file, err := readOne(path)
		files = append(files, file)
		return err
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
