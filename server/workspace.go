package server

import (
	"context"
	"errors"
	"slices"

	"prefect-ls/protocol"
	"prefect-ls/server/feature"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// workspaceDiagnostic answers as soon as there is something that the client does not know. Until then it waits, as LSP allows,
// so that a client that asks again after every answer costs nothing while nothing changes.
func (s *Server) workspaceDiagnostic(call *glsp.Context, params *protocol.WorkspaceDiagnosticParams) (any, error) {
	for {
		snap := s.session.Snapshot()
		if report := feature.WorkspaceDiagnostic(snap, params); len(report.Items) > 0 {
			return report, nil
		}
		select {
		case <-call.Context.Done():
			return nil, call.Context.Err()
		case <-snap.Superseded():
		}
	}
}

// loadFolders reads what is in effect in the workspace's folders, for the client that asks for workspace diagnostics.
func (s *Server) loadFolders(context.Context) error {
	s.session.Load(s.session.Snapshot().InEffect()...)
	return nil
}

// watchFolders asks the client to say when a file changes that may be in effect.
func (s *Server) watchFolders(ctx context.Context) error {
	return s.register(ctx, lsp.MethodWorkspaceDidChangeWatchedFiles, lsp.DidChangeWatchedFilesRegistrationOptions{
		Watchers: []lsp.FileSystemWatcher{{GlobPattern: "**/{.env,prefect.toml,pyproject.toml}"}},
	})
}

func (s *Server) didChangeWatchedFiles(_ *glsp.Context, p *lsp.DidChangeWatchedFilesParams) error {
	var paths []string
	for _, change := range p.Changes {
		if path, ok := protocol.PathOf(change.URI); ok {
			paths = append(paths, path)
		}
	}
	s.after(func(context.Context) error {
		s.filesChanged(paths)
		return nil
	})
	return nil
}

func (s *Server) didChangeWorkspaceFolders(_ *glsp.Context, p *lsp.DidChangeWorkspaceFoldersParams) error {
	before := s.session.Snapshot()
	folders := slices.DeleteFunc(slices.Clone(before.Folders), func(uri string) bool {
		return slices.ContainsFunc(p.Event.Removed, func(f lsp.WorkspaceFolder) bool { return f.URI == uri })
	})
	for _, added := range p.Event.Added {
		folders = append(folders, added.URI)
	}
	s.session.SetFolders(folders)
	if before.Client.Configuration {
		s.after(s.pullConfiguration)
	}
	if before.Client.PullDiagnostics {
		s.after(s.loadFolders)
	}
	return nil
}

// publishAll sends a client that does not ask what is wrong with every open document.
func (s *Server) publishAll() (err error) {
	for uri, doc := range s.session.Snapshot().Documents() {
		if doc.Open {
			err = errors.Join(err, s.publish(uri))
		}
	}
	return err
}
