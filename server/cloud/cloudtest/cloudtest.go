// Package cloudtest is a small Prefect Cloud for tests and for trying things out: its HTTP API with accounts, workspaces and keys, and
// the page in the browser that a login asks for approval. That it does what the real one does is shown by the real prefect command,
// which works with it. It can also do what the real one rarely does: fail.
package cloudtest

import (
	"bytes"
	"cmp"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Cloud is a running Prefect Cloud. It may be used by many goroutines at once.
type Cloud struct {
	URL string // where it is, such as http://127.0.0.1:40123

	server *http.Server
	routes *http.ServeMux

	mu       sync.Mutex // guards what follows
	keys     map[string]holder
	refusal  string
	faults   []*planned
	requests []Request
}

// A Request is one that arrived, whatever became of it.
type Request struct {
	Method string
	Path   string
	Header http.Header
	Body   string
}

// Start starts a Prefect Cloud at an address such as 127.0.0.1:4300; empty means any free port of 127.0.0.1.
func Start(address string) (*Cloud, error) {
	socket, err := net.Listen("tcp", cmp.Or(address, "127.0.0.1:0"))
	if err != nil {
		return nil, err
	}
	c := &Cloud{URL: "http://" + socket.Addr().String(), keys: holders()}
	c.routes = c.table()
	c.server = &http.Server{Handler: c, ReadHeaderTimeout: time.Minute}
	go func() { _ = c.server.Serve(socket) }() // ends when it is closed
	return c, nil
}

// Close stops it at once, also what it is in the middle of.
func (c *Cloud) Close() { _ = c.server.Close() }

// API is the PREFECT_CLOUD_API_URL.
func (c *Cloud) API() string { return c.URL + "/api" }

// UI is the PREFECT_CLOUD_UI_URL.
func (c *Cloud) UI() string { return c.URL }

// APIURL is the PREFECT_API_URL of a workspace with a handle such as acme/prod; empty if there is none.
func (c *Cloud) APIURL(handle string) string {
	for _, w := range workspaces() {
		if w.account.handle+"/"+w.handle == handle {
			return c.API() + "/accounts/" + w.account.id + "/workspaces/" + w.id
		}
	}
	return ""
}

// ServeHTTP implements [http.Handler].
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	c.record(Request{r.Method, r.URL.Path, r.Header.Clone(), string(body)})
	var next http.Handler = c.routes
	if fault := c.due(r.URL.Path); fault != nil {
		next = fault(next)
	}
	next.ServeHTTP(w, r)
}

func (c *Cloud) record(r Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, r)
}

// Requests are all that have arrived so far at paths that start with a prefix, in order.
func (c *Cloud) Requests(prefix string) []Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.requests), func(r Request) bool { return !strings.HasPrefix(r.Path, prefix) })
}
