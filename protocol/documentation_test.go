package protocol

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestDocumentation holds docs/protocol.md to the messages: its example is one, and every field has its name there.
func TestDocumentation(t *testing.T) {
	page, err := os.ReadFile("../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1)
	decoder := json.NewDecoder(strings.NewReader(string(blocks[1][1])))
	decoder.DisallowUnknownFields()
	var status Status
	if err := decoder.Decode(&status); err != nil {
		t.Errorf("the example is no status: %v", err)
	}
	for _, message := range []any{
		StatusParams{}, Status{}, StatusSource{}, StatusProfile{}, StatusError{}, CommandParams{}, CommandResult{}, TargetsParams{}, Targets{},
		Target{}, TargetFailure{}, PickParams{}, PickItem{}, PickResult{}, InputParams{}, InputResult{}, CallbackParams{}, CallbackResult{},
	} {
		of := reflect.TypeOf(message)
		for field := range of.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !regexp.MustCompile("[`\"]" + name + "[`\"]").Match(page) {
				t.Errorf("%s.%s has no place on the page", of.Name(), name)
			}
		}
	}
	var capabilities struct{ Capabilities ClientCapabilities }
	if err := json.Unmarshal(blocks[0][1], &capabilities); err != nil || !capabilities.Capabilities.Experimental.PrefectStatus {
		t.Errorf("the example announces nothing: %v", err)
	}
}
