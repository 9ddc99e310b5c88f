package server

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"prefect-ls/protocol"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// didChangeConfiguration takes new settings: those in the message, or for a client that wants to be asked, by asking.
func (s *Server) didChangeConfiguration(_ *glsp.Context, p *lsp.DidChangeConfigurationParams) error {
	if s.session.Snapshot().Client.Configuration {
		s.after(s.pullConfiguration)
		return nil
	}
	settings, err := json.Marshal(p.Settings)
	if err != nil {
		return err
	}
	s.after(s.refreshDiagnostics)
	s.after(s.refreshInlayHints)
	return s.configure(protocol.ReadSettings(settings))
}

// watchConfiguration asks the client to say when our settings change.
func (s *Server) watchConfiguration(ctx context.Context) error {
	return s.register(ctx, lsp.MethodWorkspaceDidChangeConfiguration, map[string]string{"section": protocol.SettingsSection})
}

// register asks the client for a service. Each method is registered once, under its own name.
func (s *Server) register(ctx context.Context, method string, options any) error {
	return s.client.Call(ctx, lsp.ServerClientRegisterCapability, lsp.RegistrationParams{
		Registrations: []lsp.Registration{{ID: method, Method: method, RegisterOptions: options}},
	}, nil)
}

// A pull is what the client is asked for last, and is waited for.
type pull struct {
	sync.Mutex
	supersede context.CancelFunc // nil before the first
}

// begin supersedes the pull before: its answer may be older than what the client would say now, or never come.
func (p *pull) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	p.Lock()
	defer p.Unlock()
	if p.supersede != nil {
		p.supersede()
	}
	p.supersede = cancel
	return ctx, cancel
}

// end takes the answer, unless it came too late.
func (p *pull) end(ctx context.Context, take func() error) error {
	p.Lock()
	defer p.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return take()
}

// pullConfiguration asks the client for the settings, and where it has several folders open, for those of each.
func (s *Server) pullConfiguration(ctx context.Context) error {
	latest, done := s.pull.begin(ctx)
	defer done()
	folders := s.session.Snapshot().Folders
	if len(folders) < 2 {
		folders = nil
	}
	items := []lsp.ConfigurationItem{{Section: new(protocol.SettingsSection)}}
	for _, uri := range folders {
		items = append(items, lsp.ConfigurationItem{ScopeURI: &uri, Section: new(protocol.SettingsSection)})
	}
	var sections []json.RawMessage
	err := s.client.Call(latest, lsp.ServerWorkspaceConfiguration, lsp.ConfigurationParams{Items: items}, &sections)
	if err == nil && len(sections) > 0 {
		err = s.pull.end(latest, func() error { return s.configureAll(folders, sections) })
	}
	switch {
	case latest.Err() != nil:
		return nil
	case err != nil || len(sections) == 0:
		return err
	}
	return errors.Join(s.refreshDiagnostics(ctx), s.inEffect(ctx), s.refreshInlayHints(ctx))
}

// configureAll puts the settings into effect that a client answered with: its own, and those of folders.
func (s *Server) configureAll(folders []string, sections []json.RawMessage) error {
	settings, problems := protocol.ReadSettings(sections[0])
	settings.Folders = map[string]protocol.Settings{}
	for i, section := range sections[1:min(len(sections), len(folders)+1)] {
		own, slips := protocol.ReadSettings(section)
		settings.Folders[folders[i]] = own
		problems = append(problems, slips...)
	}
	return s.configure(settings, problems)
}

// configure puts settings into effect and shows every open file by them. The problems with them go to the client's log, where people
// look when a setting does nothing; each slip once.
func (s *Server) configure(settings protocol.Settings, problems []string) error {
	before := s.session.Snapshot().Settings
	s.session.Configure(settings)
	if s.state.Load() == initialized && (before.Network != settings.Network || before.Untrusted != settings.Untrusted) {
		s.start("plan the next check", s.planCheck)
	}
	SetLogLevel(settings.Server.LogLevel)
	var err error
	for _, problem := range problems {
		if _, again := s.reported.LoadOrStore(problem, true); again {
			continue
		}
		message := lsp.LogMessageParams{Type: lsp.MessageTypeWarning, Message: problem}
		err = errors.Join(err, s.client.Notify(lsp.ServerWindowLogMessage, message))
	}
	return errors.Join(err, s.publishAll())
}
