package server

import "time"

// parentInterval is how often the parent process is looked for, where the system cannot say when it ends.
const parentInterval = 2 * time.Second

// watchParent ends the session when the process that started it is gone, as LSP asks of a server: an editor that
// crashed cannot say goodbye. A process that is not there to begin with lives in another container and is not watched.
func (s *Server) watchParent(pid int) {
	gone, ok := waitFor(pid)
	if !ok {
		return
	}
	go func() {
		<-gone
		s.log.Warning("the editor's process has ended")
		s.stop()
	}()
}
