package syntax

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
)

// The corpus is the part of github.com/toml-lang/toml-test v2.2.0 that its list for TOML 1.0.0 names,
// with its MIT licence, as it came.
const corpus = "testdata/toml-test-2.2.0.tar.gz"

// readCorpus returns the files of the corpus by name.
func readCorpus(t testing.TB) map[string]string {
	t.Helper()
	f, err := os.Open(corpus)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for r := tar.NewReader(unzipped); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[head.Name] = string(content)
	}
}

func TestCorpus(t *testing.T) {
	files := readCorpus(t)
	valid, invalid := 0, 0
	for name, src := range files {
		if !strings.HasSuffix(name, ".toml") {
			continue
		}
		tree := ParseTOML(src)
		checkShape(t, tree)
		if strings.HasPrefix(name, "invalid/") {
			invalid++
			if len(tree.Problems) == 0 {
				t.Errorf("%s: no problem found in\n%s", name, src)
			}
			continue
		}
		valid++
		if len(tree.Problems) > 0 {
			t.Errorf("%s: found\n%sin\n%s", name, problems(tree.Problems, src), src)
			continue
		}
		var want any
		if err := json.Unmarshal([]byte(files[strings.TrimSuffix(name, "toml")+"json"]), &want); err != nil {
			t.Fatal(name, err)
		}
		if got, want := any(meaning(tree)), tagged(want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want)
		}
	}
	if valid < 200 || invalid < 400 {
		t.Errorf("the corpus has only %d valid and %d invalid files", valid, invalid)
	}
}
