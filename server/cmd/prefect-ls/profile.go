package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
	"prefect-ls/server/command"
	"prefect-ls/server/session"
)

const profileUsage = `Usage: prefect-ls profile VERB [OPTION...]

  profile ls                              List the profiles.
  profile use NAME                        Make a profile the active one, for every terminal and editor.
  profile create NAME [--from PROFILE]    Add an empty profile, or one with the settings of another.
  profile rename NAME NEW-NAME            Give a profile another name.
  profile delete NAME [--use PROFILE]     Delete a profile; with --use, another one becomes active.

Comments, order and everything else in profiles.toml stay as they are.

`

// A profileRun is what the options of profile ask for.
type profileRun struct {
	names []string
	from  string
	use   string
	cwd   string
	json  bool
}

func profile(ctx context.Context, std stdio, args []string) int {
	flags := flag.NewFlagSet("profile", flag.ContinueOnError)
	flags.SetOutput(std.err)
	flags.Usage = func() {
		fmt.Fprint(std.err, profileUsage)
		flags.PrintDefaults()
	}
	var run profileRun
	flags.StringVar(&run.from, "from", "", "the `profile` whose settings a new one gets")
	flags.StringVar(&run.use, "use", "", "the `profile` that becomes active when the active one is deleted")
	flags.StringVar(&run.cwd, "cwd", ".", "the `folder` whose .env and other files tell where the profiles are")
	format := flags.String("format", "text", "`text` or json")
	words, err := parseArgs(flags, args)
	switch {
	case err == flag.ErrHelp: //nolint:errorlint // flag returns it bare
		return exitClean
	case err != nil:
		return exitFailure
	case *format != "text" && *format != "json":
		return fail(std, "there is no format %q; use text or json", *format)
	case len(words) == 0:
		flags.Usage()
		return exitFailure
	}
	run.json, run.names = *format == "json", words[1:]
	return run.do(ctx, std, words[0])
}

func (run profileRun) do(ctx context.Context, std stdio, verb string) int {
	deed, params, wanted := command.Deed(nil), protocol.CommandParams{}, 1
	name := func(i int) string {
		if i < len(run.names) {
			return run.names[i]
		}
		return ""
	}
	switch verb {
	case "ls":
		wanted = 0
	case "use":
		deed, params.Profile = command.UseProfile, name(0)
	case "create":
		deed, params.Name = command.CreateProfile, name(0)
		if run.from != "" {
			deed, params.Profile = command.DuplicateProfile, run.from
		}
	case "rename":
		deed, params.Profile, params.Name, wanted = command.RenameProfile, name(0), name(1), 2
	case "delete":
		deed, params.Profile, params.Name = command.DeleteProfile, name(0), run.use
	default:
		return fail(std, "there is no \"profile %s\"; use ls, use, create, rename or delete", verb)
	}
	switch {
	case len(run.names) != wanted:
		return fail(std, "profile %s takes %d name(s), not %d; see prefect-ls profile --help", verb, wanted, len(run.names))
	case run.from != "" && verb != "create":
		return fail(std, "--from is for profile create")
	case run.use != "" && verb != "delete":
		return fail(std, "--use is for profile delete")
	}
	desk := deskAt(std, run.cwd, run.json)
	if deed == nil {
		return run.list(std, desk)
	}
	result, err := deed(ctx, desk, params)
	if err != nil {
		return fail(std, "%v", err)
	}
	if run.json {
		if err := encode(std.out, result); err != nil {
			return fail(std, "writing the result: %v", err)
		}
	}
	return exitClean
}

// deskAt is where deeds are done without an editor, for code that is started in the folder at cwd.
func deskAt(std stdio, cwd string, quiet bool) *command.Desk {
	person := unasked{std.out}
	if quiet {
		person.out = io.Discard
	}
	return &command.Desk{
		Person: person,
		Now:    time.Now,
		Folder: func(string) (*session.Folder, error) {
			path, err := filepath.Abs(cwd)
			if err != nil {
				return nil, err
			}
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				return nil, fmt.Errorf("there is no folder %s", path)
			}
			return session.ReadFolder(path, "", os.Environ(), session.ReadDisk), nil
		},
	}
}

// A listedProfile is one profile, as `profile ls --format json` has it.
type listedProfile struct {
	Name   string `json:"name"`
	Active bool   `json:"active"` // its values count for code that is started here
	APIURL string `json:"apiUrl"` // what it says itself, or empty
	Path   string `json:"path"`   // of the file
}

func (run profileRun) list(std stdio, desk *command.Desk) int {
	folder, err := desk.Folder("")
	if err != nil {
		return fail(std, "%v", err)
	}
	list := []listedProfile{}
	if file := folder.Result.Saved.File; file != nil {
		for _, p := range file.Profiles {
			list = append(list, listedProfile{
				Name: p.Name, Active: p.Name == folder.Result.Displayed.Name, APIURL: urlOf(file, p.Name), Path: folder.Full(folder.Result.Saved.Path),
			})
		}
	}
	if run.json {
		if err := encode(std.out, list); err != nil {
			return fail(std, "writing the profiles: %v", err)
		}
		return exitClean
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, p := range list {
		mark := " "
		if p.Active {
			mark = "*"
		}
		fmt.Fprintf(table, "%s %s\t%s\n", mark, p.Name, p.APIURL)
	}
	if err := table.Flush(); err != nil {
		return fail(std, "writing the profiles: %v", err)
	}
	return exitClean
}

// urlOf is the API URL that a profile gives, fit to be shown.
func urlOf(file *profiles.File, profile string) string {
	for _, e := range file.Giving("PREFECT_API_URL") {
		if e.Profile == profile {
			return settings.MaskKeys(strings.TrimSpace(e.Value.Text))
		}
	}
	return ""
}
