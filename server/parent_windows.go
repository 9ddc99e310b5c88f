package server

import "os"

// waitFor returns a channel that is closed when process pid is gone; false if it is not there now.
func waitFor(pid int) (<-chan struct{}, bool) {
	process, err := os.FindProcess(pid)
	if err != nil {
		return nil, false
	}
	gone := make(chan struct{})
	go func() {
		_, _ = process.Wait() // an error too means that there is nothing to wait for
		close(gone)
	}()
	return gone, true
}
