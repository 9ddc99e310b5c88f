package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// CodeLens says above each profile whether it is active and where it leads, and offers what can be done with it.
func CodeLens(snap *session.Snapshot, params *lsp.CodeLensParams) ([]lsp.CodeLens, error) {
	lenses := []lsp.CodeLens{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil || doc.File.Kind != profiles.ProfilesTOML || !snap.Settings.CodeLens || !snap.Client.Commands {
		return lenses, nil
	}
	s := surroundingOf(snap, doc)
	if !s.keepsProfiles() {
		return lenses, nil
	}
	for _, p := range doc.File.Profiles {
		above := func(title, name string) {
			lenses = append(lenses, lsp.CodeLens{
				Range:   doc.Map.Range(p.NameSpan),
				Command: commandOf(title, name, protocol.CommandParams{URI: doc.URI, Profile: p.Name}),
			})
		}
		title := "Use"
		if s.inUse() == p.Name {
			title = "Active"
		}
		above(title, protocol.CommandUseProfile)
		access := session.AccessOf(doc.File, p.Name)
		if handle := snap.Directory.Handle(access.APIURL); handle != "" {
			above(handle, protocol.CommandOpen)
		}
		if !access.Key.IsZero() {
			above("Choose workspace", protocol.CommandSetWorkspace)
		}
		if access.APIURL != "" {
			above("Verify", protocol.CommandVerify)
		}
	}
	return lenses, nil
}

// inUse is the profile that is in use in the folder of a document that [surrounding.keepsProfiles].
func (s surrounding) inUse() string { return s.folder.Result.Displayed.Name }

func commandOf(title, name string, params any) *lsp.Command {
	return &lsp.Command{Title: title, Command: name, Arguments: []any{params}}
}
