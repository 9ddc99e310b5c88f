//go:build unix

package syntax

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpuTime is how long this process has computed, whatever else the machine does.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano())
}

const mostGrowth = 4

// growth is how many times as long parse takes for one text as for eight texts of an eighth of its size, which is 1 in
// linear time and 8 in quadratic time; or 0 where the text takes no time worth measuring.
// Where that looks too much, it takes the least disturbed one of a few runs.
func growth(t *testing.T, parse func(string), text func(size int) string) float64 {
	t.Helper()
	timed := func(times int, s string) time.Duration {
		start := cpuTime(t)
		for range times {
			parse(s)
		}
		return cpuTime(t) - start
	}
	const size = 512
	small, large := text(size), text(8*size)
	least := 8.0
	for i := 0; i < 5 && least > mostGrowth; i++ {
		took := timed(1, large)
		if took < 2*time.Millisecond {
			return 0
		}
		least = min(least, float64(took)/float64(max(timed(8, small), time.Microsecond)))
	}
	return least
}

// TestLinear repeats pieces that open, close or escape something, and checks that no mix of two of them takes a parser
// more than linear time.
func TestLinear(t *testing.T) {
	pieces := []string{
		"[", "]", "{", "}", "\"", "'", `"""`, "'''", `\`, "\n", "\r", "=", ",", ".", " ", "#", "a", "x=", "a = [", "a = {", "\n[a]\n", "${", ":-",
		"\nx = \"\"\"", "\nx = '", "\nx = [1", "\nx = {a=1,\n", "\xff", "“", "\x00",
	}
	for _, c := range []struct {
		parse         func(string)
		before, after string
	}{
		{func(s string) { ParseTOML(s) }, "", ""},
		{func(s string) { ParseTOML(s) }, "x = [", "\n"},
		{func(s string) { ParseTOML(s) }, "[a", "b]"},
		{func(s string) { ParseEnv(s).Interpolate(func(string) (string, bool) { return "x", true }) }, "", ""},
		{func(s string) { ParseEnv(s).Interpolate(func(string) (string, bool) { return "x", true }) }, "x=", ""},
	} {
		for _, a := range pieces {
			for _, b := range pieces {
				text := func(size int) string { return c.before + strings.Repeat(a+b, size/len(a+b)) + c.after }
				if ratio := growth(t, c.parse, text); ratio > mostGrowth {
					t.Errorf("%q, many %q, %q takes %.1f times as long as in eight parts", c.before, a+b, c.after, ratio)
				}
			}
		}
	}
}
