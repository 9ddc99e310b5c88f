package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
)

// bubbled runs a test in a bubble, see patience.
func bubbled(test func(*testing.T)) func(*testing.T) {
	return func(t *testing.T) { synctest.Test(t, test) }
}

// never waits for the end of ctx.
func never(ctx context.Context, _ Message) func() (any, error) {
	return func() (any, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
}

func TestReplies(t *testing.T) {
	var noError *Error
	tests := []struct {
		name   string
		finish func() (any, error)
		want   string
	}{
		{"nothing to finish", nil, `"result":null`},
		{"nil", returning(nil), `"result":null`},
		{"nil raw", returning(json.RawMessage(nil)), `"result":null`},
		{"as it is", returning(map[string]string{"k": "<ü&>"}), `"result":{"k":"<ü&>"}`},
		{"no JSON form", returning(make(chan int)), `"error":{"code":-32603,"message":"the result cannot be encoded"}`},
		{"not JSON", returning(json.RawMessage(`{`)), `"error":{"code":-32603,"message":"the result cannot be encoded"}`},
		{"panic while encoding", returning(bomb{}), `"error":{"code":-32603,"message":"internal error"}`},
		{"error", failed(errors.New("no network")), `"error":{"code":-32803,"message":"no network"}`},
		{"own code", failed(&Error{Code: InvalidParams, Message: "which?", Data: []int{1}}), `"error":{"code":-32602,"message":"which?","data":[1]}`},
		{"data without JSON form", failed(&Error{Code: InvalidParams, Message: "which?", Data: make(chan int)}), `"error":{"code":-32602,"message":"which?"}`},
		{"wrapped", failed(fmt.Errorf("peer: %w", &Error{Code: MethodNotFound, Message: "unknown"})), `"error":{"code":-32803,"message":"peer: unknown (-32601)"}`},
		{"nil Error", failed(noError), `"error":{"code":-32603,"message":"internal error"}`},
		{"cancelled by itself", failed(context.Canceled), `"error":{"code":-32803,"message":"context canceled"}`},
	}
	for _, test := range tests {
		t.Run(test.name, bubbled(func(t *testing.T) {
			p := connect(t, func(context.Context, Message) func() (any, error) { return test.finish })
			p.send(request("1", "m", "{}"))
			p.want(`{"jsonrpc":"2.0","id":1,` + test.want + `}`)
		}))
	}
}

type bomb struct{}

func (bomb) MarshalJSON() ([]byte, error) { panic("boom") }

func TestIDsAreEchoed(t *testing.T) {
	for _, id := range []string{
		`0`, `-7`, `1.50`, `1e2`, `123456789012345678901234567890`,
		`""`, `"7"`, `"<&>"`, `"\u0061\/"`, `"ü€"`, "\"\u2028\"", "\"\xff\"",
	} {
		t.Run(id, bubbled(func(t *testing.T) {
			p := connect(t, echo)
			p.send(request(id, "m", "[1]"))
			p.want(result(id, "[1]"))
			p.send(request(id, "m", "[2]")) // free again
			p.want(result(id, "[2]"))
		}))
	}
}

func TestParams(t *testing.T) {
	for sent, want := range map[string]string{
		`{"jsonrpc":"2.0","id":1,"method":"m"}`:                  "null",
		`{"jsonrpc":"2.0","id":1,"method":"m","params":null}`:    "null",
		`{"jsonrpc":"2.0","id":1,"method":"m","params":{}}`:      "{}",
		` { "id":1,"params": [ ] ,"method":"m","jsonrpc":"2.0"}`: "[]",
	} {
		t.Run(sent, bubbled(func(t *testing.T) {
			p := connect(t, echo)
			p.send(sent)
			p.want(result("1", want))
		}))
	}
}

func TestBadMessages(t *testing.T) {
	tests := []struct {
		name, body string
		id         string
		code       int
	}{
		{"empty", ``, "null", ParseError},
		{"not JSON", `{"jsonrpc":"2.0","id":1,`, "null", ParseError},
		{"two values", `{"jsonrpc":"2.0","id":1,"method":"m"}{}`, "null", ParseError},
		{"too deep", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), "null", ParseError},
		{"batch", `[{"jsonrpc":"2.0","id":1,"method":"m"}]`, "null", InvalidRequest},
		{"string", `"m"`, "null", InvalidRequest},
		{"null", `null`, "null", InvalidRequest},
		{"nothing", `{}`, "null", InvalidRequest},
		{"no method", `{"jsonrpc":"2.0","id":1}`, "1", InvalidRequest},
		{"null method", `{"jsonrpc":"2.0","id":1,"method":null}`, "1", InvalidRequest},
		{"number as method", `{"jsonrpc":"2.0","id":"a","method":1}`, `"a"`, InvalidRequest},
		{"no version", `{"id":1,"method":"m"}`, "1", InvalidRequest},
		{"version 1.0", `{"jsonrpc":"1.0","id":1,"method":"m"}`, "1", InvalidRequest},
		{"number as version", `{"jsonrpc":2.0,"id":1,"method":"m"}`, "1", InvalidRequest},
		{"notification without version", `{"method":"m"}`, "null", InvalidRequest},
		{"null id", request("null", "m", "{}"), "null", InvalidRequest},
		{"object as id", request("{}", "m", "{}"), "null", InvalidRequest},
		{"boolean as id", request("true", "m", "{}"), "null", InvalidRequest},
		{"string as params", request("1", "m", `"x"`), "1", InvalidRequest},
		{"number as params", notification("m", `1`), "null", InvalidRequest},
	}
	for _, test := range tests {
		t.Run(test.name, bubbled(func(t *testing.T) {
			p := connect(t, func(_ context.Context, m Message) func() (any, error) {
				if m.Method != "good" {
					t.Errorf("%q was handled", test.body)
				}
				return nil
			})
			p.send(test.body)
			p.wantCode(test.id, test.code)
			p.send(request("1", "good", "{}"))
			p.want(result("1", "null"))
		}))
	}
}

func TestOrder(t *testing.T) {
	bubbled(func(t *testing.T) {
		state := 0
		release := make(chan struct{})
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			if m.Method == "edit" {
				state++
				return nil
			}
			snapshot := state
			return func() (any, error) {
				<-release
				return snapshot, nil
			}
		})
		p.send(
			request("1", "state", "{}"),
			notification("edit", "{}"),
			request("2", "state", "{}"),
			notification("edit", "{}"), notification("edit", "{}"),
			request("3", "state", "{}"),
			notification("edit", "{}"),
		)
		synctest.Wait() // all edits are made before any reply is begun
		if state != 4 {
			t.Fatalf("%d edits were made while requests ran", state)
		}
		close(release)
		p.wantSet(result("1", "0"), result("2", "1"), result("3", "3"))
	})(t)
}

func TestNotificationsFinishConcurrently(t *testing.T) {
	bubbled(func(t *testing.T) {
		p := connect(t, func(ctx context.Context, m Message) func() (any, error) {
			if m.Method == "slow" {
				return never(ctx, m)
			}
			return nil
		})
		p.send(notification("slow", "{}"), request("1", "fast", "{}"))
		p.want(result("1", "null"))
		p.in.Close()
		if err := p.wantEnd(); err != nil {
			t.Fatal(err)
		}
		if log := p.log.String(); !strings.Contains(log, `"slow": context canceled`) {
			t.Errorf("the error is not in the log: %s", log)
		}
	})(t)
}

func TestDuplicateID(t *testing.T) {
	bubbled(func(t *testing.T) {
		release := make(chan struct{})
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			return func() (any, error) {
				<-release
				return m.Method, nil
			}
		})
		p.send(request("1", "first", "{}"), request("1", "second", "{}"), request(`"1"`, "third", "{}"))
		p.wantCode("1", InvalidRequest)
		close(release)
		p.wantSet(result("1", `"first"`), result(`"1"`, `"third"`))
		p.send(request("1", "fourth", "{}"))
		p.want(result("1", `"fourth"`))
	})(t)
}

func TestCancel(t *testing.T) {
	t.Run("running", bubbled(func(t *testing.T) {
		p := connect(t, never)
		p.send(request("1", "m", "{}"), request(`"1"`, "m", "{}"), cancel("1"))
		p.wantCode("1", RequestCancelled)
		p.send(cancel(`"1"`))
		p.wantCode(`"1"`, RequestCancelled)
	}))
	t.Run("done in spite of it", bubbled(func(t *testing.T) {
		p := connect(t, func(ctx context.Context, _ Message) func() (any, error) {
			return func() (any, error) {
				<-ctx.Done()
				return "done", nil
			}
		})
		p.send(request("1", "m", "{}"))
		synctest.Wait() // else the cancel could overtake it
		p.send(cancel("1"))
		p.want(result("1", `"done"`))
	}))
	t.Run("failed in another way", bubbled(func(t *testing.T) {
		p := connect(t, func(ctx context.Context, _ Message) func() (any, error) {
			return func() (any, error) {
				<-ctx.Done()
				return nil, &Error{Code: ContentModified, Message: "edited"}
			}
		})
		p.send(request("1", "m", "{}"))
		synctest.Wait() // else the cancel could overtake it
		p.send(cancel("1"))
		p.wantCode("1", ContentModified)
	}))
	t.Run("overtakes", bubbled(func(t *testing.T) {
		hold := make(chan struct{})
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			switch m.Method {
			case "hold":
				<-hold
			case "cancelled":
				t.Error("a request was handled that was cancelled in the queue")
			}
			return nil
		})
		p.send(notification("hold", "{}"), request("1", "cancelled", "{}"), request("2", "m", "{}"), cancel("1"))
		synctest.Wait()
		close(hold)
		p.wantSet(`{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"cancelled"}}`, result("2", "null"))
	}))
	t.Run("nothing there", bubbled(func(t *testing.T) {
		p := connect(t, echo)
		p.send(cancel("1"), cancel("null"), cancel("{}"),
			notification("$/cancelRequest", "[]"), notification("$/cancelRequest", "null"),
			`{"jsonrpc":"2.0","method":"$/cancelRequest"}`,
			request("1", "m", "{}"))
		p.want(result("1", "{}"))
	}))
	t.Run("as a request", bubbled(func(t *testing.T) {
		p := connect(t, echo) // nothing special: left to the handler
		p.send(request("1", "$/cancelRequest", "{}"))
		p.want(result("1", "{}"))
	}))
	t.Run("context ends with the reply", bubbled(func(t *testing.T) {
		var requestContext context.Context
		p := connect(t, func(ctx context.Context, _ Message) func() (any, error) {
			requestContext = ctx
			return nil
		})
		p.send(request("1", "m", "{}"))
		p.want(result("1", "null"))
		await(t, requestContext.Done())
	}))
}

func TestPanic(t *testing.T) {
	steps := map[string]Handler{
		"first":  func(context.Context, Message) func() (any, error) { panic("boom") },
		"second": func(context.Context, Message) func() (any, error) { return func() (any, error) { panic("boom") } },
		"runtime": func(_ context.Context, m Message) func() (any, error) {
			return func() (any, error) { return m.Params[len(m.Params)+1], nil }
		},
	}
	for name, step := range steps {
		t.Run(name, bubbled(func(t *testing.T) {
			p := connect(t, func(ctx context.Context, m Message) func() (any, error) {
				if m.Method == "bad" {
					return step(ctx, m)
				}
				return nil
			})
			p.send(request("1", "bad", "{}"))
			p.wantCode("1", InternalError)
			p.send(notification("bad", "{}"), request("1", "good", "{}"))
			p.want(result("1", "null"))
			synctest.Wait()
			log := p.log.String()
			if strings.Count(log, `panic in "bad"`) != 2 || !strings.Contains(log, "TestPanic") {
				t.Errorf("no panic with its stack in the log:\n%s", log)
			}
			if name == "runtime" && !strings.Contains(log, "index out of range") {
				t.Errorf("the runtime's own words are not in the log:\n%s", log)
			}
		}))
	}
}

func TestCall(t *testing.T) {
	// Each handler calls from another step: none of them may keep the response from being read.
	calling := map[string]func(p *peer, ctx context.Context, answer chan<- string) func() (any, error){
		"first step": func(p *peer, ctx context.Context, answer chan<- string) func() (any, error) {
			answer <- ask(ctx, p.conn)
			return nil
		},
		"second step": func(p *peer, ctx context.Context, answer chan<- string) func() (any, error) {
			return func() (any, error) {
				answer <- ask(ctx, p.conn)
				return nil, nil
			}
		},
	}
	for name, call := range calling {
		for _, message := range []string{notification("start", "{}"), request("1", "start", "{}")} {
			t.Run(name+" of "+message, bubbled(func(t *testing.T) {
				var p *peer
				answer := make(chan string, 1)
				p = connect(t, func(ctx context.Context, m Message) func() (any, error) {
					if m.Method == "start" {
						return call(p, ctx, answer)
					}
					return nil
				})
				p.send(message)
				p.want(`{"jsonrpc":"2.0","id":1,"method":"ask","params":["?"]}`)
				p.send(notification("m", "{}"), notification("m", "{}"), result("1", `"yes"`))
				if got, _ := await(t, answer); got != "yes <nil>" {
					t.Errorf("got %s", got)
				}
			}))
		}
	}
}

// ask calls the client and returns what it answered.
func ask(ctx context.Context, c *Conn) string {
	var answer string
	err := c.Call(ctx, "ask", []string{"?"}, &answer)
	return fmt.Sprint(answer, " ", err)
}

func TestResponses(t *testing.T) {
	tests := []struct{ response, want string }{
		{`{"jsonrpc":"2.0","id":1,"result":"yes"}`, "yes <nil>"},
		{`{"jsonrpc":"2.0","id":1,"result":"yes","error":null}`, "yes <nil>"},
		{`{"jsonrpc":"2.0","id":1,"result":null}`, " <nil>"},
		{`{"jsonrpc":"2.0","id":1}`, " <nil>"},
		{`{"jsonrpc":"2.0","id":1,"result":7}`, " ask: result: json: cannot unmarshal number into Go value of type string"},
		{`{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"unknown"}}`, " ask: unknown (-32601)"},
		{`{"jsonrpc":"2.0","id":1,"error":"unknown"}`, " ask: malformed error response (-32001)"},
	}
	for _, test := range tests {
		t.Run(test.response, bubbled(func(t *testing.T) {
			p := connect(t, echo)
			answer := make(chan string, 1)
			go func() { answer <- ask(t.Context(), p.conn) }()
			p.want(`{"jsonrpc":"2.0","id":1,"method":"ask","params":["?"]}`)
			// None of these is the response, and none is answered.
			p.send(result("2", "1"), result(`"1"`, "1"), result("null", "1"), `{"jsonrpc":"2.0","id":null,"error":{}}`, `{"error":{}}`)
			p.send(test.response, test.response)
			if got, _ := await(t, answer); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			synctest.Wait() // whatever is answered is answered before the end
			p.send(request(`"end"`, "m", "{}"))
			for got := p.next(); got != result(`"end"`, "{}"); got = p.next() {
				// Once the call is answered, a message with its id and nothing else is a bad one.
				if test.response != `{"jsonrpc":"2.0","id":1}` {
					t.Errorf("a response was answered with %s", got)
				}
			}
		}))
	}
}

func TestCallErrorKeepsItsCode(t *testing.T) {
	bubbled(func(t *testing.T) {
		p := connect(t, echo)
		failure := make(chan error, 1)
		go func() { failure <- p.conn.Call(t.Context(), "ask", nil, nil) }()
		p.want(`{"jsonrpc":"2.0","id":1,"method":"ask"}`)
		p.send(`{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"unknown","data":"d"}}`)
		err, _ := await(t, failure)
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Code != MethodNotFound || e.Message != "unknown" || e.Data != "d" {
			t.Fatalf("got %#v", err)
		}
	})(t)
}

func TestCallCancelled(t *testing.T) {
	bubbled(func(t *testing.T) {
		p := connect(t, echo)
		ctx, stop := context.WithCancel(t.Context())
		answer := make(chan string, 1)
		go func() { answer <- ask(ctx, p.conn) }()
		p.want(`{"jsonrpc":"2.0","id":1,"method":"ask","params":["?"]}`)
		stop()
		p.want(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}`)
		if got, _ := await(t, answer); got != " context canceled" {
			t.Errorf("got %s", got)
		}
		if got := ask(ctx, p.conn); got != " context canceled" {
			t.Errorf("a call with a context that has ended got %s", got)
		}
		if len(p.conn.calls) > 0 {
			t.Error("the call still counts as unanswered")
		}
		p.send(`{"jsonrpc":"2.0","id":1,"error":{"code":-32800,"message":"cancelled"}}`, request("1", "m", "{}"))
		p.want(result("1", "{}")) // and nothing sent for the second call
		p.send(result("2", "1"), request("1", "m", "{}"))
		p.want(result("1", "{}"))
		if got, want := p.log.String(), "response to no call, id \"2\"\n"; got != want {
			t.Errorf("the log is %q, want %q: the answer to a cancelled call is one", got, want)
		}
	})(t)
}

func TestCannotSend(t *testing.T) {
	bubbled(func(t *testing.T) {
		p := connect(t, echo)
		if err := p.conn.Notify("m", make(chan int)); err == nil || errors.Is(err, ErrClosed) {
			t.Errorf("Notify: %v", err)
		}
		if err := p.conn.Call(t.Context(), "m", make(chan int), nil); err == nil || errors.Is(err, ErrClosed) {
			t.Errorf("Call: %v", err)
		}
		p.send(request("1", "m", "{}"))
		p.want(result("1", "{}"))
	})(t)
}

// few makes room for about n small messages.
func few(n int) func(*Conn) {
	return func(c *Conn) { c.limit = n * (overhead + 100) }
}

func TestFullQueue(t *testing.T) {
	// edits are more notifications than have room.
	edits := strings.Repeat(string(frame([]byte(notification("edit", "{}")))), 50)

	t.Run("reader waits for the dispatcher", bubbled(func(t *testing.T) {
		hold := make(chan struct{})
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			if m.Method == "hold" {
				<-hold
			}
			return nil
		}, few(10))
		p.send(notification("hold", "{}"))
		written := make(chan struct{})
		go func() {
			// More than fits in the reader's buffer, so that the write shows whether it reads.
			p.raw(strings.Repeat(edits, 20))
			close(written)
		}()
		synctest.Wait()
		select {
		case <-written:
			t.Error("the reader takes in more than the limit")
		default:
		}
		if held := p.held(); held > p.conn.limit {
			t.Errorf("%d bytes held, limit %d", held, p.conn.limit)
		}
		close(hold)
		await(t, written)
		p.send(request("1", "m", "{}"))
		p.want(result("1", "null"))
	}))
	t.Run("a call from the first step is answered", bubbled(func(t *testing.T) {
		var p *peer
		edited := 0
		p = connect(t, func(ctx context.Context, m Message) func() (any, error) {
			switch m.Method {
			case "start":
				if got := ask(ctx, p.conn); got != "yes <nil>" {
					t.Errorf("got %s", got)
				}
			case "edit":
				edited++
			default:
				return returning(edited)
			}
			return nil
		}, few(10))
		p.send(notification("start", "{}"))
		p.next()
		p.raw(edits)
		p.send(request("1", "m", "{}")) // no room
		p.send(result("1", `"yes"`))
		p.wantCode("1", RequestFailed)
		p.send(request("1", "m", "{}")) // now there is
		p.want(result("1", "50"))
	}))
	t.Run("a call that starts while the reader waits is answered", bubbled(func(t *testing.T) {
		var p *peer
		call := make(chan struct{})
		p = connect(t, func(ctx context.Context, m Message) func() (any, error) {
			if m.Method == "start" {
				<-call
				if got := ask(ctx, p.conn); got != "yes <nil>" {
					t.Errorf("got %s", got)
				}
			}
			return nil
		}, few(10))
		p.send(notification("start", "{}"))
		written := make(chan struct{})
		go func() {
			p.raw(strings.Repeat(edits, 20))
			p.send(result("1", `"yes"`), request("1", "m", "{}"))
			close(written)
		}()
		synctest.Wait() // the reader waits now
		close(call)
		p.next()
		await(t, written)
		p.next()
	}))
	t.Run("many running requests", bubbled(func(t *testing.T) {
		p := connect(t, never, few(10))
		for i := range 20 {
			p.send(request(strconv.Itoa(i), "m", "{}"))
		}
		for i := 10; i < 20; i++ {
			p.wantCode(strconv.Itoa(i), RequestFailed)
		}
		for i := range 10 {
			p.send(cancel(strconv.Itoa(i))) // read, although there is no room
			p.wantCode(strconv.Itoa(i), RequestCancelled)
		}
		synctest.Wait()
		if held := p.held(); held != 0 {
			t.Errorf("%d bytes held after all is done", held)
		}
	}))
	t.Run("close while the reader waits", bubbled(func(t *testing.T) {
		hold := make(chan struct{})
		p := connect(t, func(context.Context, Message) func() (any, error) {
			<-hold
			return nil
		}, few(10))
		for range 9 {
			p.send(notification("edit", "{}"))
		}
		// Too large for the room that the message in hand will leave.
		p.send(notification("edit", `["`+strings.Repeat("x", 2*overhead)+`"]`))
		synctest.Wait()
		p.conn.Close()
		close(hold)
		if err := p.wantEnd(); err != nil {
			t.Error(err)
		}
	}))
}

func (p *peer) held() int {
	p.conn.mu.Lock()
	defer p.conn.mu.Unlock()
	return p.conn.held
}

// TestPeerThatDoesNotRead sends far more bad messages than there is room for answers.
func TestPeerThatDoesNotRead(t *testing.T) {
	bubbled(func(t *testing.T) {
		inR, inW := io.Pipe()
		outR, outW := io.Pipe()
		c := New(inR, outW, echo, nil)
		few(10)(c)
		end := make(chan error, 1)
		go func() { end <- c.Serve(t.Context()) }()
		const sent = 1000
		go func() {
			for range sent {
				inW.Write(frame([]byte("{}")))
			}
			inW.Close()
		}()
		// Nobody reads; the peer is slowed down, then reads and gets every answer.
		frames := newFrameReader(outR)
		for range sent {
			if body, err := frames.next(); err != nil || !strings.Contains(string(body), "-32600") {
				t.Fatalf("got %s, %v", body, err)
			}
			c.mu.Lock()
			if c.held > c.limit {
				t.Errorf("%d bytes held", c.held)
			}
			c.mu.Unlock()
		}
		if err, _ := await(t, end); err != nil {
			t.Error(err)
		}
	})(t)
}

// A recorder keeps each Write apart, and counts those that came while another was going on.
type recorder struct {
	busy     atomic.Bool
	overlaps atomic.Int32
	writes   []string
}

func (r *recorder) Write(b []byte) (int, error) {
	if !r.busy.CompareAndSwap(false, true) {
		r.overlaps.Add(1)
		return len(b), nil
	}
	defer r.busy.Store(false)
	runtime.Gosched()
	r.writes = append(r.writes, string(b))
	return len(b), nil
}

func TestWritesAreWholeFrames(t *testing.T) {
	bubbled(func(t *testing.T) {
		const n = 100
		var in strings.Builder
		for i := range n {
			in.Write(frame([]byte(request(strconv.Itoa(i), "m", `["ü<&>"]`))))
		}
		var out recorder
		c := New(strings.NewReader(in.String()), &out, echo, nil)
		var notifying sync.WaitGroup
		for range n {
			notifying.Go(func() {
				if err := c.Notify("n", []string{"ü<&>"}); err != nil {
					t.Error(err)
				}
			})
		}
		notifying.Wait()
		if err := c.Serve(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := out.overlaps.Load(); n > 0 {
			t.Fatalf("%d writes at the same time as another", n)
		}
		if len(out.writes) != 2*n {
			t.Fatalf("%d writes", len(out.writes))
		}
		for _, w := range out.writes {
			header, body, _ := strings.Cut(w, "\r\n\r\n")
			if header != "Content-Length: "+strconv.Itoa(len(body)) || !json.Valid([]byte(body)) {
				t.Fatalf("got %q", w)
			}
		}
	})(t)
}

func TestEnd(t *testing.T) {
	t.Run("stream closed", bubbled(func(t *testing.T) {
		p := connect(t, never)
		p.send(request("1", "m", "{}"))
		p.in.Close()
		p.wantCode("1", RequestCancelled)
		if err := p.wantEnd(); err != nil {
			t.Error(err)
		}
	}))
	t.Run("what was sent before the end is handled", bubbled(func(t *testing.T) {
		hold := make(chan struct{})
		var methods []string
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			if methods = append(methods, m.Method); m.Method == "hold" {
				<-hold
			}
			return nil
		})
		p.send(notification("hold", "{}"), request("1", "shutdown", "{}"), notification("exit", "{}"))
		p.in.Close()
		synctest.Wait()
		close(hold)
		p.want(result("1", "null"))
		if err := p.wantEnd(); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(methods); got != "[hold shutdown exit]" {
			t.Errorf("handled %s", got)
		}
	}))
	t.Run("frame cut off", bubbled(func(t *testing.T) {
		p := connect(t, echo)
		p.raw("Content-Length: 100\r\n\r\n{}")
		p.in.Close()
		p.wantCode("null", ParseError)
		if err := p.wantEnd(); err != nil {
			t.Error(err)
		}
	}))
	t.Run("handlers that do not end", bubbled(func(t *testing.T) {
		for _, method := range []string{"first", "second"} {
			stuck := make(chan struct{})
			p := connect(t, func(_ context.Context, m Message) func() (any, error) {
				if m.Method == "first" {
					<-stuck
				}
				return func() (any, error) {
					<-stuck
					return nil, nil
				}
			})
			p.send(request("1", method, "{}"))
			p.in.Close()
			if err := p.wantEnd(); err != nil { // although it is stuck
				t.Error(err)
			}
			if log := p.log.String(); !strings.Contains(log, "1 requests unanswered") {
				t.Errorf("log: %s", log)
			}
			close(stuck)
			synctest.Wait()
			if got, ok := <-p.got; ok {
				t.Errorf("written after the end: %s", got)
			}
		}
	}))
	t.Run("read error", bubbled(func(t *testing.T) {
		broken := errors.New("broken")
		c := New(iotest.ErrReader(broken), io.Discard, echo, nil)
		if err := c.Serve(t.Context()); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}))
	t.Run("context", bubbled(func(t *testing.T) {
		inR, inW := io.Pipe()
		defer inW.Close()
		orphaned := errors.New("orphaned")
		ctx, stop := context.WithCancelCause(t.Context())
		c := New(inR, io.Discard, echo, nil)
		stop(orphaned)
		if err := c.Serve(ctx); err != orphaned {
			t.Errorf("got %v", err)
		}
	}))
	t.Run("close with requests running", bubbled(func(t *testing.T) {
		var p *peer
		p = connect(t, func(ctx context.Context, m Message) func() (any, error) {
			if m.Method == "exit" {
				p.conn.Close()
				p.conn.Close()
				return nil
			}
			return never(ctx, m)
		})
		p.send(request("1", "m", "{}"), request("2", "m", "{}"), notification("exit", "{}"), request("3", "late", "{}"))
		if err := p.wantEnd(); err != nil { // although the stream is open
			t.Error(err)
		}
		for got := range p.got {
			if strings.Contains(got, `"id":3`) {
				t.Errorf("handled after the end: %s", got)
			}
		}
	}))
	t.Run("write error", bubbled(func(t *testing.T) {
		inR, inW := io.Pipe()
		defer inW.Close()
		outR, outW := io.Pipe()
		broken := errors.New("broken")
		outR.CloseWithError(broken)
		c := New(inR, outW, never, nil)
		end := make(chan error, 1)
		go func() { end <- c.Serve(t.Context()) }()
		inW.Write(frame([]byte(request("1", "m", "{}"))))
		if err := c.Notify("m", nil); !errors.Is(err, broken) {
			t.Errorf("Notify: %v", err)
		}
		if err, _ := await(t, end); !errors.Is(err, broken) {
			t.Errorf("Serve: %v", err)
		}
		if err := c.Notify("m", nil); err != ErrClosed {
			t.Errorf("Notify after the end: %v", err)
		}
	}))
	t.Run("nothing follows a write that failed", bubbled(func(t *testing.T) {
		broken := errors.New("broken")
		out := &brokenWriter{err: broken}
		c := New(strings.NewReader(""), out, echo, nil)
		if err := c.Notify("m", nil); !errors.Is(err, broken) {
			t.Errorf("first: %v", err)
		}
		if err := c.Notify("m", nil); err != ErrClosed || out.writes != 1 {
			t.Errorf("second: %v, %d writes", err, out.writes)
		}
	}))
	t.Run("nothing more is read", bubbled(func(t *testing.T) {
		p := connect(t, echo)
		synctest.Wait()
		p.conn.Close()
		p.wantEnd()
		p.send(notification("m", "{}")) // the reader was waiting for this one
		written := make(chan error, 1)
		go func() {
			_, err := p.in.Write([]byte("\n"))
			written <- err
		}()
		synctest.Wait()
		p.in.Close()
		if err, _ := await(t, written); err != io.ErrClosedPipe {
			t.Errorf("a byte was read after the end: %v", err)
		}
	}))
	t.Run("calls", bubbled(func(t *testing.T) {
		for _, end := range []func(*peer){
			func(p *peer) { p.in.Close() },
			func(p *peer) { p.conn.Close() },
		} {
			p := connect(t, echo)
			answer := make(chan string, 1)
			go func() { answer <- ask(context.Background(), p.conn) }()
			p.next()
			end(p)
			if got, _ := await(t, answer); got != " "+ErrClosed.Error() {
				t.Errorf("unanswered call: %s", got)
			}
			p.wantEnd()
			if got := ask(context.Background(), p.conn); got != " "+ErrClosed.Error() {
				t.Errorf("later call: %s", got)
			}
			if err := p.conn.Notify("m", nil); err != ErrClosed {
				t.Errorf("later notification: %v", err)
			}
		}
	}))
	t.Run("a call in the first step does not outlive the stream", bubbled(func(t *testing.T) {
		var p *peer
		p = connect(t, func(ctx context.Context, _ Message) func() (any, error) {
			return returning(ask(ctx, p.conn))
		})
		p.send(request("1", "m", "{}"), request("2", "m", "{}"))
		p.next()
		p.in.Close()
		p.wantSet(result("1", `" transport: connection closed"`), result("2", `" transport: connection closed"`))
		p.wantEnd()
	}))
}

// A brokenWriter fails on every write.
type brokenWriter struct {
	err    error
	writes int
}

func (w *brokenWriter) Write([]byte) (int, error) {
	w.writes++
	return 0, w.err
}

func TestLogMayNotify(t *testing.T) {
	bubbled(func(t *testing.T) {
		var p *peer
		p = connect(t, func(_ context.Context, m Message) func() (any, error) {
			if m.Method == "panic" {
				panic("boom")
			}
			return failed(errors.New("no network"))
		}, func(c *Conn) {
			c.log = func(string, ...any) {
				if err := p.conn.Notify("log", nil); err != nil {
					t.Error(err)
				}
			}
		})
		for _, body := range []string{"{", "{}", result("7", "1"), notification("panic", "{}"), notification("m", "{}")} {
			p.send(body)
			for p.next() != `{"jsonrpc":"2.0","method":"log"}` {
			}
		}
	})(t)
}

func TestLogHasNoSecrets(t *testing.T) {
	bubbled(func(t *testing.T) {
		const secret = "pnu_0123456789"
		params := `{"key":"` + secret + `"}`
		p := connect(t, func(_ context.Context, m Message) func() (any, error) {
			switch m.Method {
			case "panic":
				panic(string(m.Params))
			case "result":
				return returning(json.RawMessage(string(m.Params) + "!"))
			}
			return returning(m.Params)
		})
		for i, body := range []string{
			request("1", "panic", params), request("2", "result", params), request("3", "m", params),
			notification("panic", params), notification("m", `"`+secret+`"`),
			`{"jsonrpc":"2.0","id":` + params + `,"method":"m"}`, `[` + params + `]`, params, params + "!", "!" + params,
			result("7", params), `{"jsonrpc":"2.0","id":8,"error":` + params + `}`,
		} {
			p.send(body, request(strconv.Itoa(100+i), "m", "{}"))
			for p.next() != result(strconv.Itoa(100+i), "{}") {
			}
		}
		p.raw("Key: " + secret + "\r\nContent-Length: " + secret + "\r\n\r\n" + params)
		p.in.Close()
		p.wantEnd()
		log := p.log.String()
		if len(log) < 500 {
			t.Errorf("the log is too short to prove anything: %s", log)
		}
		if strings.Contains(log, secret) {
			t.Errorf("a secret is in the log:\n%s", log)
		}
	})(t)
}
