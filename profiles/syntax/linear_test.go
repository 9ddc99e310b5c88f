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

// TestLinear repeats pieces that open, close or escape something, and checks that eight times as much text
// takes some eight times as long to read, and not sixty-four times.
func TestLinear(t *testing.T) {
	pieces := []string{
		"[", "]", "{", "}", "\"", "'", `"""`, "'''", `\`, "\n", "\r", "=", ",", ".", " ", "#", "a", "x=", "a = [", "a = {", "\n[a]\n", "${", ":-",
		"\nx = \"\"\"", "\nx = '", "\nx = [1", "\nx = {a=1,\n", "\xff", "“", "\x00",
	}
	parsers := map[string]func(string){
		"TOML": func(s string) { ParseTOML(s) },
		"env":  func(s string) { ParseEnv(s).Interpolate(func(string) (string, bool) { return "x", true }) },
	}
	const size, factor = 4 << 10, 8
	for name, parse := range parsers {
		timed := func(s string) time.Duration {
			start := cpuTime(t)
			parse(s)
			return cpuTime(t) - start
		}
		for _, a := range pieces {
			for _, b := range pieces {
				for _, frame := range []struct{ before, after string }{{"", ""}, {"x = [", "\n"}} {
					grown := func(n int) string {
						return frame.before + strings.Repeat(a+b, n/len(a+b)) + frame.after
					}
					small, large := grown(size), grown(size*factor)
					ratio, long := 0.0, false
					for range 5 { // the least disturbed of a few runs
						took := timed(large)
						if long = took > 20*time.Millisecond; !long {
							break
						}
						r := float64(took) / float64(max(timed(small), time.Microsecond))
						if ratio == 0 || r < ratio {
							ratio = r
						}
						if ratio < 3*factor {
							break
						}
					}
					if long && ratio >= 3*factor {
						t.Errorf("%s: %q repeated takes %.0f times as long for %d times as much", name, a+b, ratio, factor)
					}
				}
			}
		}
	}
}
