package server

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"prefect-ls/server/session"

	"github.com/BurntSushi/toml"
	"github.com/tliron/glsp"
)

// A sink is an editor that takes everything and keeps nothing. What it is sent is encoded, as it would be for a pipe.
type sink struct{}

func (sink) Notify(_ string, params any) error {
	_, err := json.Marshal(params)
	return err
}

func (sink) Call(context.Context, string, any, any) error { return nil }

// document is a profiles.toml of about the given number of lines, as large installations have, with a mistake in every tenth profile.
func document(lines int) string {
	var b strings.Builder
	b.WriteString("active = \"p0\"\n")
	for i := range lines / 5 {
		host := "http://127.0.0.1:4200/api"
		if i%10 == 9 {
			host = "127.0.0.1:4200/api"
		}
		fmt.Fprintf(&b, "\n[profiles.p%d]\nPREFECT_API_URL = %q # team %d\nPREFECT_LOGGING_LEVEL = \"INFO\"\nPREFECT_API_REQUEST_TIMEOUT = \"30.0\"\n", i, host, i)
	}
	return b.String()
}

func serverWith(b *testing.B, source string) *Server {
	b.Helper()
	s := New("bench", sink{}, func() {})
	handle(b, s, "initialize", map[string]any{"capabilities": map[string]any{}})
	handle(b, s, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "file:///profiles.toml", "version": 1, "text": source}})
	return s
}

func handle(b *testing.B, s *Server, method string, params any) any {
	b.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		b.Fatal(err)
	}
	result, known, valid, err := s.Handle(&glsp.Context{Method: method, Params: raw})
	if !known || !valid || err != nil {
		b.Fatal(method, known, valid, err)
	}
	return result
}

// BenchmarkEdit measures from the message that a character was typed to the encoded diagnostics. Its peer in the same run
// is what the least of that costs elsewhere: one decoding of the text by BurntSushi/toml.
func BenchmarkEdit(b *testing.B) {
	for _, lines := range []int{200, 2_000, 20_000} {
		source := document(lines)
		b.Run(fmt.Sprintf("%d", lines), func(b *testing.B) {
			s := serverWith(b, source)
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				handle(b, s, "textDocument/didChange", map[string]any{
					"textDocument":   map[string]any{"uri": "file:///profiles.toml", "version": 2},
					"contentChanges": []any{map[string]any{"range": map[string]any{"start": map[string]any{"line": 3, "character": 0}, "end": map[string]any{"line": 3, "character": 1}}, "text": "P"}},
				})
			}
		})
		b.Run(fmt.Sprintf("%d/peer=BurntSushi", lines), func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				var v map[string]any
				if _, err := toml.Decode(source, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkEditFiveSources is [BenchmarkEdit] of a profiles.toml that is one of five sources: the environment, .env, prefect.toml and
// pyproject.toml give settings values as well, and win. Its peer is the same document alone.
func BenchmarkEditFiveSources(b *testing.B) {
	files := map[string]string{
		"/work/.env":           "PREFECT_API_URL=http://dotenv:4200/api\nPREFECT_LOGGING_LEVEL=DEBUG\n",
		"/work/prefect.toml":   "[api]\nurl = \"http://prefect:4200/api\"\n[results]\npersist_by_default = true\n",
		"/work/pyproject.toml": "[tool.prefect.api]\nurl = \"http://pyproject:4200/api\"\nrequest_timeout = 20.0\n",
	}
	read := func(path string) (string, bool) {
		source, ok := files[path]
		return source, ok
	}
	const profiles = "/home/ada/.prefect/profiles.toml"
	for _, lines := range []int{200, 2_000, 20_000} {
		source := document(lines)
		for name, uri := range map[string]string{fmt.Sprint(lines): "file://" + profiles, fmt.Sprint(lines, "/peer=alone"): "file:///elsewhere/profiles.toml"} {
			b.Run(name, func(b *testing.B) {
				s := New("bench", sink{}, func() {})
				s.session = session.New([]string{"HOME=/home/ada", "USERPROFILE=/home/ada", "PREFECT_LOGGING_LEVEL=ERROR"}, read)
				handle(b, s, "initialize", map[string]any{"capabilities": map[string]any{}, "rootUri": "file:///work"})
				handle(b, s, "textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": source}})
				if inEffect := s.session.Snapshot().Folder(uri); (inEffect.Path == "/work") != (uri == "file://"+profiles) {
					b.Fatalf("the folder is %s", inEffect.Path)
				}
				b.SetBytes(int64(len(source)))
				for b.Loop() {
					handle(b, s, "textDocument/didChange", map[string]any{
						"textDocument":   map[string]any{"uri": uri, "version": 2},
						"contentChanges": []any{map[string]any{"range": map[string]any{"start": map[string]any{"line": 3, "character": 0}, "end": map[string]any{"line": 3, "character": 1}}, "text": "P"}},
					})
				}
			})
		}
	}
}

// BenchmarkCompletion measures the completion of all setting names, encoded. Its peer is the encoding alone.
func BenchmarkCompletion(b *testing.B) {
	s := serverWith(b, "[profiles.p]\n\n")
	at := map[string]any{"textDocument": map[string]any{"uri": "file:///profiles.toml"}, "position": map[string]any{"line": 1, "character": 0}}
	list := handle(b, s, "textDocument/completion", at)
	b.Run("names", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(handle(b, s, "textDocument/completion", at)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=encoding", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(list); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkHover measures the explanation of a setting with what is in effect, encoded. Its peer is a message that asks for nothing.
func BenchmarkHover(b *testing.B) {
	s := serverWith(b, document(200))
	b.Run("setting", func(b *testing.B) {
		at := map[string]any{"textDocument": map[string]any{"uri": "file:///profiles.toml"}, "position": map[string]any{"line": 3, "character": 3}}
		for b.Loop() {
			if _, err := json.Marshal(handle(b, s, "textDocument/hover", at)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("peer=nothing", func(b *testing.B) {
		at := map[string]any{"textDocument": map[string]any{"uri": "file:///none"}, "position": map[string]any{"line": 3, "character": 3}}
		for b.Loop() {
			if _, err := json.Marshal(handle(b, s, "textDocument/hover", at)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
