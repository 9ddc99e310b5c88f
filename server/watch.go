package server

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// places are the files of which changes are noticed, by the client where it can look into any folder, or else by the server itself.
type places struct {
	latest

	changed func(paths []string)
	watched []string
	own     atomic.Pointer[session.Watcher] // nil while the client watches
}

// registration is the name under which the client is asked to watch.
const registration = "prefect/places"

// watch notices changes of all that decides now, and of nothing else.
func (s *Server) watch(ctx context.Context) error {
	return s.places.do(func() error {
		snap := s.session.Snapshot()
		return s.places.watch(ctx, s.client, snap.Client, snap.Watched())
	})
}

// watch notices changes at the given paths from now on, and at no others. One call must end before the next.
func (p *places) watch(ctx context.Context, client Client, can session.Client, paths []string) error {
	if slices.Equal(paths, p.watched) {
		return nil
	}
	var fresh []string
	var err error
	if can.WatchPlaces {
		fresh = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return slices.Contains(p.watched, path) })
		err = p.ask(ctx, client, paths)
	} else {
		fresh, err = p.look(paths)
	}
	p.watched = paths
	if len(fresh) > 0 {
		go p.changed(fresh) // what happened between the first look and now
	}
	return err
}

// ask has the client watch.
func (p *places) ask(ctx context.Context, client Client, paths []string) error {
	var err error
	if p.watched != nil {
		err = client.Call(ctx, lsp.ServerClientUnregisterCapability, lsp.UnregistrationParams{
			Unregisterations: []lsp.Unregistration{{ID: registration, Method: lsp.MethodWorkspaceDidChangeWatchedFiles}},
		}, nil)
	}
	return errors.Join(err, client.Call(ctx, lsp.ServerClientRegisterCapability, lsp.RegistrationParams{
		Registrations: []lsp.Registration{{
			ID: registration, Method: lsp.MethodWorkspaceDidChangeWatchedFiles,
			RegisterOptions: protocol.DidChangeWatchedFilesOptions{Watchers: watchers(paths)},
		}},
	}, nil))
}

// watchers are one for each folder.
func watchers(paths []string) []protocol.FileSystemWatcher {
	var list []protocol.FileSystemWatcher
	names := map[string][]string{}
	for _, path := range paths {
		names[filepath.Dir(path)] = append(names[filepath.Dir(path)], filepath.Base(path))
	}
	for dir, files := range names {
		pattern := files[0]
		if len(files) > 1 {
			pattern = "{" + strings.Join(files, ",") + "}"
		}
		if slices.ContainsFunc(files, func(name string) bool { return strings.ContainsAny(name, "?{}[],!") }) {
			pattern = "*" // patterns know no escapes
		}
		list = append(list, protocol.FileSystemWatcher{GlobPattern: protocol.RelativePattern{BaseURI: protocol.URIOf(dir), Pattern: pattern}})
	}
	slices.SortFunc(list, func(a, b protocol.FileSystemWatcher) int {
		return cmp.Compare(a.GlobPattern.BaseURI, b.GlobPattern.BaseURI)
	})
	return list
}

// look has the server watch by itself.
func (p *places) look(paths []string) (fresh []string, err error) {
	own := p.own.Load()
	if own == nil {
		if own, err = session.NewWatcher(p.changed); err != nil {
			return nil, err
		}
		p.own.Store(own)
	}
	return own.Watch(paths)
}

// close waits for nobody: neither for a client that does not answer, nor, as a watcher of Windows would not close then, for what is being
// told of a change now.
func (p *places) close() error {
	own := p.own.Load()
	if own == nil {
		return nil
	}
	return own.Close()
}

// grace is how long a file may be broken, empty or gone before that is taken for what somebody wants.
const grace = 100 * time.Millisecond

// filesChanged takes in what has changed on disk.
func (s *Server) filesChanged(paths []string) {
	s.attempt("take in a change on disk", func(ctx context.Context) error {
		return errors.Join(s.settle(ctx, s.session.Refresh(false, paths...)), s.examine(ctx, paths...))
	})
}

func (s *Server) settle(ctx context.Context, unsettled []string) error {
	if len(unsettled) > 0 {
		time.AfterFunc(grace, func() {
			s.attempt("take in a file that is broken", func(ctx context.Context) error {
				return s.settle(ctx, s.session.Refresh(true, unsettled...))
			})
		})
	}
	return s.inEffect(ctx)
}
