package main

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
)

// The part of SARIF 2.1.0 that findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool             sarifTool     `json:"tool"`
		ColumnKind       string        `json:"columnKind"`
		NewlineSequences []string      `json:"newlineSequences"`
		Results          []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		Help             sarifHelp `json:"help"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		PartialFingerprints sarifFingerprints `json:"partialFingerprints"`
		Fixes               []sarifFix        `json:"fixes,omitempty"`
	}
	sarifFingerprints struct {
		Finding string `json:"finding/v1"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		ArtifactLocation sarifArtifact      `json:"artifactLocation"`
		Replacements     []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		DeletedRegion   sarifRegion `json:"deletedRegion"`
		InsertedContent sarifText   `json:"insertedContent"`
	}
)

// writeSARIF writes a log for code scanning, such as GitHub's.
func writeSARIF(out io.Writer, files []checked) error {
	run := sarifRun{
		Tool:             sarifTool{sarifDriver{Name: "prefect-ls", Version: version, Rules: []sarifRule{}}},
		ColumnKind:       "unicodeCodePoints",
		NewlineSequences: []string{"\r\n", "\n", "\r"},
		Results:          []sarifResult{},
	}
	index := map[*rules.Rule]int{}
	for i, r := range broken(files) {
		index[r] = i
		about := sarifText{introduction(r)}
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{r.Code, sarifText{r.Title()}, about, sarifHelp{about.Text, r.Page}})
	}
	levels := map[rules.Severity]string{rules.Error: "error", rules.Warning: "warning", rules.Information: "note", rules.Hint: "note"}
	marks := fingerprints{}
	for _, f := range files {
		path := f.inCheckout()
		artifact := artifactAt(path)
		for _, p := range f.problems {
			run.Results = append(run.Results, sarifResult{
				p.Rule.Code, index[p.Rule], levels[p.Severity], sarifText{p.Message},
				[]sarifLocation{{sarifPlace{artifact, f.region(p.Span)}}},
				sarifFingerprints{marks.of(path, p)}, f.sarifFixes(p, artifact),
			})
		}
	}
	return encode(out, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// artifactAt is the location of a file at a slashed path. A relative one is relative to the root of the sources.
func artifactAt(path string) sarifArtifact {
	if filepath.IsAbs(path) {
		return sarifArtifact{URI: protocol.URIOf(path)}
	}
	relative := url.URL{Path: path}
	return sarifArtifact{relative.String(), "%SRCROOT%"}
}

func (f checked) region(s text.Span) sarifRegion {
	start, end := f.position(s.Start), f.position(s.End)
	return sarifRegion{start.line, start.column, end.line, end.column}
}

// sarifFixes are the fixes of a problem, but for those of a byte order mark, which no region can name.
func (f checked) sarifFixes(p rules.Problem, in sarifArtifact) []sarifFix {
	var fixes []sarifFix
	for _, fix := range f.showable(p) {
		var replacements []sarifReplacement
		for _, e := range fix.Edits {
			if e.Span.Start >= f.line(0).Start {
				replacements = append(replacements, sarifReplacement{f.region(e.Span), sarifText{e.New}})
			}
		}
		if len(replacements) == len(fix.Edits) {
			fixes = append(fixes, sarifFix{sarifText{fix.Title}, []sarifChange{{in, replacements}}})
		}
	}
	return fixes
}

// introduction is the first paragraph of a rule's page, in one line.
func introduction(r *rules.Rule) string {
	_, body, _ := strings.Cut(r.Page, "\n\n")
	first, _, _ := strings.Cut(body, "\n\n")
	return strings.ReplaceAll(first, "\n", " ")
}

// broken are the rules that have findings, in the order in which they run.
func broken(files []checked) []*rules.Rule {
	found := map[*rules.Rule]bool{}
	for _, f := range files {
		for _, p := range f.problems {
			found[p.Rule] = true
		}
	}
	return slices.DeleteFunc(rules.All(), func(r *rules.Rule) bool { return !found[r] })
}
