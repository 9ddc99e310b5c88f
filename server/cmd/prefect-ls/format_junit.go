package main

import (
	"encoding/xml"
	"fmt"
	"io"
)

type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Name    string       `xml:"name,attr"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"` // none, which Jenkins wants to be told
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a report in which each file is a suite and each finding a failed test; a clean file has one that passed. The text of a
// failure says all, as GitLab shows nothing else of it, and names differ, as GitLab takes tests of one name for one.
func writeJUnit(out io.Writer, files []checked) error {
	report := junitSuites{Name: "prefect-ls"}
	for _, f := range files {
		suite := junitSuite{Name: f.slashed(), Tests: max(1, len(f.problems)), Failures: len(f.problems)}
		named := map[string]int{}
		for _, p := range f.problems {
			name := fmt.Sprintf("%s (line %d)", p.Rule.Code, f.position(p.Span.Start).line)
			if named[name]++; named[name] > 1 {
				name = fmt.Sprintf("%s #%d", name, named[name])
			}
			suite.Cases = append(suite.Cases, junitCase{
				Name: name, Class: f.slashed(),
				Failure: &junitFailure{p.Rule.Code, p.Message, f.place(p.Span.Start) + ": " + p.Message},
			})
		}
		if len(f.problems) == 0 {
			suite.Cases = []junitCase{{Name: "no findings", Class: f.slashed()}}
		}
		report.Suites = append(report.Suites, suite)
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}
