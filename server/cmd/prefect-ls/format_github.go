package main

import (
	"fmt"
	"io"
	"strings"

	"prefect-ls/profiles/rules"
)

// writeGitHub writes workflow commands, which GitHub Actions shows beside the lines of a pull request.
func writeGitHub(out io.Writer, files []checked) error {
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	message := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	for _, f := range files {
		path := visible(property.Replace(f.inCheckout()))
		for _, p := range f.problems {
			start, end := f.position(p.Span.Start), f.position(p.Span.End)
			command := map[rules.Severity]string{rules.Error: "error", rules.Warning: "warning"}[p.Severity]
			if command == "" {
				command = "notice"
			}
			columns := ""
			if start.line == end.line {
				columns = fmt.Sprintf(",col=%d,endColumn=%d", start.column, end.column)
			}
			_, err := fmt.Fprintf(out, "::%s file=%s,line=%d,endLine=%d%s,title=%s::%s\n",
				command, path, start.line, end.line, columns, p.Rule.Code, visible(message.Replace(p.Message)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}
