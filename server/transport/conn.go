package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
)

const (
	// maxHeld is the limit, in bytes, for all messages taken in and not yet done with.
	maxHeld = 256 << 20
	// overhead is what a message costs on top of its own bytes: a goroutine, above all.
	overhead = 4 << 10
	// grace is how long Serve waits, at its end, for those who should end by themselves.
	grace = 500 * time.Millisecond
)

// ErrClosed is the error of a [Conn.Notify] or [Conn.Call] whose peer is gone.
var ErrClosed = errors.New("transport: connection closed")

// errPanic is the answer to a request whose handler panicked.
var errPanic = &Error{Code: InternalError, Message: "internal error"}

// A Handler takes in one message of the peer. It is called for one message at a time, in the order
// of arrival. The function it returns is run concurrently with all that follows: for a request its
// result is the reply; of a notification only the error is used, for the log. It may be nil if
// nothing is left to do, which replies null to a request.
//
// The context of a request ends when the peer cancels it, when it is answered and with the
// connection; that of a notification ends with the connection.
//
// An [*Error] is sent as it is. Any other error becomes RequestCancelled if the context has ended,
// and else RequestFailed with the error's text. A panic becomes InternalError.
//
// The Handler and its function may Call the peer and wait, but a wait in the Handler itself holds
// up all later messages. It must not wait for the function of another message.
type Handler func(ctx context.Context, m Message) (finish func() (any, error))

// A Conn is one side of a JSON-RPC 2.0 connection. All methods may be called concurrently.
type Conn struct {
	frames *frameReader
	handle Handler
	log    func(format string, args ...any)
	limit  int           // see maxHeld
	grace  time.Duration // see grace

	writing sync.Mutex // held for the length of a write to out
	out     io.Writer

	tasks sync.WaitGroup // the dispatcher and what it started; only the dispatcher adds to it
	done  chan struct{}  // closed by end

	mu       sync.Mutex
	changed  sync.Cond // signals every change of the following fields
	queue    []*incoming
	held     int                           // bytes, see maxHeld
	inFlight map[string]context.CancelFunc // the peer's unanswered requests by id
	calls    map[int64]chan<- envelope     // ours
	lastCall int64
	heard    bool  // nothing more will be read
	ended    bool  // nothing more is dispatched
	muted    bool  // nothing more is written
	err      error // what Serve returns; fixed once ended
}

// An incoming is a message, or the refusal of one, on its way through the queue.
type incoming struct {
	Message
	ctx     context.Context
	cancel  context.CancelFunc // nil unless it stands in Conn.inFlight
	refusal *Error
	cost    int // bytes, see maxHeld
}

// New returns a connection that reads from in and writes to out. Nothing is read until [Conn.Serve].
// Log may be nil. It is called concurrently, with no lock held, so it may Notify the peer.
func New(in io.Reader, out io.Writer, handle Handler, log func(format string, args ...any)) *Conn {
	if log == nil {
		log = func(string, ...any) {}
	}
	c := &Conn{
		frames:   newFrameReader(in),
		handle:   handle,
		log:      log,
		limit:    maxHeld,
		grace:    grace,
		out:      out,
		done:     make(chan struct{}),
		inFlight: map[string]context.CancelFunc{},
		calls:    map[int64]chan<- envelope{},
	}
	c.changed.L = &c.mu
	return c
}

// Serve reads and handles messages until the connection ends, and is called once. It returns nil
// when the peer has closed the stream or [Conn.Close] was called, the cause of ctx when that has
// ended, and else the error that made reading or writing impossible.
//
// At the end of the stream, what was sent before it is still handed to the Handler. Then, as at
// every end, running requests are cancelled and for a short while waited for. The goroutine that
// reads may outlive Serve, until its Read returns.
func (c *Conn) Serve(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	heard := make(chan error, 1)
	go func() { heard <- c.read(ctx) }()
	dispatched := make(chan struct{})
	c.tasks.Go(func() {
		defer close(dispatched)
		c.dispatch(ctx)
	})

	var err error
	select {
	case <-c.done:
	case <-ctx.Done():
		err = context.Cause(ctx)
	case err = <-heard:
		select {
		case <-dispatched:
		case <-c.done:
		case <-ctx.Done():
		case <-time.After(c.grace):
		}
	}
	c.end(err)
	cancel()
	c.settle()

	c.mu.Lock()
	defer c.mu.Unlock()
	c.muted = true
	return c.err
}

// Close ends Serve at once, whatever is running. It does not wait for that and may be called by a
// handler, many times.
func (c *Conn) Close() { c.end(nil) }

// Notify sends a notification; nil params are left out.
func (c *Conn) Notify(method string, params any) error {
	return c.send(call{Version: "2.0", Method: method, Params: params})
}

// Call sends a request, waits for the response and decodes its result into result, which may be nil.
// If the peer answers with an error, it is found in the returned one with errors.As. When ctx ends
// first, the peer is told to cancel and the error is that of ctx.
func (c *Conn) Call(ctx context.Context, method string, params, result any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	id, answer, err := c.register()
	if err != nil {
		return err
	}
	defer c.unregister(id)
	if err := c.send(call{Version: "2.0", ID: id, Method: method, Params: params}); err != nil {
		return err
	}
	select {
	case response, ok := <-answer:
		if !ok {
			return ErrClosed
		}
		return response.decode(method, result)
	case <-ctx.Done():
		// If this fails the connection has ended, and the peer is rid of the request anyway.
		_ = c.Notify("$/cancelRequest", map[string]int64{"id": id})
		return ctx.Err()
	}
}

// decode reads a response to a call of method.
func (e envelope) decode(method string, result any) error {
	if failure := e.failure(); failure != nil {
		// Wrapped, so that a handler which passes it on does not send the peer's error as its own.
		return fmt.Errorf("%s: %w", method, failure)
	}
	if result == nil || e.Result == nil {
		return nil
	}
	if err := json.Unmarshal(e.Result, result); err != nil {
		return fmt.Errorf("%s: result: %w", method, err)
	}
	return nil
}

func (c *Conn) register() (id int64, answer <-chan envelope, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.heard {
		return 0, nil, ErrClosed
	}
	c.lastCall++
	ch := make(chan envelope, 1)
	c.calls[c.lastCall] = ch
	c.changed.Broadcast() // the reader may be waiting for room: it must go on now
	return c.lastCall, ch, nil
}

func (c *Conn) unregister(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.calls, id)
}

// hangUp fails all calls, now and later: no response will come.
func (c *Conn) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = true
	for id, answer := range c.calls {
		close(answer)
		delete(c.calls, id)
	}
	c.changed.Broadcast()
}

// end makes Serve return err, unless it was about to return already.
func (c *Conn) end(err error) {
	c.mu.Lock()
	if !c.ended {
		c.ended, c.err = true, err
		close(c.done)
	}
	c.mu.Unlock()
	c.hangUp()
}

// settle waits for the dispatcher and for running requests, at most for the time of grace.
func (c *Conn) settle() {
	settled := make(chan struct{})
	go func() {
		c.tasks.Wait()
		close(settled)
	}()
	select {
	case <-settled:
	case <-time.After(c.grace):
		c.mu.Lock()
		n := len(c.inFlight)
		c.mu.Unlock()
		c.log("gave up waiting for handlers; %d requests unanswered", n)
	}
}

// read takes the stream apart until it ends. Only read errors are returned.
func (c *Conn) read(ctx context.Context) error {
	defer c.hangUp()
	for !c.over() {
		body, err := c.frames.next()
		switch {
		case err == nil:
			c.receive(ctx, body)
		case errors.Is(err, errNoLength), errors.Is(err, errTooLarge):
			c.refuse(json.RawMessage(null), &Error{Code: InvalidRequest, Message: err.Error()})
		case errors.Is(err, io.ErrUnexpectedEOF):
			c.refuse(json.RawMessage(null), &Error{Code: ParseError, Message: "the stream ended within a frame"})
			return nil
		case errors.Is(err, io.EOF):
			return nil
		default:
			return fmt.Errorf("transport: read: %w", err)
		}
	}
	return nil
}

func (c *Conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// receive acts on one body: at once if it is a response or a cancel, else by way of the queue.
func (c *Conn) receive(ctx context.Context, body []byte) {
	e, refusal := open(body)
	if refusal != nil {
		if refusal.Code == ParseError {
			c.frames.rescan()
		}
		c.refuse(json.RawMessage(null), refusal)
		return
	}
	if e.Method == nil && c.respond(e) {
		return
	}
	m, refusal := e.message()
	switch {
	case refusal != nil:
		c.refuse(e.replyID(), refusal)
	case m.Method == "$/cancelRequest" && !m.IsRequest():
		c.cancelRequest(m.Params)
	default:
		c.accept(ctx, m, len(body))
	}
}

// respond gives a response to the call that waits for it. It reports whether e is a response.
func (c *Conn) respond(e envelope) bool {
	answer, called := c.take(e.ID)
	switch {
	case answer != nil:
		answer <- e
	case e.Result == nil && e.Error == nil:
		return false
	case !called: // else the call was cancelled, which a peer answers as well
		c.log("response to no call, id %.40q", e.ID)
	}
	return true
}

// take returns the channel, with room for one response, of the call with this id, and forgets it. It is nil where no response is waited
// for; called tells whether there ever was such a call.
func (c *Conn) take(id json.RawMessage) (answer chan<- envelope, called bool) {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	answer = c.calls[n]
	delete(c.calls, n)
	return answer, 0 < n && n <= c.lastCall
}

func (c *Conn) cancelRequest(params json.RawMessage) {
	var target struct{ ID json.RawMessage }
	if json.Unmarshal(params, &target) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.inFlight[string(target.ID)]; cancel != nil {
		cancel()
	}
}

// accept queues a request or notification of size bytes.
func (c *Conn) accept(ctx context.Context, m Message, size int) {
	in := &incoming{Message: m, ctx: ctx, cost: size + overhead}
	if m.IsRequest() && !c.enter(in) {
		c.refuse(m.ID, &Error{Code: InvalidRequest, Message: "a request with this id is still unanswered"})
		return
	}
	if !c.enqueue(in) {
		c.leave(in)
		c.refuse(m.ID, &Error{Code: RequestFailed, Message: "too many requests are unanswered"})
	}
}

// enter makes a request known for cancels, before it queues, and reports whether its id is free.
func (c *Conn) enter(in *incoming) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := string(in.ID)
	if c.inFlight[id] != nil {
		return false
	}
	in.ctx, in.cancel = context.WithCancel(in.ctx)
	c.inFlight[id] = in.cancel
	return true
}

// leave undoes enter.
func (c *Conn) leave(in *incoming) {
	if in.cancel == nil {
		return
	}
	c.mu.Lock()
	delete(c.inFlight, string(in.ID))
	c.mu.Unlock()
	in.cancel()
}

// refuse answers what cannot be handled. The answer queues too, so that the reader need not wait
// for the peer to read it, unless so much is held that the peer had better be slowed down.
func (c *Conn) refuse(id json.RawMessage, refusal *Error) {
	c.log("refused a message with id %.40q: %s", id, refusal.Message)
	in := &incoming{Message: Message{ID: id}, refusal: refusal, cost: overhead}
	if !c.enqueue(in) {
		_ = c.write(encodeError(id, refusal))
	}
}

// enqueue puts in at the end of the queue. At the limit it first lets the dispatcher catch up, if
// that is sure to go on without what is still unread. It reports false if there is no room even
// so; a notification always finds room.
func (c *Conn) enqueue(in *incoming) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	full := func() bool { return c.held+in.cost > c.limit }
	for full() && len(c.queue) > 0 && len(c.calls) == 0 && !c.ended {
		c.changed.Wait()
	}
	if full() && in.IsRequest() {
		return false
	}
	c.held += in.cost
	c.queue = append(c.queue, in)
	c.changed.Broadcast()
	return true
}

// dequeue waits for the next message. It reports false when none will come.
func (c *Conn) dequeue() (*incoming, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.queue) == 0 && !c.heard && !c.ended {
		c.changed.Wait()
	}
	if len(c.queue) == 0 || c.ended {
		return nil, false
	}
	in := c.queue[0]
	c.queue[0] = nil
	c.queue = c.queue[1:]
	c.changed.Broadcast()
	return in, true
}

// free gives back the room that a message took.
func (c *Conn) free(in *incoming) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held -= in.cost
	c.changed.Broadcast()
}

// dispatch hands the queued messages to the handler, in order, and starts what it returns.
func (c *Conn) dispatch(ctx context.Context) {
	for ctx.Err() == nil {
		in, ok := c.dequeue()
		if !ok {
			return
		}
		finish := c.begin(in)
		if finish == nil && !in.IsRequest() {
			c.free(in)
			continue
		}
		c.tasks.Go(func() { c.complete(in, finish) })
	}
}

// begin is the first step of a message, which is skipped if its end is already clear.
func (c *Conn) begin(in *incoming) (finish func() (any, error)) {
	if in.refusal != nil {
		return failed(in.refusal)
	}
	if err := in.ctx.Err(); err != nil {
		return failed(err)
	}
	if !c.guard(in.Method, func() { finish = c.handle(in.ctx, in.Message) }) {
		return failed(errPanic)
	}
	return finish
}

func failed(err error) func() (any, error) {
	return func() (any, error) { return nil, err }
}

// complete is the second step of a message, and the reply to a request.
func (c *Conn) complete(in *incoming, finish func() (any, error)) {
	defer c.free(in)
	var reply []byte
	if !c.guard(in.Method, func() { reply = c.reply(in, finish) }) {
		reply = encodeError(in.ID, errPanic)
	}
	if in.IsRequest() {
		c.leave(in) // first: with the reply in hand, the peer may use the id again
		_ = c.write(reply)
	}
}

// reply runs finish. It returns nil for a notification.
func (c *Conn) reply(in *incoming, finish func() (any, error)) []byte {
	var result any
	var err error
	if finish != nil {
		result, err = finish()
	}
	switch {
	case !in.IsRequest():
		if err != nil {
			c.log("notification %.80q: %v", in.Method, err)
		}
		return nil
	case err != nil:
		return encodeError(in.ID, in.failure(err))
	}
	reply, err := encodeResult(in.ID, result)
	if err != nil {
		c.log("request %.80q, id %.40q: a result of type %T cannot be encoded", in.Method, in.ID, result)
		return encodeError(in.ID, &Error{Code: InternalError, Message: "the result cannot be encoded"})
	}
	return reply
}

// failure is what the peer gets for err. A wrapped Error does not count as one.
func (in *incoming) failure(err error) *Error {
	if e, ok := err.(*Error); ok && e != nil { //nolint:errorlint // a wrapped one came from a Call and is the peer's own
		return e
	}
	if in.ctx.Err() != nil {
		return &Error{Code: RequestCancelled, Message: "cancelled"}
	}
	return &Error{Code: RequestFailed, Message: err.Error()}
}

// guard runs f and reports whether it returned. This is the one place where a panic of a handler
// ends.
func (c *Conn) guard(method string, f func()) (returned bool) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		// The value may quote what the handler worked on, unless the runtime made it.
		value := fmt.Sprintf("a value of type %T", p)
		if e, ok := p.(runtime.Error); ok {
			value = e.Error()
		}
		c.log("panic in %.80q: %s\n%s", method, value, debug.Stack())
	}()
	f()
	return true
}

func (c *Conn) send(message call) error {
	body, err := marshal(message)
	if err != nil {
		return fmt.Errorf("transport: %s: %w", message.Method, err)
	}
	return c.write(body)
}

// write sends one body as a frame, in a single Write. The first failure ends the connection.
func (c *Conn) write(body []byte) error {
	message := frame(body)
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	muted := c.muted
	c.mu.Unlock()
	if muted {
		return ErrClosed
	}
	if _, err := c.out.Write(message); err != nil {
		err = fmt.Errorf("transport: write: %w", err)
		c.mu.Lock()
		c.muted = true
		c.mu.Unlock()
		c.end(err)
		return err
	}
	return nil
}
