package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"

	"prefect-ls/protocol"
)

const workspaceUsage = `Usage: prefect-ls workspace VERB [OPTION...]

  workspace ls                        List the workspaces of Prefect Cloud that the keys of the profiles can see.
  workspace set [ACCOUNT/WORKSPACE]   Point the active profile at a workspace.

`

func workspaces(ctx context.Context, std stdio, args []string) int {
	var params protocol.CommandParams
	deed, code, ok := parseDeed(std, "workspace", workspaceUsage, args, func(flags *flag.FlagSet) {
		flags.StringVar(&params.Profile, "profile", "", "the `profile` to point there, if it is not the active one")
	})
	if !ok {
		return code
	}
	verb, handle := "", ""
	if len(deed.names) > 0 {
		verb = deed.names[0]
	}
	switch {
	case verb == "ls" && len(deed.names) == 1:
		return deed.listWorkspaces(ctx, std)
	case verb == "set" && len(deed.names) <= 2:
		if len(deed.names) == 2 {
			handle = deed.names[1]
		}
		result, err := deed.desk.PointProfile(ctx, params, handle)
		return deed.end(std, result, err)
	case verb == "ls" || verb == "set":
		return fail(std, "workspace %s does not take that much; see prefect-ls workspace --help", verb)
	}
	if verb == "" {
		return fail(std, "workspace needs to be told what to do: use ls or set")
	}
	return fail(std, "there is no \"workspace %s\"; use ls or set", verb)
}

// A listedWorkspace is one workspace, as `workspace ls --format json` has it.
type listedWorkspace struct {
	Handle   string   `json:"handle"`
	Account  string   `json:"account"`   // its id
	ID       string   `json:"workspace"` // its id
	APIURL   string   `json:"apiUrl"`
	UIURL    string   `json:"uiUrl"`
	Profiles []string `json:"profiles"` // that lead there
	Current  bool     `json:"current"`  // code that is started here runs there
}

func (d deedRun) listWorkspaces(ctx context.Context, std stdio) int {
	targets, err := d.desk.Targets(ctx, protocol.TargetsParams{Refresh: true})
	if err != nil {
		return fail(std, "%v", err)
	}
	list := []listedWorkspace{}
	for _, t := range targets.Targets {
		if t.Workspace != "" {
			list = append(list, listedWorkspace{t.Label, t.Account, t.Workspace, t.APIURL, t.UIURL, t.Profiles, t.Current})
		}
	}
	code := exitClean
	for _, f := range targets.Failures {
		code = fail(std, "%s%s", whose(f), f.Message)
	}
	if d.json {
		if err := encode(std.out, list); err != nil {
			return fail(std, "writing the workspaces: %v", err)
		}
		return code
	}
	if len(list) == 0 && code == exitClean {
		fmt.Fprintln(std.err, "The API keys of your profiles see no workspace. To get one, run: prefect-ls login")
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, w := range list {
		mark := " "
		if w.Current {
			mark = "*"
		}
		fmt.Fprintf(table, "%s %s\t%s\n", mark, visible(w.Handle), visible(strings.Join(w.Profiles, ", ")))
	}
	if err := table.Flush(); err != nil {
		return fail(std, "writing the workspaces: %v", err)
	}
	return code
}

func whose(f protocol.TargetFailure) string {
	if f.Profile == "" {
		return ""
	}
	return fmt.Sprintf("profile '%s': ", f.Profile)
}
