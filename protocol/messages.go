package protocol

import (
	"slices"

	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// InitializeParams are glsp's with the client's capabilities as the server reads them.
type InitializeParams struct {
	lsp317.InitializeParams

	Capabilities ClientCapabilities `json:"capabilities"`
}

// ClientCapabilities are those of LSP 3.17 that make a difference to the server. What a client does not announce is false.
type ClientCapabilities struct {
	General struct {
		PositionEncodings []Encoding `json:"positionEncodings"`
	} `json:"general"`
	TextDocument struct {
		Completion struct {
			CompletionItem struct {
				SnippetSupport bool                            `json:"snippetSupport"`
				TagSupport     valueSet[lsp.CompletionItemTag] `json:"tagSupport"`
			} `json:"completionItem"`
		} `json:"completion"`
		Diagnostic     *struct{} `json:"diagnostic"` // what the client asks for, it does not want to be sent
		CodeAction     *struct{} `json:"codeAction"`
		DocumentSymbol struct {
			Hierarchical bool `json:"hierarchicalDocumentSymbolSupport"`
		} `json:"documentSymbol"`
		PublishDiagnostics struct {
			RelatedInformation bool                        `json:"relatedInformation"`
			TagSupport         valueSet[lsp.DiagnosticTag] `json:"tagSupport"`
		} `json:"publishDiagnostics"`
	} `json:"textDocument"`
	Workspace struct {
		Configuration          bool    `json:"configuration"`
		DidChangeConfiguration dynamic `json:"didChangeConfiguration"`
		DidChangeWatchedFiles  struct {
			dynamic
			RelativePatterns bool `json:"relativePatternSupport"`
		} `json:"didChangeWatchedFiles"`
		ApplyEdit      bool      `json:"applyEdit"`
		ExecuteCommand *struct{} `json:"executeCommand"`
		CodeLens       struct {
			RefreshSupport bool `json:"refreshSupport"`
		} `json:"codeLens"`
		WorkspaceEdit struct {
			DocumentChanges    bool                        `json:"documentChanges"`
			ResourceOperations []lsp.ResourceOperationKind `json:"resourceOperations"`
		} `json:"workspaceEdit"`
		Diagnostics struct {
			RefreshSupport bool `json:"refreshSupport"`
		} `json:"diagnostics"`
		InlayHint struct {
			RefreshSupport bool `json:"refreshSupport"`
		} `json:"inlayHint"`
	} `json:"workspace"`
	Window struct {
		ShowDocument struct {
			Support bool `json:"support"`
		} `json:"showDocument"`
		WorkDoneProgress bool `json:"workDoneProgress"`
	} `json:"window"`
	Experimental struct {
		PrefectStatus  bool `json:"prefectStatus"`  // it takes the notification [MethodStatus]
		PrefectDialogs bool `json:"prefectDialogs"` // it answers [MethodPick], [MethodInput] and [MethodCallback], and takes [MethodCopy]
		PrefectRemote  bool `json:"prefectRemote"`  // the person's browser runs on another machine than the server
		// The commands of its own that code actions may run, of those that docs/protocol.md explains.
		PrefectCommands []string `json:"prefectCommands"`
	} `json:"experimental"`
}

// A dynamic capability may be registered after the start.
type dynamic struct {
	Registration bool `json:"dynamicRegistration"`
}

// A valueSet lists the values that a client knows.
type valueSet[V comparable] struct {
	Values []V `json:"valueSet"`
}

// Has reports whether the client knows v.
func (s valueSet[V]) Has(v V) bool { return slices.Contains(s.Values, v) }

// Agree chooses how positions are counted. UTF-8 is what our offsets are, so it is taken where it is offered; otherwise the client's
// order decides.
func (c ClientCapabilities) Agree() Encoding {
	offered := c.General.PositionEncodings
	if slices.Contains(offered, UTF8) {
		return UTF8
	}
	known := func(e Encoding) bool { return e == UTF16 || e == UTF32 }
	if i := slices.IndexFunc(offered, known); i >= 0 {
		return offered[i]
	}
	return UTF16
}

// ServerCapabilities are glsp's with the position encoding that was agreed on.
type ServerCapabilities struct {
	lsp317.ServerCapabilities

	PositionEncoding  Encoding `json:"positionEncoding,omitempty"`
	InlayHintProvider bool     `json:"inlayHintProvider"`
}

// InitializeResult is the answer to "initialize".
type InitializeResult struct {
	Capabilities ServerCapabilities              `json:"capabilities"`
	ServerInfo   *lsp.InitializeResultServerInfo `json:"serverInfo,omitempty"`
}

// The methods of LSP 3.17 that glsp lacks.
const (
	MethodWorkspaceDiagnostic        = "workspace/diagnostic"
	MethodWorkspaceDiagnosticRefresh = "workspace/diagnostic/refresh"
	MethodInlayHint                  = "textDocument/inlayHint"
	MethodWorkspaceInlayHintRefresh  = "workspace/inlayHint/refresh"
)

// WorkspaceDiagnosticParams ask for the diagnostics of all documents.
type WorkspaceDiagnosticParams struct {
	PreviousResultIDs []PreviousResultID `json:"previousResultIds"`
}

// A PreviousResultID names what the client knows about a document.
type PreviousResultID struct {
	URI   string `json:"uri"`
	Value string `json:"value"`
}

// A WorkspaceDiagnosticReport says what is wrong with the documents that the client does not know all about.
type WorkspaceDiagnosticReport struct {
	Items []WorkspaceDocumentDiagnosticReport `json:"items"`
}

// A WorkspaceDocumentDiagnosticReport says all that is wrong with one document.
type WorkspaceDocumentDiagnosticReport struct {
	Kind     lsp317.DocumentDiagnosticReportKind `json:"kind"`
	ResultID string                              `json:"resultId,omitempty"`
	Items    []lsp.Diagnostic                    `json:"items"` // never nil
	URI      string                              `json:"uri"`
	Version  *int32                              `json:"version"` // null for a file that is not open
}

// A RelativePattern is a glob pattern for files in one folder, wherever that lies.
type RelativePattern struct {
	BaseURI string `json:"baseUri"`
	Pattern string `json:"pattern"`
}

// DidChangeWatchedFilesOptions register for changes of files. Unlike glsp's, they can name a folder.
type DidChangeWatchedFilesOptions struct {
	Watchers []FileSystemWatcher `json:"watchers"`
}

// A FileSystemWatcher watches the files that its pattern matches.
type FileSystemWatcher struct {
	GlobPattern RelativePattern `json:"globPattern"`
}

// InlayHintParams ask for the hints in a part of a document.
type InlayHintParams struct {
	TextDocument lsp.TextDocumentIdentifier `json:"textDocument"`
	Range        lsp.Range                  `json:"range"`
}

// An InlayHint is text that the editor shows behind a position without it being in the file.
type InlayHint struct {
	Position    lsp.Position         `json:"position"`
	Label       []InlayHintLabelPart `json:"label"`
	PaddingLeft bool                 `json:"paddingLeft"`
}

// An InlayHintLabelPart is a part of the text, which may lead somewhere.
type InlayHintLabelPart struct {
	Value    string        `json:"value"`
	Location *lsp.Location `json:"location,omitempty"`
}
