package transport

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestFrames(t *testing.T) {
	const small = 40 // the largest body in this test
	long := strings.Repeat("x", 3*maxLine)
	// Each stream is read to its end; what next returns is listed, errors in brackets.
	tests := []struct {
		name, stream string
		want         string
	}{
		{"two", "Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", "{} [1] [EOF]"},
		{"empty body", "Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", " {} [EOF]"},
		{"other headers", "Content-Type: x; charset=utf-8\r\nContent-Length: 2\r\nA: b\r\n\r\n{}", "{} [EOF]"},
		{"any case, bare newlines, spaces", "content-LENGTH:2 \n\n{}", "{} [EOF]"},
		{"blank lines before", "\r\n\n\r\nContent-Length: 2\r\n\r\n{}", "{} [EOF]"},
		{"largest", "Content-Length: 40\r\n\r\n" + strings.Repeat(" ", small) + "Content-Length: 1\r\n\r\n1", strings.Repeat(" ", small) + " 1 [EOF]"},
		{"too large", "Content-Length: 41\r\n\r\n" + strings.Repeat(" ", small+1) + "Content-Length: 1\r\n\r\n1", "[frame too large] 1 [EOF]"},
		{"far too large", "Content-Length: 99999999999999999999999\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[frame too large] 1 [EOF]"},
		{"the last length counts", "Content-Length: 9\r\nContent-Length: 1\r\n\r\n1", "1 [EOF]"},
		{"a longer name", "Content-Length: 1\r\nX-Content-Length: 9\r\n\r\n1", "1 [EOF]"},
		{"a longer name first", "X-Content-Length: 9\r\nContent-Length: 1\r\n\r\n1", "1 [EOF]"},
		{"another name", "Content-Length: 1\r\nX-Content-Hash: 9\r\n\r\n1", "1 [EOF]"},
		{"no length", "A: b\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"not a number", "Content-Length: two\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"negative", "Content-Length: -2\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"signed", "Content-Length: +2\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"no number", "Content-Length:\r\n\r\n{}Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"told once", "A: b\n\nC: d\n\nE: f\n\nContent-Length: 1\n\n1A: b\n\nContent-Length: 1\n\n1", "[no length] 1 [no length] 1 [EOF]"},
		{"long line", "X: " + long + "\r\nContent-Length: 1\r\n\r\n1", "1 [EOF]"},
		{"long line after", "Content-Length: 1\r\nX: " + long + "\r\n\r\n1", "1 [EOF]"},
		{"long lost body", "Content-Length: -1\r\n\r\n" + long + "Content-Length: 1\r\n\r\n1", "[no length] 1 [EOF]"},
		{"too short", "Content-Length: 3\r\n\r\n!{}}Content-Length: 1\r\n\r\n1", "!{} 1 [EOF]"},
		{"too long", "Content-Length: 19\r\n\r\n!{}Content-Length: 1\r\n\r\n1", "!{}Content-Length:  1 [EOF]"},
		{"several swallowed", "Content-Length: 40\r\n\r\n!Content-Length: 1\r\n\r\n1Content-Length: 1\r\n\r\n2", "!Content-Length: 1\r\n\r\n1Content-Length: 1 1 2 [EOF]"},
		{"header swallowed in part", "Content-Length: 5\r\n\r\n\n!onteContent-Length: 1\r\n\r\n1", "\n!ont 1 [EOF]"},
		{"too large, blank lines in it", "Content-Length: 41\n\n{\n\n}\n\nContent-Length: 1\n\n1", "[frame too large] 1 [EOF]"},
		{"not JSON, blank lines in it", "Content-Length: 4\n\n!\n\nx\n\nContent-Length: 1\n\n1", "!\n\nx 1 [EOF]"},
		{"cut off", "Content-Length: 9\r\n\r\n{}", "[unexpected EOF]"},
		{"cut off in header", "Content-Length: 9\r\n", "[EOF]"},
	}
	sources := map[string]func(io.Reader) io.Reader{
		"whole":   func(r io.Reader) io.Reader { return r },
		"bytes":   iotest.OneByteReader,
		"dataErr": iotest.DataErrReader,
	}
	for _, test := range tests {
		for name, source := range sources {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				f := newFrameReader(source(strings.NewReader(test.stream)))
				f.max = small
				if got := list(f); got != test.want {
					t.Errorf("%.200q\ngot  %.200q\nwant %.200q", test.stream, got, test.want)
				}
			})
		}
	}
}

// list reads all frames. A body that starts with ! stands for one that is not JSON.
func list(f *frameReader) string {
	var all []string
	for {
		body, err := f.next()
		switch err {
		case nil:
			all = append(all, string(body))
			if strings.HasPrefix(strings.TrimSpace(string(body)), "!") {
				f.rescan()
			}
			continue
		case errNoLength:
			all = append(all, "[no length]")
			continue
		case errTooLarge:
			all = append(all, "[frame too large]")
			continue
		}
		return strings.Join(append(all, "["+err.Error()+"]"), " ")
	}
}

// A flood is a stream of n times the byte x, then an error.
type flood struct{ n int }

var errDry = errors.New("dry")

func (f *flood) Read(b []byte) (int, error) {
	if f.n == 0 {
		return 0, errDry
	}
	n := min(len(b), f.n)
	f.n -= n
	for i := range b[:n] {
		b[i] = 'x'
	}
	return n, nil
}

func TestFrameMemory(t *testing.T) {
	tests := []struct {
		name   string
		header string
		follow int // bytes of body or line that follow
		most   int // bytes of buffer
	}{
		{"refused", "Content-Length: 67108865\r\n\r\n", maxFrame + 1, 4 * bufferSize},
		{"promised, not sent", "Content-Length: 67108864\r\n\r\n", 100, 4 * bufferSize},
		{"endless line", "X: ", 8 << 20, 4 * bufferSize},
		{"half sent", "Content-Length: 67108864\r\n\r\n", 1 << 20, 2 << 20},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFrameReader(io.MultiReader(strings.NewReader(test.header), &flood{test.follow}))
			var err error
			for err = errTooLarge; err == errTooLarge; {
				_, err = f.next()
			}
			if err != errDry {
				t.Fatal(err)
			}
			if cap(f.buf) > test.most {
				t.Errorf("a buffer of %d bytes", cap(f.buf))
			}
		})
	}
}

func TestLargeFrame(t *testing.T) {
	const size = 50_000_000
	f := newFrameReader(io.MultiReader(strings.NewReader("Content-Length: 50000000\r\n\r\n"), &flood{size}))
	body, err := f.next()
	if err != nil || len(body) != size {
		t.Fatalf("%d bytes, %v", len(body), err)
	}
	if cap(f.buf) > size+bufferSize {
		t.Errorf("a buffer of %d bytes", cap(f.buf))
	}
	if _, err := f.next(); err != errDry || cap(f.buf) > bufferSize {
		t.Errorf("%v, and still a buffer of %d bytes", err, cap(f.buf))
	}
}

func TestReaderWithoutProgress(t *testing.T) {
	f := newFrameReader(stuck{})
	if _, err := f.next(); err != io.ErrNoProgress {
		t.Fatal(err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }
