package server

import (
	"context"
	"sync"
	"time"
)

// recheck is when the connection is checked again, if the person lets the server do so.
type recheck struct {
	sync.Mutex
	minute time.Duration // what the setting counts in
	timer  *time.Timer   // nil while nothing is planned
}

// planCheck goes by the settings: it checks the connection now, and again after the interval that they set; or not at all.
func (s *Server) planCheck(context.Context) error {
	settings := s.session.Snapshot().Settings
	s.recheck.Lock()
	defer s.recheck.Unlock()
	if s.recheck.timer != nil {
		s.recheck.timer.Stop()
		s.recheck.timer = nil
	}
	interval := time.Duration(settings.Network.CheckInterval) * s.recheck.minute
	if interval <= 0 || settings.Offline() || s.state.Load() != initialized {
		return nil
	}
	s.recheck.timer = time.AfterFunc(interval, func() { s.start("plan the next check", s.planCheck) })
	s.start("check the connection", func(ctx context.Context) error {
		for _, folder := range s.session.Snapshot().InUse() {
			s.desk.Recheck(ctx, folder)
		}
		return nil
	})
	return nil
}

func (s *Server) endChecks() {
	s.recheck.Lock()
	defer s.recheck.Unlock()
	if s.recheck.timer != nil {
		s.recheck.timer.Stop()
	}
}
