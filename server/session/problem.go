package session

import (
	"fmt"

	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
)

// problem is what a person must mend before code runs where it says, or nil. That there is no key yet is none: the status says it.
func (f *Folder) problem(directory *Directory) *protocol.StatusProblem {
	amiss := func(title, message, command string, at layers.Source) *protocol.StatusProblem {
		source := f.source(at)
		return &protocol.StatusProblem{Title: title, Message: message, Command: command, Source: &source}
	}
	if active := f.Result.Active; active.Asked != "" && active.Asked != active.Name {
		const message = "profiles.toml has no profile '%s', so %s. Use another profile, or create this one."
		fate := "no profile's settings count" // in older releases
		if active.Name != "" {
			fate = fmt.Sprintf("Prefect takes its own profile '%s'", active.Name)
		}
		return amiss(fmt.Sprintf("no profile '%s'", active.Asked), fmt.Sprintf(message, active.Asked, fate), protocol.CommandSwitch, active.From)
	}
	switch f.Answer(directory) {
	case rules.KeyRejected:
		return amiss("key rejected", directory.Check(f.Access()).Message, protocol.CommandLogin, f.Result.Lookup("PREFECT_API_KEY").Source)
	case rules.WorkspaceNotFound:
		return amiss("workspace not found", directory.Check(f.Access()).Message, protocol.CommandSetWorkspace, f.Result.Target().Decides.Source)
	}
	p, about := rules.CheckTarget(f.Result)
	switch {
	case about == nil:
		return nil
	case p.Rule.CheckURL != nil:
		return amiss("bad API URL", p.Message, "", about.Source)
	}
	return amiss("key for another server", p.Message, "", about.Source)
}
