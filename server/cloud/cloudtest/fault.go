package cloudtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// A Fault stands in front of what would answer a request, and may answer something else, late, or not at all.
type Fault func(next http.Handler) http.Handler

// planned is a fault that is due.
type planned struct {
	prefix string
	left   int // how often; negative for ever
	fault  Fault
}

// Always is as many times as it takes.
const Always = -1

// Fail puts a fault in front of all paths that start with a prefix, for the next requests or [Always]. Of several faults, the one
// that was put there first is due.
func (c *Cloud) Fail(prefix string, times int, fault Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, &planned{prefix, times, fault})
}

// Heal removes all faults.
func (c *Cloud) Heal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = nil
}

// due is the fault for the next request at a path, or nil.
func (c *Cloud) due(path string) Fault {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.faults {
		if p.left != 0 && strings.HasPrefix(path, p.prefix) {
			p.left--
			return p.fault
		}
	}
	return nil
}

// Answer answers with a status, a body, and headers given as name, value, name, value.
func Answer(status int, body string, header ...string) Fault {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, body)
		})
	}
}

// HTML answers as a server of pages does that is asked for an API, or a network that wants a login first.
func HTML() Fault {
	return Answer(http.StatusOK, "<!doctype html><title>Welcome</title>", "Content-Type", "text/html")
}

// Late answers as it should, but later.
func Late(by time.Duration) Fault {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			timer := time.NewTimer(by)
			defer timer.Stop()
			select {
			case <-timer.C:
				next.ServeHTTP(w, r)
			case <-r.Context().Done():
			}
		})
	}
}

// Stall begins to answer and does not go on until who asked is gone.
func Stall() Fault {
	return begun(func(r *http.Request) { <-r.Context().Done() })
}

// Cut begins to answer and closes the connection.
func Cut() Fault {
	return begun(func(*http.Request) {})
}

func begun(then func(*http.Request)) Fault {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = fmt.Fprint(w, "[{")
			_ = http.NewResponseController(w).Flush()
			then(r)
			panic(http.ErrAbortHandler)
		})
	}
}
