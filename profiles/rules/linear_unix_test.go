//go:build unix

package rules

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"prefect-ls/profiles"
)

// TestLinear repeats mistakes, and checks that a file with eight times as many takes about eight times as long: computing time,
// whatever else the machine does.
func TestLinear(t *testing.T) {
	const few, times, mostGrowth = 400, 8, 4
	for _, c := range []struct{ file, before, line, after string }{
		{".env", "", "PREFECT_LOGGING_SERVER_LEVEL=INFO\n", ""},
		{".env", "", "PREFECT_LOGGING_LEVEL=%d\nprefect_logging_level=x\n", ""},
		{".env", "", "PREFECT_API_URL=http://${X}\n", "X=1\n"},
		{".env", "", "PREFECT_API=x://\nPREFECT_API_URL=127.0.0.1\nPREFECT_HOME=/x\n", "PREFECT_SILENCE_API_URL_MISCONFIGURATION=1\n"},
		{"prefect.toml", "", "PREFECT_SERVER_API_HOST = 1\n", ""},
		{"prefect.toml", "[api]\n", "PREFECT_SERVER_API_HOST = 1\n", ""},
		{"pyproject.toml", "", "[tool.prefect.x%d]\nPREFECT_API_URL = \"x\"\n", ""},
		{"profiles.toml", "", "[profiles.p%d]\nPREFECT_API_URL = \"127.0.0.1/\"\nPREFECT_LOGGING_SERVER_LEVEL = \"X\"\nactive = \"a\"\n", ""},
		{"profiles.toml", "[profiles]\n", "p%d = { PREFECT_API_URL = \"https://api.eu.prefect.cloud/api\" }\n", ""},
		{"profiles.toml", "[profiles]\n", "p%d = { PREFECT_UI_URL = \"\", PREFECT_DEBUG_MODE = 7 }\n", ""},
	} {
		file := func(n int) *profiles.File {
			var b strings.Builder
			b.WriteString(c.before)
			for i := range n {
				b.WriteString(strings.ReplaceAll(c.line, "%d", fmt.Sprint(i)))
			}
			return profiles.Read(profiles.KindOf(c.file), b.String()+c.after)
		}
		small, large := file(few), file(times*few)
		least := float64(times)
		for try := 0; try < 5 && least > mostGrowth; try++ {
			start := cpuTime(t)
			Check(large)
			took := cpuTime(t) - start
			start = cpuTime(t)
			for range times {
				Check(small)
			}
			least = min(least, float64(took)/float64(max(cpuTime(t)-start, time.Microsecond)))
		}
		if least > mostGrowth {
			t.Errorf("%s: many %q take %.1f times as long as in eight parts", c.file, c.line, least)
		}
	}
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano())
}
