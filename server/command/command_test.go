package command

import (
	"context"
	"errors"
	"os"
	"regexp"
	"testing"

	"prefect-ls/protocol"
)

// TestDocumentation holds the table of commands in docs/protocol.md to what there is.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(prefect\\.\\w+)` \\|").FindAllSubmatch(page, -1) {
		name := string(row[1])
		explained[name] = true
		if Deeds()[name] == nil {
			t.Errorf("docs/protocol.md explains %s, which is none of Deeds", name)
		}
	}
	for name := range Deeds() {
		if !explained[name] {
			t.Errorf("docs/protocol.md does not explain %s", name)
		}
	}
}

// silent is a [Person] who answers nothing.
type silent struct{}

var errAsked = errors.New("the person was asked")

func (silent) Pick(context.Context, protocol.PickParams) (string, error)   { return "", errAsked }
func (silent) Input(context.Context, protocol.InputParams) (string, error) { return "", errAsked }
func (silent) Browse(context.Context, string) error                        { return errAsked }
func (silent) Callback(context.Context, string) (string, error)            { return "", errAsked }
func (silent) Say(context.Context, Message)                                {}
func (silent) Progress(ctx context.Context, _ string) (context.Context, func()) {
	return ctx, func() {}
}
