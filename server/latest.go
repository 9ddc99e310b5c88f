package server

import (
	"sync"
	"sync/atomic"
)

// A latest is something that is done by the state of the moment, such as to tell the client of it: one at a time, as the last one must
// have seen the latest state; and while one waits for its turn no other need, as it would see the same. A client that never
// answers holds up two of them and no more.
type latest struct {
	running sync.Mutex
	waiting atomic.Bool
}

// do does it, or leaves it to who waits already.
func (l *latest) do(deed func() error) error {
	if !l.waiting.CompareAndSwap(false, true) {
		return nil
	}
	l.running.Lock()
	defer l.running.Unlock()
	l.waiting.Store(false)
	return deed()
}
