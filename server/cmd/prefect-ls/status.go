package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

const statusUsage = `Usage: prefect-ls status [OPTION...]

Where code that is started in this folder runs, and what decides that.

`

func status(_ context.Context, std stdio, args []string) int {
	options, code, ok := parseFolder(std, "status", statusUsage, args)
	if !ok {
		return code
	}
	s := options.folder.Status(recalled())
	if options.json {
		if err := encode(std.out, s); err != nil {
			return fail(std, "writing the status: %v", err)
		}
		return exitClean
	}
	fmt.Fprint(std.out, describe(s, paletteFor(std.out)))
	return exitClean
}

// A folderQuery is a question about what is in effect in a folder.
type folderQuery struct {
	folder *session.Folder
	json   bool
	all    bool
	names  []string
}

// parseFolder reads the options of a verb that tells of a folder. Where it reports false, the command ends with the code.
func parseFolder(std stdio, verb, usage string, args []string) (query folderQuery, code int, ok bool) {
	flags := flag.NewFlagSet(verb, flag.ContinueOnError)
	format := flags.String("format", "text", "the `format`: text or json")
	cwd := flags.String("cwd", ".", "the `folder` in which the code is started")
	release := flags.String("prefect-version", "", releaseUsage)
	if verb == "settings" {
		flags.BoolVar(&query.all, "all", false, "list the defaults, too")
	}
	if query.names, code, ok = parse(std, flags, usage, args); !ok {
		return query, code, false
	}
	if verb == "status" && len(query.names) > 0 {
		return query, fail(std, "status takes no PATH; use --cwd %s", query.names[0]), false
	}
	var err error
	if query.json, err = isJSON(*format); err == nil {
		err = checkRelease(*release)
	}
	if err == nil {
		query.folder, err = folderAt(*cwd, *release)
	}
	if err != nil {
		return query, fail(std, "%v", err), false
	}
	return query, exitClean, true
}

// folderAt is what is in effect for code that is started in the folder at a path. Its error says which file cannot be read.
func folderAt(path, release string) (*session.Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, lost(err)
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("there is no folder %s", path)
	}
	folder := session.ReadFolder(path, release, os.Environ(), session.ReadDisk)
	return folder, folder.Unread()
}

// lost is the error of a process whose folder is gone.
func lost(err error) error {
	return fmt.Errorf("the folder in which this runs is gone; change to another one (%w)", err)
}

// describe tells a person of a status: the target first, then why.
func describe(s protocol.Status, colours palette) string {
	var b strings.Builder
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %s %s\n", colours.dim(fmt.Sprintf("%-8s", label)), visible(text))
		}
	}
	b.WriteString(colours.bold(visible(headline(s))) + "\n")
	line("API", settings.MaskKeys(s.APIURL))
	line("UI", s.UIURL)
	line("because", because(s))
	for _, shadow := range s.Shadows {
		line("not", shown(s.Folder, shadow))
	}
	line("profile", profileLine(s))
	if s.Profile.Saved != "" {
		line("but", "the prefect command changes the profiles in "+short(s.Folder, s.Profile.Saved))
	}
	if s.Key != nil {
		line("key", "from "+shown(s.Folder, *s.Key))
	}
	if s.Prefect != "" {
		line("Prefect", s.Prefect)
	}
	if s.Problem != nil && len(s.Errors) == 0 {
		fmt.Fprintf(&b, "%s %s\n", colours.paint("1;33", "Mend this first:"), visible(s.Problem.Message))
	}
	for _, e := range s.Errors {
		fmt.Fprintf(&b, "%s %s (%s)\n", colours.paint("1;31", "Prefect does not start here:"), visible(e.Message), visible(shown(s.Folder, e.Source)))
	}
	return b.String()
}

func headline(s protocol.Status) string {
	switch s.ServerType {
	case "cloud":
		if s.Workspace == "" {
			return "Prefect Cloud, no workspace"
		}
		return "Prefect Cloud, workspace " + cmp.Or(s.Handle, s.Workspace)
	case "server":
		if s.APIURL == "" {
			return "No server: the API URL is set to nothing"
		}
		return "Prefect server at " + session.HostOf(profiles.ParseAPIURL(s.APIURL))
	case "ephemeral":
		return "A temporary server on this machine, for each run"
	}
	return "No server: Prefect fails as soon as it needs one"
}

func because(s protocol.Status) string {
	if s.Source.Kind == "default" {
		return "no source says otherwise"
	}
	return "of " + shown(s.Folder, s.Source)
}

func profileLine(s protocol.Status) string {
	p := s.Profile
	var text string
	switch {
	case s.TestMode != "":
		return "none, as " + s.TestMode + " in the environment turns test mode on"
	case p.Name == "":
		return "none"
	case p.Bundled:
		text = p.Name + ", which comes with Prefect"
	default:
		text = p.Name + " in " + short(s.Folder, p.Path)
	}
	if p.Missing != "" {
		return fmt.Sprintf("%s, as there is no profile %q for %s", text, p.Missing, shown(s.Folder, p.Source))
	}
	if p.Source.Kind != "default" {
		text += ", chosen by " + shown(s.Folder, p.Source)
	}
	return text
}

// shown is a source as a person finds it.
func shown(folder string, s protocol.StatusSource) string {
	switch s.Kind {
	case "env":
		return s.Variable + " in the environment"
	case "default":
		return "the default"
	case "profile":
		if s.Path == "" {
			return s.Variable + " in the built-in profile " + s.Profile
		}
	}
	place := short(folder, s.Path)
	if s.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, s.Line)
	}
	if s.Profile != "" && s.Variable != "active" {
		place += ", profile " + s.Profile
	}
	return strings.TrimSpace(s.Variable + " in " + place)
}

// short is a path as seen from the folder, or from the home folder.
func short(folder, path string) string {
	if rest, ok := strings.CutPrefix(path, folder+string(filepath.Separator)); ok {
		return rest
	}
	home, err := os.UserHomeDir()
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); err == nil && ok {
		return filepath.Join("~", rest)
	}
	return path
}
