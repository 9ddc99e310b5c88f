// Package oracletest reads the tables that scripts record from the real Prefect, for the tests that replay them. A table is lines of
// JSON, gzipped; its first line is a header.
package oracletest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// A Table is the lines of one table, which the test that opened it closes in the end.
type Table struct {
	*bufio.Scanner
	t testing.TB
}

// Replay runs a test for each table that pattern matches, of which there must be those of at least two releases, and for the one that
// the variable live names, such as one recorded a moment ago. The table has its header next.
func Replay(t *testing.T, pattern, live string, replay func(*testing.T, Table)) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) < 2 {
		t.Fatalf("want tables of at least two releases, have %v, %v", names, err)
	}
	if name := os.Getenv(live); name != "" {
		names = append(names, name)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) { replay(t, Open(t, name)) })
	}
}

// Open opens a table.
func Open(t testing.TB, name string) Table {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() }) // it was only read
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	return Table{lines, t}
}

// Next decodes the next line; it reports false behind the last one.
func (t Table) Next(into any) bool {
	t.t.Helper()
	if !t.Scan() {
		if t.Err() != nil {
			t.t.Fatal(t.Err())
		}
		return false
	}
	if err := json.Unmarshal(t.Bytes(), into); err != nil {
		t.t.Fatalf("%v in %.100s", err, t.Bytes())
	}
	return true
}
