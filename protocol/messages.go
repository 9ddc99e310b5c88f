package protocol

import (
	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// InitializeParams are glsp's with what LSP 3.17 added and the server uses.
type InitializeParams struct {
	lsp317.InitializeParams

	Capabilities ClientCapabilities `json:"capabilities"`
}

// ClientCapabilities are glsp's with the position encodings of LSP 3.17.
type ClientCapabilities struct {
	lsp317.ClientCapabilities

	General struct {
		PositionEncodings []Encoding `json:"positionEncodings"`
	} `json:"general"`
}

// ServerCapabilities are glsp's with the position encoding that was agreed on.
type ServerCapabilities struct {
	lsp317.ServerCapabilities

	PositionEncoding Encoding `json:"positionEncoding,omitempty"`
}

// InitializeResult is the answer to "initialize".
type InitializeResult struct {
	Capabilities ServerCapabilities              `json:"capabilities"`
	ServerInfo   *lsp.InitializeResultServerInfo `json:"serverInfo,omitempty"`
}

// Agree chooses how positions are counted. UTF-8 is what our offsets are, so it is taken where it is offered.
func (c ClientCapabilities) Agree() Encoding {
	for _, wanted := range []Encoding{UTF8, UTF16, UTF32} {
		for _, offered := range c.General.PositionEncodings {
			if offered == wanted {
				return wanted
			}
		}
	}
	return UTF16
}
