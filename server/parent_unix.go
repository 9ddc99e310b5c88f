//go:build unix

package server

import (
	"errors"
	"syscall"
	"time"
)

// waitFor returns a channel that is closed when process pid is gone; false if it is not there now.
func waitFor(pid int) (<-chan struct{}, bool) {
	if pid <= 0 || !alive(pid) {
		return nil, false
	}
	gone := make(chan struct{})
	go func() {
		for alive(pid) {
			time.Sleep(parentInterval)
		}
		close(gone)
	}()
	return gone, true
}

func alive(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
