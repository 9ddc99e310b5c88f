package server

import (
	"context"
	"errors"
	"reflect"
	"sync"

	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// told is what the client knows of the folders in use.
type told struct {
	sync.Mutex
	status map[string]protocol.Status // by the path of the folder
	shown  map[string]shown           // what its diagnostics and hints of a document were made from, by the URI
}

// Shown is all that the diagnostics and hints of a document depend on, but for the settings.
type shown struct {
	doc       *session.Document
	folder    *session.Folder
	directory *session.Directory
	exposure  rules.Exposure
}

// show notes what a client was shown of a document.
func (t *told) show(uri string, now shown) {
	if t.shown == nil {
		t.shown = map[string]shown{}
	}
	t.shown[uri] = now
}

// inEffect follows a change of anything that may decide on what is in effect: it tells the client, and watches what decides now.
func (s *Server) inEffect(ctx context.Context) error {
	if s.state.Load() != initialized {
		return nil
	}
	return errors.Join(s.tell(), s.publishOutdated(ctx), s.watch(ctx), s.examine(ctx))
}

// examining is to find out who gets at files.
type examining struct {
	latest

	mu      sync.Mutex
	changed []string // the paths of what has changed since
}

// note takes in the paths of what has changed.
func (e *examining) note(changed []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.changed = append(e.changed, changed...)
}

// noted are the paths of what has changed since the last time.
func (e *examining) noted() (changed []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	changed, e.changed = e.changed, nil
	return changed
}

// examine finds out who gets at files of which nobody has looked yet, or since something changed that decides on it, and tells the client.
func (s *Server) examine(ctx context.Context, changed ...string) error {
	s.examining.note(changed)
	isNews := false
	err := s.examining.do(func() error {
		snap := s.session.Snapshot()
		paths := append(snap.Unexamined(), snap.Affected(s.examining.noted())...)
		if isNews = len(paths) > 0; isNews {
			s.session.Examine(ctx, paths...)
		}
		return nil
	})
	if isNews {
		err = errors.Join(s.publishOutdated(ctx), s.refreshDiagnostics(ctx), s.watch(ctx))
	}
	return err
}

// tell sends the client the status of each folder in use of which it knows another one, or none.
func (s *Server) tell() (err error) {
	s.told.Lock() // so that what is sent last is what holds
	defer s.told.Unlock()
	snap := s.session.Snapshot()
	if !snap.Client.Status {
		return nil
	}
	now := map[string]protocol.Status{}
	for _, folder := range snap.InUse() {
		status := snap.Status(folder)
		now[folder.Path] = status
		if before, known := s.told.status[folder.Path]; !known || !reflect.DeepEqual(status, before) {
			err = errors.Join(err, s.client.Notify(protocol.MethodStatus, status))
		}
	}
	s.told.status = now
	return err
}
