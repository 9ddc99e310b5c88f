package main

import (
	"fmt"
	"io"
)

// writeConcise writes a line for each finding, as compilers do.
func writeConcise(out io.Writer, files []checked) error {
	for _, f := range files {
		for _, p := range f.problems {
			if _, err := fmt.Fprintf(out, "%s: %s[%s] %s\n", visible(f.place(p.Span.Start)), p.Severity, p.Rule.Code, visible(p.Message)); err != nil {
				return err
			}
		}
	}
	return nil
}
