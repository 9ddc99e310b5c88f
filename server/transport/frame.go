package transport

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
)

const (
	// maxFrame is the largest body that is read, in bytes.
	maxFrame = 64 << 20
	// maxLine is how many bytes of a header line are kept at least; of a longer one, its last.
	maxLine = 4 << 10
	// bufferSize is the buffer's size, in bytes, when no large frame is in it.
	bufferSize = 16 << 10
)

var (
	errNoLength = errors.New("header without a valid Content-Length")
	errTooLarge = errors.New("frame too large")
)

// A frameReader cuts a stream into the bodies of its frames. It keeps its own buffer, and not a
// bufio.Reader, because it must be able to go back to the start of a body that proved not to be one.
type frameReader struct {
	src io.Reader
	max int // the largest body, in bytes

	buf  []byte // buf[at:] is unread
	at   int
	body int  // length of the last body, which ends at at
	lost bool // whether bytes of unknown meaning are being skipped; the peer has been told
}

func newFrameReader(src io.Reader) *frameReader {
	return &frameReader{src: src, max: maxFrame, buf: make([]byte, 0, bufferSize)}
}

// next returns the body of the next frame, valid until the following call. After errNoLength and
// errTooLarge the reader stands before the body in question and next may be called again.
// io.ErrUnexpectedEOF says that the stream ended within a body.
func (f *frameReader) next() ([]byte, error) {
	f.shrink()
	size, err := f.header()
	if err != nil {
		return nil, err
	}
	for len(f.buf)-f.at < size {
		if err := f.fill(size); errors.Is(err, io.EOF) {
			return nil, io.ErrUnexpectedEOF
		} else if err != nil {
			return nil, err
		}
	}
	f.at += size
	f.body = size
	return f.buf[f.at-size : f.at], nil
}

// rescan takes the body back that next has just returned: it was not JSON, so its length may have
// been wrong and the next header may be inside it.
func (f *frameReader) rescan() {
	f.at -= f.body
	f.lost = true
}

// header reads lines up to the end of the next header with a Content-Length, and returns that.
// If there are several, the last one counts. A header without one is reported once, and after
// that silently skipped, as are the lines of a body whose length is not known.
func (f *frameReader) header() (int, error) {
	size, blank := -1, true
	for {
		line, err := f.line()
		if err != nil {
			return 0, err
		}
		if len(line) > 0 {
			blank = false
			if n, ok := contentLength(line, size < 0); ok {
				size = n
			}
			continue
		}
		switch {
		case size > f.max:
			f.lost = true
			return 0, errTooLarge
		case size >= 0:
			f.lost = false
			return size, nil
		case !blank && !f.lost:
			f.lost = true
			return 0, errNoLength
		}
		blank = true
	}
}

// line returns the next line without its end, valid until the following read.
// The beginning of a line longer than maxLine may be missing.
func (f *frameReader) line() ([]byte, error) {
	searched := 0
	for {
		unread := f.buf[f.at:]
		if i := bytes.IndexByte(unread[searched:], '\n'); i >= 0 {
			line := unread[:searched+i]
			f.at += len(line) + 1
			return bytes.TrimSuffix(line, []byte("\r")), nil
		}
		f.at = max(f.at, len(f.buf)-maxLine)
		searched = len(f.buf) - f.at
		if err := f.fill(searched + 1); err != nil {
			return nil, err
		}
	}
}

// fill reads once from the source, into a buffer that has room for want unread bytes or is on the
// way there: it grows with what has arrived, not with what a header has promised.
func (f *frameReader) fill(want int) error {
	n := copy(f.buf[:cap(f.buf)], f.buf[f.at:])
	f.buf, f.at = f.buf[:n], 0
	if n == cap(f.buf) {
		f.resize(max(bufferSize, min(want, 2*n), n+1))
	}
	for range 100 {
		n, err := f.src.Read(f.buf[len(f.buf):cap(f.buf)])
		f.buf = f.buf[:len(f.buf)+n]
		if n > 0 {
			return nil // an error that came along comes again
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// shrink gives back the memory of a large frame that has been dealt with.
func (f *frameReader) shrink() {
	if cap(f.buf) > 64*bufferSize && len(f.buf)-f.at <= bufferSize {
		f.resize(bufferSize)
	}
}

func (f *frameReader) resize(size int) {
	buf := make([]byte, 0, size)
	f.buf, f.at = append(buf, f.buf[f.at:]...), 0
}

// contentLength reads the number in a Content-Length header line. With glued, the header may also
// follow other bytes on its line: those of a body whose end was not known.
func contentLength(line []byte, glued bool) (int, bool) {
	const name = "Content-Length"
	colon := bytes.LastIndexByte(line, ':')
	start := colon - len(name)
	if start < 0 || start > 0 && !glued || !bytes.EqualFold(line[start:colon], []byte(name)) {
		return 0, false
	}
	digits := bytes.TrimSpace(line[colon+1:])
	if len(digits) == 0 || len(bytes.Trim(digits, "0123456789")) > 0 {
		return 0, false
	}
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return math.MaxInt, true // too large for an int: refused for its size
	}
	return n, true
}
