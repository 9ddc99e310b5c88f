// Package server connects the editor's messages to the features that answer them.
//
// Serve is where a message comes in, Handle is where it is told apart, and methods.go is the table of
// everything that can be asked.
package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"prefect-ls/server/command"
	"prefect-ls/server/session"
	"prefect-ls/server/transport"

	"github.com/tliron/commonlog"
	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// Name is how the server calls itself.
const Name = "prefect-ls"

// ErrNoShutdown is the end of a session that the editor did not announce with "shutdown".
var ErrNoShutdown = errors.New("the editor left without a shutdown request")

// A Client is the editor, as seen from here.
type Client interface {
	// Notify sends a notification.
	Notify(method string, params any) error
	// Call sends a request, waits for the answer and decodes it into result, which may be nil.
	Call(ctx context.Context, method string, params, result any) error
}

// A Server is one session with an editor.
type Server struct {
	version string
	session *session.Session
	client  Client
	log     commonlog.Logger
	methods *lsp317.Handler
	state   atomic.Int32
	stop    func()
	follow  []followUp // see after; used by one goroutine at a time

	reported  sync.Map // the problems of the settings that the client was told
	told      told     // the status of each folder, as the client has it
	places    places   // that are watched
	examining examining
	pull      pull // the client's settings
	refreshes refreshes
	desk      *command.Desk
	progress  progress // that the client shows
	recheck   recheck
}

// A followUp is what a handler leaves to be done without holding up the next message.
type followUp func(ctx context.Context) error

// The states of a session, in the order in which LSP 3.17 lets it go through them.
const (
	fresh int32 = iota
	initialized
	shutDown
	exited
)

// New returns a server that talks to client. stop is called when the editor says "exit" or is gone.
func New(version string, client Client, stop func()) *Server {
	s := &Server{
		version: version,
		session: session.New(os.Environ(), session.ReadDisk),
		client:  client,
		log:     commonlog.GetLogger(Name),
		stop:    stop,
	}
	s.methods = s.table()
	s.places.changed = s.filesChanged
	s.desk = s.newDesk()
	s.recheck.minute = time.Minute
	return s
}

// Serve talks to the editor over in and out until it leaves. It returns ErrNoShutdown if that came without notice.
func Serve(ctx context.Context, version string, in io.Reader, out io.Writer) error {
	var s *Server
	log := commonlog.GetLogger(Name)
	conn := transport.New(in, out, func(ctx context.Context, m transport.Message) func() (any, error) {
		return s.intake(ctx, m)
	}, log.Errorf)
	s = New(version, conn, conn.Close)
	err := conn.Serve(ctx)
	switch state := s.state.Load(); {
	case err != nil:
		return err
	case state == exited, state == shutDown:
		return nil
	}
	return ErrNoShutdown
}

// intake takes in one message in the order of arrival. Notifications and the lifecycle are handled on the spot, since
// what comes next depends on them; a request gets the snapshot of this moment and is answered concurrently.
func (s *Server) intake(ctx context.Context, m transport.Message) func() (any, error) {
	call := &glsp.Context{
		Method:  m.Method,
		Params:  m.Params,
		Context: session.NewContext(ctx, s.session.Snapshot()),
	}
	if err := s.allow(call.Method); err != nil {
		return func() (any, error) { return nil, err }
	}
	if m.IsRequest() && m.Method != lsp.MethodInitialize && m.Method != lsp.MethodShutdown {
		return func() (any, error) { return s.answer(call) }
	}
	s.follow = nil
	before := s.session.Snapshot()
	result, err := s.answer(call)
	if s.state.Load() == initialized && s.session.Snapshot() != before && m.Method != lsp.MethodInitialize {
		s.after(s.inEffect)
	}
	if err != nil || len(s.follow) == 0 {
		return func() (any, error) { return result, err }
	}
	follow := s.follow
	return func() (any, error) {
		for _, next := range follow {
			err = errors.Join(err, next(ctx))
		}
		return result, err
	}
}

// after leaves next to be done once the message at hand has been taken in.
func (s *Server) after(next followUp) { s.follow = append(s.follow, next) }

// allow says whether LSP lets a message come in the state that the session is in.
func (s *Server) allow(method string) error {
	state := s.state.Load()
	switch {
	case method == lsp.MethodExit:
		return nil
	case state == fresh && method != lsp.MethodInitialize:
		return &transport.Error{Code: transport.ServerNotInitialized, Message: "the first message must be the request initialize"}
	case state > initialized, state == initialized && method == lsp.MethodInitialize:
		return &transport.Error{Code: transport.InvalidRequest, Message: method + " is not allowed any more"}
	}
	return nil
}

// answer handles one message and gives its failure the code that LSP has for it.
func (s *Server) answer(call *glsp.Context) (any, error) {
	result, known, valid, err := s.Handle(call)
	switch {
	case !known:
		return nil, &transport.Error{Code: transport.MethodNotFound, Message: "prefect-ls does not know the method " + call.Method}
	case !valid:
		return nil, invalidParams(call.Method)
	}
	return result, err
}

func invalidParams(method string) error {
	return &transport.Error{Code: transport.InvalidParams, Message: fmt.Sprintf("the parameters of %s are not as LSP defines them", method)}
}

// Handle answers one message: the whole server without a transport. It implements [glsp.Handler].
func (s *Server) Handle(call *glsp.Context) (result any, known, valid bool, err error) {
	if call.Context == nil {
		call.Context = session.NewContext(context.Background(), s.session.Snapshot())
	}
	switch call.Method {
	case lsp.MethodExit:
		s.exit()
		return nil, true, true, nil
	case lsp.MethodInitialize:
		return s.initialize(call)
	}
	if len(call.Params) == 0 || string(call.Params) == "null" {
		call.Params = json.RawMessage("{}") // what is required in them is then missing
	}
	return s.methods.Handle(call)
}
