package feature

import (
	"maps"
	"slices"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// gone is the result id of a document that is not there any more.
const gone = "gone"

// WorkspaceDiagnostic reports on every document of which the client does not know the diagnostics yet. The report is empty if
// there is nothing new.
func WorkspaceDiagnostic(snap *session.Snapshot, params *protocol.WorkspaceDiagnosticParams) protocol.WorkspaceDiagnosticReport {
	known := make(map[string]string, len(params.PreviousResultIDs))
	for _, previous := range params.PreviousResultIDs {
		known[previous.URI] = previous.Value
	}
	report := protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}
	for _, uri := range slices.Sorted(maps.Keys(snap.Documents())) {
		doc := snap.Document(uri)
		if doc.File == nil {
			continue
		}
		item := full(uri, Diagnostics(snap, doc))
		if item.ResultID = resultID(item.Items); known[uri] == item.ResultID {
			continue
		}
		if doc.Open {
			item.Version = &doc.Version
		}
		report.Items = append(report.Items, item)
	}
	for _, previous := range params.PreviousResultIDs {
		if previous.Value == gone {
			continue
		}
		if doc := snap.Document(previous.URI); doc == nil || doc.File == nil {
			item := full(previous.URI, []lsp.Diagnostic{})
			item.ResultID = gone
			report.Items = append(report.Items, item)
		}
	}
	return report
}

func full(uri string, diagnostics []lsp.Diagnostic) protocol.WorkspaceDocumentDiagnosticReport {
	return protocol.WorkspaceDocumentDiagnosticReport{
		Kind:  lsp317.DocumentDiagnosticReportKindFull,
		Items: diagnostics,
		URI:   uri,
	}
}
