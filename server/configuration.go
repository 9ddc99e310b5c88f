package server

import (
	"context"
	"encoding/json"
	"errors"

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
	return s.configure(settings)
}

// watchConfiguration asks the client to say when our settings change.
func (s *Server) watchConfiguration(ctx context.Context) error {
	return s.client.Call(ctx, lsp.ServerClientRegisterCapability, lsp.RegistrationParams{
		Registrations: []lsp.Registration{{
			ID:              lsp.MethodWorkspaceDidChangeConfiguration,
			Method:          lsp.MethodWorkspaceDidChangeConfiguration,
			RegisterOptions: map[string]string{"section": protocol.SettingsSection},
		}},
	}, nil)
}

func (s *Server) pullConfiguration(ctx context.Context) error {
	var sections []json.RawMessage
	params := lsp.ConfigurationParams{Items: []lsp.ConfigurationItem{{Section: new(protocol.SettingsSection)}}}
	if err := s.client.Call(ctx, lsp.ServerWorkspaceConfiguration, params, &sections); err != nil {
		return err
	}
	if len(sections) == 0 {
		return nil
	}
	return s.configure(sections[0])
}

// configure puts settings into effect and shows every open file by them. What is wrong with them goes to the
// client's log, where people look when a setting does nothing.
func (s *Server) configure(raw json.RawMessage) error {
	settings, problems := protocol.ReadSettings(raw)
	snap := s.session.Configure(settings)
	SetLogLevel(settings.Server.LogLevel)
	var err error
	for _, problem := range problems {
		message := lsp.LogMessageParams{Type: lsp.MessageTypeWarning, Message: problem}
		err = errors.Join(err, s.client.Notify(lsp.ServerWindowLogMessage, message))
	}
	for uri := range snap.Documents() {
		err = errors.Join(err, s.publish(snap, uri))
	}
	return err
}
