package feature

import (
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/server/session"
	"prefect-ls/server/transport"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// PrepareRename tells whether there is the name of a profile to change. It is nil where there is none.
func PrepareRename(snap *session.Snapshot, params *lsp.PrepareRenameParams) (*lsp.RangeWithPlaceholder, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	s := surroundingOf(snap, doc)
	named, ok := s.mentionAt(doc.Map.Offset(params.Position))
	if !ok || !s.isDefined(named.name) {
		return nil, nil
	}
	return &lsp.RangeWithPlaceholder{Range: doc.Map.Range(named.span), Placeholder: named.name}, nil
}

// Rename gives a profile another name wherever a file names it. Variables of shells that are open stay as they are.
func Rename(snap *session.Snapshot, params *lsp.RenameParams) (*lsp.WorkspaceEdit, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	s := surroundingOf(snap, doc)
	named, ok := s.mentionAt(doc.Map.Offset(params.Position))
	switch {
	case !ok:
		return nil, refuse("There is no profile to rename here.")
	case !s.isDefined(named.name):
		return nil, refuse("No file defines the profile %q.", named.name)
	case profiles.WrongName(params.NewName) != "":
		return nil, refuse("%s", profiles.WrongName(params.NewName))
	case params.NewName != named.name && s.isDefined(params.NewName):
		return nil, refuse("There is a profile %q already.", params.NewName)
	}
	mentions := s.mentionsOf(named.name)
	for _, m := range mentions {
		if m.file.TOML != nil && len(m.file.SyntaxProblems()) > 0 {
			return nil, refuse("The profiles cannot be changed while the file is not valid TOML.")
		}
	}
	return s.rename(mentions, params.NewName), nil
}

func refuse(format string, args ...any) error {
	return &transport.Error{Code: transport.RequestFailed, Message: fmt.Sprintf(format, args...)}
}

func (s surrounding) isDefined(name string) bool {
	return slices.ContainsFunc(s.mentionsOf(name), func(m mention) bool { return m.defines })
}

// rename is the edit that changes the name at each of the places, file by file.
func (s surrounding) rename(mentions []mention, name string) *lsp.WorkspaceEdit {
	var files []*profiles.File
	changes := map[*profiles.File][]lsp.TextEdit{}
	for _, m := range mentions {
		_, _, mapper := s.at(m.file)
		e := m.rename(name)
		if changes[m.file] == nil {
			files = append(files, m.file)
		}
		changes[m.file] = append(changes[m.file], lsp.TextEdit{Range: mapper.Range(e.Span), NewText: e.New})
	}
	result := &lsp.WorkspaceEdit{}
	for _, f := range files {
		uri, version, _ := s.at(f)
		add(s.snap, result, uri, version, changes[f])
	}
	return result
}
