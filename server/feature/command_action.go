package feature

import (
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Deed is the kind of the actions that run a command on demand, and fix no problem.
const Deed lsp.CodeActionKind = "prefect"

// The commands that a client may have of its own.
const (
	pinProfile = "prefect.pinProfile" // uses a profile in one window
	ignoreRule = "prefect.ignoreRule" // turns a rule off in the settings
	goToSource = "prefect.goToSource" // shows a line of a file
)

// An errand is a command that can be run at a place.
type errand struct {
	title, command string
	params         any // protocol.CommandParams, but for a command of the client
}

// commandActions offers the commands that have to do with what the selection touches, for clients that run commands: those that may
// solve a problem there, which are quick fixes, and the others.
func commandActions(snap *session.Snapshot, doc *session.Document, params *lsp.CodeActionParams) (solving, other []lsp.CodeAction) {
	if !snap.Client.Commands {
		return nil, nil
	}
	selection := doc.Map.Span(params.Range)
	problems := slices.DeleteFunc(slices.Clone(problems(snap, doc)), func(p rules.Problem) bool {
		return !p.Span.Overlaps(selection) || chosen(snap.Settings, p) == 0
	})
	s := surroundingOf(snap, doc)
	for _, e := range append(s.errands(selection), s.sourceErrand(entryIn(s.File, selection))...) {
		if asksServer(e.command) && snap.Settings.Offline() {
			continue
		}
		action := lsp.CodeAction{Title: e.title, Kind: new(kindOf(e.command)), Command: commandOf(e.title, e.command, e.params)}
		for _, p := range problems {
			if slices.Contains(solved(e.command), p.Rule.Code) {
				action.Kind = new(lsp.CodeActionKindQuickFix)
				action.Diagnostics = append(action.Diagnostics, shown(doc, p, params.Context.Diagnostics)...)
			}
		}
		switch {
		case !wants(params.Context.Only, *action.Kind):
		case *action.Kind == lsp.CodeActionKindQuickFix:
			solving = append(solving, action)
		default:
			other = append(other, action)
		}
	}
	return solving, other
}

// kindOf is the kind of the action that runs a command, where that solves no problem.
func kindOf(command string) lsp.CodeActionKind {
	switch command {
	case protocol.CommandRenameProfile, protocol.CommandDuplicateProfile, protocol.CommandCopyAsEnv:
		return lsp.CodeActionKindRefactor
	case protocol.CommandExtractProfile:
		return lsp.CodeActionKindRefactorExtract
	}
	return Deed
}

// asksServer reports whether a command does so, which the settings may forbid.
func asksServer(command string) bool {
	switch command {
	case protocol.CommandLogin, protocol.CommandSetWorkspace, protocol.CommandVerify:
		return true
	}
	return false
}

// solved are the codes of the rules whose problems a command may solve.
func solved(command string) []string {
	switch command {
	case protocol.CommandLogin:
		return []string{"cloud-without-key", "key-rejected", "api-key-format"}
	case protocol.CommandSetWorkspace:
		return []string{"workspace-not-found", "api-url-without-ids", "api-url-placeholder", "api-url-malformed-id", "api-url-identical-ids"}
	case protocol.CommandMoveKey:
		return []string{"secret-in-shared-file"}
	}
	return nil
}

// errands are the commands for what a selection touches.
func (s surrounding) errands(selection text.Span) []errand {
	e := entryIn(s.File, selection)
	if s.File.Kind != profiles.ProfilesTOML {
		return s.entryErrands(e)
	}
	for _, p := range s.File.Profiles {
		if p.NameSpan.Overlaps(selection) {
			return s.profileErrands(p.Name, nil)
		}
	}
	if a := s.File.Active; a != nil && s.keepsProfiles() && a.Key.Cover(a.Value.Span).Overlaps(selection) {
		return []errand{{"Switch workspace...", protocol.CommandSwitch, protocol.CommandParams{URI: s.URI}}}
	}
	if e == nil {
		return nil
	}
	return append(s.profileErrands(e.Profile, e), s.extraction(selection)...)
}

// extraction is the command that makes a profile of the settings that a selection of some text holds parts of, if they are all in one.
func (s surrounding) extraction(selection text.Span) []errand {
	if selection.Start == selection.End || !s.snap.Client.Dialogs || s.Path == "" {
		return nil
	}
	params := protocol.CommandParams{URI: s.URI}
	for i := range s.File.Entries {
		e := &s.File.Entries[i]
		switch whole := e.Key.Cover(e.Value.Span); {
		case whole.End <= selection.Start || selection.End <= whole.Start: // whole lines end where the next one starts
		case len(params.Settings) > 0 && params.Profile != e.Profile:
			return nil
		default:
			params.Profile, params.Settings = e.Profile, append(params.Settings, e.Name)
		}
	}
	if len(params.Settings) == 0 {
		return nil
	}
	return []errand{{"Extract to a new profile...", protocol.CommandExtractProfile, params}}
}

// entryIn is the first entry with a known setting that a selection touches, or nil.
func entryIn(f *profiles.File, selection text.Span) *profiles.Entry {
	for i := range f.Entries {
		e := &f.Entries[i]
		whole := e.Key
		if e.Value.Kind != syntax.Missing {
			whole = whole.Cover(e.Value.Span)
		}
		if e.Setting != nil && whole.Overlaps(selection) {
			return e
		}
	}
	return nil
}

// entryErrands are the commands for an entry of a file without profiles.
func (s surrounding) entryErrands(e *profiles.Entry) []errand {
	if e == nil || s.folder == nil {
		return nil
	}
	here := protocol.CommandParams{URI: s.URI}
	switch e.Setting.Name {
	case apiKey:
		profile := s.folder.Result.Displayed.Name
		return []errand{
			{"Verify this key", protocol.CommandVerify, here},
			{fmt.Sprintf("Move this key to profile '%s' in profiles.toml", profile), protocol.CommandMoveKey, protocol.CommandParams{URI: s.URI, Profile: profile}},
			{logInTitle, protocol.CommandLogin, here},
		}
	case apiURL:
		list := []errand{{logInTitle, protocol.CommandLogin, here}}
		if e.Value.Text == s.folder.Access().APIURL && s.folder.Result.Target().Workspace != "" {
			list = append(list, s.pageErrands(e.Value.Text, here)...)
		}
		return list
	}
	return nil
}

const (
	apiURL     = "PREFECT_API_URL"
	apiKey     = "PREFECT_API_KEY" //nolint:gosec // the name of a setting, not a key
	logInTitle = "Log in to Prefect Cloud..."
)

// profileErrands are the commands for a profile, at one of its entries or at its name.
func (s surrounding) profileErrands(name string, at *profiles.Entry) []errand {
	if name == "" {
		return nil
	}
	params := protocol.CommandParams{URI: s.URI, Profile: name}
	access := session.AccessOf(s.File, name)
	atName, atKey := at == nil, at != nil && at.Setting.Name == apiKey
	atURL := at != nil && at.Setting.Name == apiURL
	if !atName && !atKey && !atURL {
		return nil
	}
	if !s.keepsProfiles() {
		return s.textErrands(params, atName)
	}
	hasKey := !access.Key.IsZero()
	var list []errand
	add := func(wanted bool, title, command string) {
		if wanted {
			list = append(list, errand{title, command, params})
		}
	}
	isOther := atName && s.inUse() != name
	add(atKey || !hasKey && (access.APIURL == "" || s.isCloud(access.APIURL)), logInTitle, protocol.CommandLogin)
	add(hasKey, fmt.Sprintf("Choose a workspace for profile '%s'...", name), protocol.CommandSetWorkspace)
	add(atKey && hasKey, "Verify this key", protocol.CommandVerify)
	add(isOther, fmt.Sprintf("Switch to profile '%s'", name), protocol.CommandUseProfile)
	add(isOther && slices.Contains(s.snap.Client.OwnCommands, pinProfile) && !s.snap.Settings.Untrusted,
		fmt.Sprintf("Use profile '%s' in this window only", name), pinProfile)
	list = append(list, s.textErrands(params, atName)...)
	if profiles.ParseAPIURL(access.APIURL).Workspace != "" {
		list = append(list, s.pageErrands(access.APIURL, params)...)
	}
	add(hasKey && !atURL, fmt.Sprintf("Log out of profile '%s'", name), protocol.CommandLogout)
	return list
}

// textErrands are the commands that work in any file with profiles, be it read or not.
func (s surrounding) textErrands(params protocol.CommandParams, atName bool) []errand {
	if !atName || !s.snap.Client.Dialogs || s.Path == "" {
		return nil
	}
	return []errand{
		{"Rename profile...", protocol.CommandRenameProfile, params},
		{"Duplicate profile as...", protocol.CommandDuplicateProfile, params},
		{"Copy these settings as .env lines", protocol.CommandCopyAsEnv, params},
	}
}

// sourceErrand is the command that shows what counts in place of an entry, if that is in a file.
func (s surrounding) sourceErrand(e *profiles.Entry) []errand {
	if e == nil || !slices.Contains(s.snap.Client.OwnCommands, goToSource) {
		return nil
	}
	setting, rank := s.standing(e)
	if !overridden(setting, rank) {
		return nil
	}
	p, inFile := winner(setting)
	if !inFile {
		return nil
	}
	line := int(s.locate(p).Range.Start.Line) + 1
	return []errand{{"Show where this value comes from", goToSource, protocol.StatusSource{Path: s.folder.PathOf(p.file), Line: line}}}
}

// pageErrands are the commands for the page of a workspace.
func (s surrounding) pageErrands(apiURL string, params protocol.CommandParams) []errand {
	list := []errand{{openTitle(s.snap.Directory.Handle(apiURL)), protocol.CommandOpen, params}}
	if s.snap.Client.Dialogs {
		list = append(list, errand{"Copy UI link", protocol.CommandCopyLink, params})
	}
	return list
}

// isCloud reports whether an API URL is one of Prefect Cloud.
func (s surrounding) isCloud(apiURL string) bool {
	return profiles.ParseAPIURL(apiURL).IsCloud() || s.folder != nil && s.folder.Cloud().IsWithin(apiURL)
}

// openTitle is the title of the action that shows a workspace in the browser.
func openTitle(handle string) string {
	if handle == "" {
		return "Open this workspace in Prefect Cloud"
	}
	return fmt.Sprintf("Open %s in Prefect Cloud", handle)
}
