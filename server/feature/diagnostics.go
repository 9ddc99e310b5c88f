package feature

import (
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Source is the name under which the editor shows our diagnostics.
const Source = "prefect"

// Diagnostics reports every problem of a document, with the severities that the person chose.
// The list is never nil: an empty one clears what the editor showed before.
func Diagnostics(snap *session.Snapshot, doc *session.Document) []lsp.Diagnostic {
	found := []lsp.Diagnostic{}
	for _, p := range doc.Problems {
		severity := chosen(snap.Settings, p)
		if severity == 0 {
			continue
		}
		d := lsp.Diagnostic{
			Range:    doc.Map.Range(p.Span),
			Severity: new(lsp.DiagnosticSeverity(severity)),
			Code:     &lsp.IntegerOrString{Value: p.Rule.Code},
			Source:   new(Source),
			Message:  p.Message,
		}
		if snap.Client.RelatedLocations {
			d.RelatedInformation = related(doc, p)
		}
		found = append(found, d)
	}
	return found
}

// chosen is the severity that a person set for the problem's rule, or its own; 0 where it is off.
func chosen(settings protocol.Settings, p rules.Problem) rules.Severity {
	if severity, ok := rules.ParseSeverity(settings.Diagnostics.Severity[p.Rule.Code]); ok {
		return severity
	}
	return p.Severity
}

func related(doc *session.Document, p rules.Problem) []lsp.DiagnosticRelatedInformation {
	var places []lsp.DiagnosticRelatedInformation
	for _, r := range p.Related {
		places = append(places, lsp.DiagnosticRelatedInformation{
			Location: lsp.Location{URI: doc.URI, Range: doc.Map.Range(r.Span)},
			Message:  r.Message,
		})
	}
	return places
}
