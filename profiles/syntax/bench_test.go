package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// profiles is a profiles.toml with the given number of profiles, five lines each.
func profiles(n int) string {
	var out strings.Builder
	out.WriteString("active = \"p1\"\n\n")
	for i := range n {
		fmt.Fprintf(&out, "[profiles.p%d]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\" # here\nPREFECT_LOGGING_LEVEL = \"INFO\"\nPREFECT_API_DATABASE_TIMEOUT = 5\n\n", i)
	}
	return out.String()
}

func BenchmarkParseTOML(b *testing.B) {
	src := profiles(400)
	b.Run("this", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			ParseTOML(src)
		}
	})
	b.Run("BurntSushi", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var v map[string]any
			if _, err := toml.Decode(src, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkParseEnv(b *testing.B) {
	src := strings.Repeat("# the server\nexport PREFECT_API_URL=\"http://127.0.0.1:4200/api\" # here\nPREFECT_LOGGING_LEVEL=INFO\n", 400)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		ParseEnv(src)
	}
}
