package transport

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for an event before it fails. Tests run in synctest bubbles,
// where this time passes at once when nothing can happen any more: a deadlock fails without delay.
const patience = time.Hour

// A peer is the client of a Conn under test: it writes raw bytes and sees what comes back.
type peer struct {
	t    testing.TB
	conn *Conn
	in   io.WriteCloser
	got  chan string // bodies of the frames the Conn wrote
	end  chan error  // what Serve returned
	log  *logbook
}

// connect serves handle until the end of the test, at which nothing may be left running: the bubble
// sees to that. The options change the Conn before it serves.
func connect(t testing.TB, handle Handler, options ...func(*Conn)) *peer {
	t.Helper()
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	p := &peer{t: t, in: inW, got: make(chan string, 1<<12), end: make(chan error, 1), log: &logbook{}}
	p.conn = New(inR, outW, handle, p.log.printf)
	for _, option := range options {
		option(p.conn)
	}
	go func() {
		defer close(p.got)
		frames := newFrameReader(outR)
		for {
			body, err := frames.next()
			if err != nil {
				return
			}
			p.got <- string(body)
		}
	}()
	go func() {
		p.end <- p.conn.Serve(t.Context())
		outW.Close()
	}()
	t.Cleanup(func() {
		inW.Close()
		for range p.got {
		}
	})
	return p
}

// send writes bodies as frames.
func (p *peer) send(bodies ...string) {
	p.t.Helper()
	for _, body := range bodies {
		p.raw(string(frame([]byte(body))))
	}
}

func (p *peer) raw(s string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, s); err != nil {
		p.t.Fatalf("write: %v", err)
	}
}

// want waits for the next messages and compares them byte for byte.
func (p *peer) want(bodies ...string) {
	p.t.Helper()
	for _, want := range bodies {
		if got := p.next(); got != want {
			p.t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}

// wantSet is want for messages that may come in any order.
func (p *peer) wantSet(bodies ...string) {
	p.t.Helper()
	missing := map[string]int{}
	for _, body := range bodies {
		missing[body]++
	}
	for range bodies {
		got := p.next()
		if missing[got] == 0 {
			p.t.Fatalf("got %s\nwant one of %v", got, missing)
		}
		missing[got]--
	}
}

func (p *peer) next() string {
	p.t.Helper()
	got, ok := await(p.t, p.got)
	if !ok {
		p.t.Fatal("the connection has ended")
	}
	return got
}

// wantCode waits for an error reply and returns its message.
func (p *peer) wantCode(id string, code int) string {
	p.t.Helper()
	got := p.next()
	var r struct {
		Version string `json:"jsonrpc"`
		ID      json.RawMessage
		Error   *Error
		Result  json.RawMessage
	}
	if err := json.Unmarshal([]byte(got), &r); err != nil {
		p.t.Fatal(err)
	}
	if r.Version != "2.0" || string(r.ID) != id || r.Error == nil || r.Error.Code != code || r.Result != nil {
		p.t.Fatalf("got %s\nwant an error %d for id %s", got, code, id)
	}
	return r.Error.Message
}

// wantEnd waits for Serve to return.
func (p *peer) wantEnd() error {
	p.t.Helper()
	err, _ := await(p.t, p.end)
	return err
}

// await receives from c, or fails.
func await[T any](t testing.TB, c <-chan T) (T, bool) {
	t.Helper()
	select {
	case v, ok := <-c:
		return v, ok
	case <-time.After(patience):
		t.Fatal("nothing happened")
		panic("unreachable")
	}
}

// request and its like are bodies of messages.

func request(id, method, params string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":%s}`, id, method, params)
}

func notification(method, params string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)
}

func result(id, value string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, id, value)
}

func cancel(id string) string { return notification("$/cancelRequest", `{"id":`+id+`}`) }

// A logbook keeps what a Conn logs.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(&l.text, format+"\n", args...)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// echo is a Handler that replies with the params.
func echo(_ context.Context, m Message) func() (any, error) { return returning(m.Params) }

func returning(v any) func() (any, error) {
	return func() (any, error) { return v, nil }
}
