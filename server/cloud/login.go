package cloud

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	loginTimeout = 5 * time.Minute
	maxLogin     = 64 << 10 // bytes of what the browser sends
)

// AuthURL is the page of Prefect Cloud that asks the person for approval and then sends a key to the callback. The ui is
// PREFECT_CLOUD_UI_URL.
func AuthURL(ui, callback string) string {
	escaped := strings.ReplaceAll(url.QueryEscape(callback), "%2F", "/") // as Python quotes
	return strings.TrimRight(ui, "/") + "/auth/client?callback=" + escaped
}

// A Listener waits on this computer for the browser to bring the key of a login. It takes one answer, only of the page of
// Prefect Cloud and only from this computer, lasts five minutes at most, and then closes itself.
type Listener struct {
	origin  string // of Prefect Cloud's pages
	port    int
	server  *http.Server
	expired context.Context // ends with the listener
	end     context.CancelFunc
	closed  chan struct{} // closed when nobody is listened to any more
	answers chan answer   // holds one

	mu    sync.Mutex // guards what follows
	taken bool       // an answer has come
	hosts []string   // by which a browser may name the listener
}

// An answer is what the browser brought.
type answer struct {
	key Key
	err error
}

// Listen opens a listener for a login at ui, which is PREFECT_CLOUD_UI_URL. It closes when ctx ends, or when Wait or Close is done.
// Its error is an [*Error] with reason [BadAddress] or [NoListener].
func Listen(ctx context.Context, ui string) (*Listener, error) {
	return listenFor(ctx, ui, loginTimeout)
}

func listenFor(ctx context.Context, ui string, lasting time.Duration) (*Listener, error) {
	page, err := parseAddress(ui)
	if err != nil {
		return nil, err
	}
	sockets, port, err := listenLocally(ctx)
	if err != nil {
		return nil, &Error{Reason: NoListener, Detail: err.Error()}
	}
	l := &Listener{origin: originOf(page), port: port, answers: make(chan answer, 1), closed: make(chan struct{})}
	local := ":" + strconv.Itoa(port)
	l.hosts = []string{"localhost" + local, "127.0.0.1" + local, "[::1]" + local}
	l.expired, l.end = context.WithTimeout(ctx, lasting)
	l.server = &http.Server{
		Handler:           l,
		ReadTimeout:       timeout,
		ReadHeaderTimeout: timeout,
		WriteTimeout:      timeout,
		MaxHeaderBytes:    maxLogin,
		ErrorLog:          log.New(io.Discard, "", 0), // what strangers send is nobody's news
	}
	for _, socket := range sockets {
		go func() { _ = l.server.Serve(socket) }() // ends when it is closed
	}
	context.AfterFunc(l.expired, l.shutDown)
	return l, nil
}

// listenLocally takes one port of both 127.0.0.1 and ::1, as localhost may mean either and nobody else shall get the answer.
// A computer without IPv6 has only the first.
func listenLocally(ctx context.Context) (sockets []net.Listener, port int, err error) {
	var config net.ListenConfig
	for range 10 {
		v4, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, 0, err
		}
		port = v4.Addr().(*net.TCPAddr).Port
		v6, err := config.Listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
		switch {
		case err == nil:
			return []net.Listener{v4, v6}, port, nil
		case !isTaken(err):
			return []net.Listener{v4}, port, nil
		}
		_ = v4.Close() // somebody else has the other half
	}
	return nil, 0, errors.New("no port is free on both 127.0.0.1 and ::1")
}

// Port is the port that is listened on.
func (l *Listener) Port() int { return l.port }

// Callback is the address of the listener for [AuthURL], as a browser on this computer sees it.
func (l *Listener) Callback() string { return "http://localhost:" + strconv.Itoa(l.port) }

// Forwarded says that a browser elsewhere reaches the listener at another address, which something forwards to this computer.
func (l *Listener) Forwarded(external *url.URL) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hosts = append(l.hosts, external.Host)
}

// Wait returns the key that the browser brought; it has not been verified. It closes the listener. Its error is an [*Error] with
// reason [Denied], [NoAnswer] or [Cancelled], or one of [ParseKey].
func (l *Listener) Wait(ctx context.Context) (Key, error) {
	defer l.Close()
	select {
	case a := <-l.answers:
		return a.key, a.err
	case <-ctx.Done():
		return Key{}, ended(ctx)
	case <-l.expired.Done():
	}
	select {
	case a := <-l.answers: // it came at the last moment
		return a.key, a.err
	default:
		return Key{}, ended(l.expired)
	}
}

func ended(ctx context.Context) *Error {
	e := &Error{Reason: Cancelled, cause: ctx.Err()}
	if errors.Is(e.cause, context.DeadlineExceeded) {
		e.Reason = NoAnswer
	}
	return e
}

// Close stops listening, when what is being answered is answered. It may be called more than once.
func (l *Listener) Close() {
	l.end()
	<-l.closed
}

func (l *Listener) shutDown() {
	defer close(l.closed)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if l.server.Shutdown(ctx) != nil {
		_ = l.server.Close() // who is slow has had a second
	}
}

// ServeHTTP implements [http.Handler]: POST /success and POST /failure, and the question beforehand whether a page may.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !l.isOurs(r) {
		http.Error(w, "This is not for you.", http.StatusForbidden)
		return
	}
	header := w.Header()
	header.Set("Access-Control-Allow-Origin", l.origin)
	header.Set("Vary", "Origin")
	header.Set("Cache-Control", "no-store")
	if r.URL.Path != "/success" && r.URL.Path != "/failure" {
		http.Error(w, "There is nothing here.", http.StatusNotFound)
		return
	}
	switch r.Method {
	case http.MethodOptions:
		header.Set("Access-Control-Allow-Methods", http.MethodPost)
		header.Set("Access-Control-Allow-Headers", "Content-Type")
		header.Set("Access-Control-Allow-Private-Network", "true")
		w.WriteHeader(http.StatusNoContent)
	case http.MethodPost:
		l.take(w, r)
	default:
		header.Set("Allow", "POST, OPTIONS")
		http.Error(w, "Only POST is understood.", http.StatusMethodNotAllowed)
	}
}

// isOurs reports whether a request comes from this computer, is meant for this computer (and did not get here by a name that
// somebody lets point here), and is made by a page of Prefect Cloud.
func (l *Listener) isOurs(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !IsLoopback(host) || r.Header.Get("Origin") != l.origin {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, known := range l.hosts {
		if strings.EqualFold(r.Host, known) {
			return true
		}
	}
	return false
}

// take takes the answer of the browser.
func (l *Listener) take(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "Only JSON is understood.", http.StatusUnsupportedMediaType)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxLogin))
	if err != nil {
		http.Error(w, "This is too much, or not all of it came.", http.StatusRequestEntityTooLarge)
		return
	}
	var said struct {
		Key    *string `json:"api_key"`
		Reason *string `json:"reason"`
	}
	failed := r.URL.Path == "/failure"
	if json.Unmarshal(body, &said) != nil || failed && said.Reason == nil || !failed && said.Key == nil {
		http.Error(w, "This is not an answer.", http.StatusUnprocessableEntity)
		return
	}
	a := answer{}
	if failed {
		a.err = &Error{Reason: Denied, Detail: clean(*said.Reason, nil)}
	} else {
		a.key, a.err = ParseKey(*said.Key)
	}
	if !l.isFirst() {
		http.Error(w, "An answer has been given already.", http.StatusConflict)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, "null") // as Prefect answers
	l.answers <- a
}

// isFirst reports whether no answer has been taken, and from then on one has.
func (l *Listener) isFirst() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := !l.taken
	l.taken = true
	return first
}

// isTaken reports whether an address could not be listened on because somebody else does. 10048 is Windows' number for it.
func isTaken(err error) bool {
	number, _ := errors.AsType[syscall.Errno](err)
	return number == syscall.EADDRINUSE || number == 10048
}

// originOf is an address as a browser names its page as the origin of a request.
func originOf(page *url.URL) string {
	host := strings.ToLower(page.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := page.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[page.Scheme] {
		host += ":" + port
	}
	return page.Scheme + "://" + host
}
