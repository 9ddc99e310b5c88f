package feature

import (
	"encoding/json"
	"hash/fnv"
	"strconv"

	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// Source is the name under which the editor shows our diagnostics.
const Source = "prefect"

// Diagnostic answers a client that asks for the diagnostics of one document.
func Diagnostic(snap *session.Snapshot, params *lsp317.DocumentDiagnosticParams) (any, error) {
	doc := snap.Document(params.TextDocument.URI)
	if doc == nil {
		return lsp317.FullDocumentDiagnosticReport{Kind: string(lsp317.DocumentDiagnosticReportKindFull), Items: []lsp.Diagnostic{}}, nil
	}
	items := Diagnostics(snap, doc)
	id := resultID(items)
	if known := params.PreviousResultId; known != nil && *known == id {
		return lsp317.UnchangedDocumentDiagnosticReport{Kind: string(lsp317.DocumentDiagnosticReportKindUnchanged), ResultID: id}, nil
	}
	return lsp317.FullDocumentDiagnosticReport{
		Kind:     string(lsp317.DocumentDiagnosticReportKindFull),
		ResultID: &id,
		Items:    items,
	}, nil
}

// Diagnostics reports every problem of a document, with the severities that the person chose.
// The list is never nil: an empty one clears what the editor showed before.
func Diagnostics(snap *session.Snapshot, doc *session.Document) []lsp.Diagnostic {
	problems := problems(snap, doc)
	found := make([]lsp.Diagnostic, 0, len(problems))
	for _, p := range problems {
		severity := chosen(snap.Settings, p)
		if severity == 0 {
			continue
		}
		d := lsp.Diagnostic{
			Range:    doc.Map.Range(p.Span),
			Severity: new(lsp.DiagnosticSeverity(severity)), //nolint:gosec // 1 to 4
			Code:     &lsp.IntegerOrString{Value: p.Rule.Code},
			Source:   new(Source),
			Message:  p.Message,
		}
		if snap.Client.RelatedLocations {
			d.RelatedInformation = related(snap, doc, p)
		}
		if p.Outdated && snap.Client.OutdatedCode {
			d.Tags = []lsp.DiagnosticTag{lsp.DiagnosticTagDeprecated}
		}
		found = append(found, d)
	}
	return found
}

// syntaxCode is the rule that other extensions for TOML have too.
const syntaxCode = "toml-syntax"

// chosen is the severity that a person set for the problem's rule, or its own; 0 where it is off.
func chosen(settings protocol.Settings, p rules.Problem) rules.Severity {
	if severity, ok := rules.ParseSeverity(settings.Diagnostics.Severity[p.Rule.Code]); ok {
		return severity
	}
	if settings.Diagnostics.SyntaxOff && p.Rule.Code == syntaxCode {
		return 0
	}
	return p.Severity
}

func related(snap *session.Snapshot, doc *session.Document, p rules.Problem) []lsp.DiagnosticRelatedInformation {
	var places []lsp.DiagnosticRelatedInformation
	for _, r := range p.Related {
		location := lsp.Location{URI: doc.URI, Range: doc.Map.Range(r.Span)}
		if r.File != nil && r.File != doc.File {
			path := snap.Folder(doc.URI).PathOf(r.File)
			m := protocol.NewMapper(r.File.Source, snap.Client.Encoding)
			location = lsp.Location{URI: protocol.URIOf(path), Range: m.Range(r.Span)}
		}
		places = append(places, lsp.DiagnosticRelatedInformation{Location: location, Message: r.Message})
	}
	return places
}

// problems are what is wrong with a document, in the light of all that is in effect with it, and of who gets at it. The list may
// be the snapshot's own, and must not be changed.
func problems(snap *session.Snapshot, doc *session.Document) []rules.Problem {
	if doc.File == nil {
		return nil
	}
	found := doc.Problems
	if folder := snap.Folder(doc.URI); folder != nil && folder.PathOf(doc.File) != "" {
		found = rules.CheckInEffect(doc.File, found, folder.Result, rules.Facts{Answer: folder.Answer(snap.Directory)})
	}
	return rules.CheckExposure(doc.File, found, snap.Exposure(doc.Path).Exposure)
}

// resultID stands for a list of diagnostics: the same one for the same list.
func resultID(diagnostics []lsp.Diagnostic) string {
	sum := fnv.New64a()
	if err := json.NewEncoder(sum).Encode(diagnostics); err != nil {
		return "" // which a client sends back to no effect
	}
	return strconv.FormatUint(sum.Sum64(), 36)
}
