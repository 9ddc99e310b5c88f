//go:build faulty

package server

import (
	"encoding/json"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// faults are methods that misbehave, so that tests can see the rest of the server live on.
func faults() lsp.CustomRequestHandlers {
	return lsp.CustomRequestHandlers{
		"test/panic": {Func: func(*glsp.Context, json.RawMessage) (any, error) { panic("pnu_0123456789abcdefghijklmnopqrstuvwxyz") }},
		"test/wait":  {Func: func(c *glsp.Context, _ json.RawMessage) (any, error) { <-c.Context.Done(); return nil, c.Context.Err() }},
	}
}
