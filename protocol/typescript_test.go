package protocol

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// TestTypeScript keeps extension/src/protocol.ts the twin of our own messages. To renew it: make generate.
func TestTypeScript(t *testing.T) {
	const twin = "../extension/src/protocol.ts"
	var out strings.Builder
	out.WriteString("// Generated from protocol/status.go and command.go by `make generate`; do not edit.\n")
	for _, source := range []string{"status.go", "command.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		writeTwin(t, &out, file)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(twin, []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(twin); err != nil {
		t.Error(err)
	} else if string(got) != out.String() {
		t.Errorf("%s is stale; run: make generate", twin)
	}
}

func writeTwin(t *testing.T, out *strings.Builder, file *ast.File) {
	t.Helper()
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				doc := general.Doc
				if spec.Comment != nil {
					doc = spec.Comment
				}
				writeConstant(out, doc, spec)
			case *ast.TypeSpec:
				writeInterface(t, out, general.Doc, spec)
			}
		}
	}
}

func writeConstant(out *strings.Builder, doc *ast.CommentGroup, spec *ast.ValueSpec) {
	value := spec.Values[0].(*ast.BasicLit).Value
	fmt.Fprintf(out, "\n%sexport const %s = %s;\n", comment("", doc.Text()), lowerFirst(spec.Names[0].Name), value)
}

func writeInterface(t *testing.T, out *strings.Builder, doc *ast.CommentGroup, spec *ast.TypeSpec) {
	t.Helper()
	fmt.Fprintf(out, "\n%sexport interface %s {\n", comment("", doc.Text()), spec.Name.Name)
	for _, field := range spec.Type.(*ast.StructType).Fields.List {
		tag, err := strconv.Unquote(field.Tag.Value)
		if err != nil {
			t.Fatal(err)
		}
		name, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
		if options == "omitempty" {
			name += "?"
		}
		out.WriteString(comment("  ", field.Comment.Text()))
		fmt.Fprintf(out, "  %s: %s;\n", name, typeScript(t, field.Type))
	}
	out.WriteString("}\n")
}

func typeScript(t *testing.T, expression ast.Expr) string {
	t.Helper()
	switch e := expression.(type) {
	case *ast.Ident:
		if plain, ok := map[string]string{"string": "string", "bool": "boolean", "int": "number", "any": "unknown"}[e.Name]; ok {
			return plain
		}
		return e.Name
	case *ast.StarExpr:
		return typeScript(t, e.X) + " | null"
	case *ast.ArrayType:
		return typeScript(t, e.Elt) + "[]"
	}
	t.Fatalf("a field of type %T has no twin", expression)
	return ""
}

func comment(indent, text string) string {
	text = strings.Join(strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(text)), " ")
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.ToUpper(text[:1]) + text[1:] + " */\n"
}

func lowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }
