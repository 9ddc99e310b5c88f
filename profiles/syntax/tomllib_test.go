package syntax

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// readTable decodes a gzipped JSON file into into.
func readTable(t testing.TB, path string, into any) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(unzipped).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// bytesOf is the document of a recorded row, in which each character stands for one byte.
func bytesOf(document string) string {
	var raw []byte
	for _, r := range document {
		raw = append(raw, byte(r))
	}
	return string(raw)
}

// TestTomllib replays what testdata/record_tomllib.py recorded. TOMLLIB_TABLE names another recording.
func TestTomllib(t *testing.T) {
	var table struct {
		Rows []struct {
			Document string
			Error    *string
			Value    any
		}
	}
	readTable(t, cmp.Or(os.Getenv("TOMLLIB_TABLE"), "testdata/tomllib.json.gz"), &table)
	accepted, refused := 0, 0
	for _, row := range table.Rows {
		src := bytesOf(row.Document)
		tree := ParseTOML(src)
		checkShape(t, tree)
		if row.Error != nil {
			refused++
			if len(tree.Problems) == 0 {
				t.Errorf("tomllib says %q, and we find no problem in\n%q", *row.Error, src)
			}
			continue
		}
		accepted++
		if len(tree.Problems) > 0 {
			t.Errorf("tomllib accepts, and we find\n%sin\n%q", problems(tree.Problems, src), src)
		} else if got, want := any(meaning(tree)), tagged(row.Value); !reflect.DeepEqual(got, want) {
			t.Errorf("meanings differ for\n%q\n got %v\nwant %v", src, got, want)
		}
	}
	if accepted < 100 || refused < 100 {
		t.Errorf("the table has only %d accepted and %d refused documents", accepted, refused)
	}
}
