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
	snap := s.session.Snapshot()
	return errors.Join(
		s.tell(), s.publishOutdated(ctx, snap), s.places.watch(ctx, s.client, snap.Client, snap.Watched()),
		s.examine(ctx, (*session.Snapshot).Unexamined),
	)
}

// examine finds out who gets at those of the files that are named once it is its turn, and tells the client.
func (s *Server) examine(ctx context.Context, which func(*session.Snapshot) []string) error {
	s.examining.Lock() // so that what is noted last is what was seen last
	paths := which(s.session.Snapshot())
	if len(paths) > 0 {
		s.session.Examine(ctx, paths...)
	}
	s.examining.Unlock()
	if len(paths) == 0 {
		return nil
	}
	snap := s.session.Snapshot()
	return errors.Join(s.publishOutdated(ctx, snap), s.refreshDiagnostics(ctx), s.places.watch(ctx, s.client, snap.Client, snap.Watched()))
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
