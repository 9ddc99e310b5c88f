package main

import (
	"io"
	"slices"

	"prefect-ls/profiles/rules"
)

// The part of SARIF 2.1.0 that findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
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
		RuleID    string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// writeSARIF writes a log for code scanning, such as GitHub's.
func writeSARIF(out io.Writer, files []checked) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "prefect-ls", Version: version, Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	for _, r := range broken(files) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{r.Code, sarifText{r.Title()}, sarifHelp{r.Title(), r.Page}})
	}
	levels := map[rules.Severity]string{rules.Error: "error", rules.Warning: "warning", rules.Information: "note", rules.Hint: "note"}
	for _, f := range files {
		for _, p := range f.problems {
			start, end := f.position(p.Span.Start), f.position(p.Span.End)
			region := sarifRegion{start.line, start.column, end.line, end.column}
			place := sarifPlace{sarifArtifact{f.slashed()}, region}
			run.Results = append(run.Results, sarifResult{p.Rule.Code, levels[p.Severity], sarifText{p.Message}, []sarifLocation{{place}}})
		}
	}
	return encode(out, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
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
