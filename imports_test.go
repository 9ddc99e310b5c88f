package prefectls_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers is the import policy: a package may import only packages named before it. It is also the order in which to
// read the program. Change the code to fit this list, not the list to fit the code.
var layers = strings.Fields(`
	profiles/text
	profiles/syntax
	profiles/settings
	profiles
	profiles/layers
	profiles/rules
	profiles/oracletest
	protocol
	server/transport
	server/cloud
	server/cloud/cloudtest
	server/cloud/cloudtest/serve
	server/session
	server/feature
	server/command
	server
	server/cmd/prefect-ls
`)

// border is the first layer that may know of LSP and of the world outside.
const border = "profiles/oracletest"

// outside are the packages, with what lies below them, that no layer before the border may import.
var outside = []string{"github.com/tliron", "io", "log", "net", "os", "runtime", "syscall", "time"}

func TestImports(t *testing.T) {
	const module = "prefect-ls/"
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (entry.Name()[0] == '.' || entry.Name() == "node_modules" || entry.Name() == "testdata"):
			return fs.SkipDir
		case path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder := path.Dir(name)
		seen[folder] = true
		rank := slices.Index(layers, folder)
		if rank < 0 {
			t.Errorf("%s: its package has no place in layers", name)
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if rank < slices.Index(layers, border) && isOutside(imported) {
				t.Errorf("%s lies before %s, yet imports %s", name, border, imported)
			}
			if ours, ok := strings.CutPrefix(imported, module); ok && slices.Index(layers, ours) >= rank {
				t.Errorf("%s may not import %s", name, ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, layer := range layers {
		if !seen[layer] {
			t.Errorf("layer %s has no files", layer)
		}
	}
}

func isOutside(imported string) bool {
	return slices.ContainsFunc(outside, func(o string) bool { return imported == o || strings.HasPrefix(imported, o+"/") })
}
