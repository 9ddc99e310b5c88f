package session

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestMemory shows that what was typed is forgotten: what is in effect now does not hold on to all that was before.
func TestMemory(t *testing.T) {
	s, _ := connect(t, root)
	uri := uriOn(root + "/.env")
	s.Open(uri, "", 1, "")
	after := func(changes int) uint64 {
		for i := range changes {
			text := fmt.Sprintf("PREFECT_API_URL=http://x%d/api\nX=%s\n", i, strings.Repeat("x", 1<<20))
			if _, err := s.Change(uri, int32(i), []any{lsp.TextDocumentContentChangeEventWhole{Text: text}}); err != nil {
				t.Fatal(err)
			}
			expect(t, "typed", s.Snapshot().Folder(uri).Result.Target().APIURL, fmt.Sprintf("http://x%d/api", i))
		}
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		runtime.KeepAlive(s)
		return stats.HeapAlloc
	}
	if few, many := after(10), after(100); many > few+32<<20 {
		t.Errorf("%d bytes after 10 changes of a MiB, and %d after 100 more", few, many)
	}
}
