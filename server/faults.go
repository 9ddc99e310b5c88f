//go:build !faulty

package server

import lsp "github.com/tliron/glsp/protocol_3_16"

// faults are methods that misbehave. Only the binary that the tests build has some.
func faults() lsp.CustomRequestHandlers { return nil }
