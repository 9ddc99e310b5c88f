package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"prefect-ls/profiles"
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

func profile(ctx context.Context, std stdio, args []string) int {
	var from, use string
	run, code, ok := parseDeed(std, "profile", profileUsage, args, func(flags *flag.FlagSet) {
		flags.StringVar(&from, "from", "", "the `profile` whose settings a new one gets")
		flags.StringVar(&use, "use", "", "the `profile` that becomes active when the active one is deleted")
	})
	if !ok {
		return code
	}
	verb, names := "", [2]string{}
	if len(run.names) > 0 {
		verb = run.names[0]
		copy(names[:], run.names[1:])
	}
	var deed command.Deed
	var params protocol.CommandParams
	most := 1
	switch verb {
	case "ls":
		most = 0
	case "use":
		deed, params.Profile = command.UseProfile, names[0]
	case "create":
		deed, params.Name = command.CreateProfile, names[0]
		if from != "" {
			deed, params.Profile = command.DuplicateProfile, from
		}
	case "rename":
		deed, params.Profile, params.Name, most = command.RenameProfile, names[0], names[1], 2
	case "delete":
		deed, params.Profile, params.Name = command.DeleteProfile, names[0], use
	case "":
		return fail(std, "profile needs to be told what to do: use ls, use, create, rename or delete")
	default:
		return fail(std, "there is no \"profile %s\"; use ls, use, create, rename or delete", verb)
	}
	switch {
	case len(run.names)-1 > most:
		return fail(std, "profile %s does not take %q; see prefect-ls profile --help", verb, run.names[most+1])
	case from != "" && verb != "create":
		return fail(std, "--from is for profile create")
	case use != "" && verb != "delete":
		return fail(std, "--use is for profile delete")
	case verb == "ls":
		return run.listProfiles(std)
	}
	result, err := deed(ctx, run.desk, params)
	return run.end(std, result, err)
}

// A listedProfile is one profile, as `profile ls --format json` has it.
type listedProfile struct {
	Name   string `json:"name"`
	Active bool   `json:"active"` // its values count for code that is started here
	APIURL string `json:"apiUrl"` // what it says itself, or empty
	Path   string `json:"path"`   // of the file
}

func (d deedRun) listProfiles(std stdio) int {
	folder, err := d.desk.Folder("")
	if err != nil {
		return fail(std, "%v", err)
	}
	list := []listedProfile{}
	result := folder.Result
	if file := result.Saved.File; file != nil {
		for _, p := range file.Profiles {
			counts := result.Active.Name == p.Name && !result.Active.Bundled && result.Loaded.File == file
			list = append(list, listedProfile{Name: p.Name, Active: counts, APIURL: urlOf(file, p.Name), Path: folder.SavedPath()})
		}
	}
	if d.json {
		if err := encode(std.out, list); err != nil {
			return fail(std, "writing the profiles: %v", err)
		}
		return exitClean
	}
	if len(list) == 0 {
		fmt.Fprintf(std.err, "There is no profile in %s yet. To make one, run: prefect-ls profile create NAME\n", visible(folder.SavedPath()))
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, p := range list {
		mark := " "
		if p.Active {
			mark = "*"
		}
		fmt.Fprintf(table, "%s %s\t%s\n", mark, visible(p.Name), visible(p.APIURL))
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
			return session.ShownURL(strings.TrimSpace(e.Value.Text))
		}
	}
	return ""
}
