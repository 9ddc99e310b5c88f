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
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a report in which each file is a suite and each finding a failed test; a clean file has one that passed.
func writeJUnit(out io.Writer, files []checked) error {
	report := junitSuites{Name: "prefect-ls"}
	for _, f := range files {
		suite := junitSuite{Name: f.slashed(), Tests: max(1, len(f.problems)), Failures: len(f.problems)}
		for _, p := range f.problems {
			suite.Cases = append(suite.Cases, junitCase{
				Name: fmt.Sprintf("%s (line %d)", p.Rule.Code, f.position(p.Span.Start).line), Class: f.slashed(),
				Failure: &junitFailure{Message: p.Message, Text: f.place(p.Span.Start)},
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
