package transport

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
)

// FuzzServe sends any bytes, then a well-formed request on a new line, then as many bytes as the
// largest frame may have: the request must be answered, and the connection end without an error.
func FuzzServe(f *testing.F) {
	good := string(frame([]byte(request("1", "m", "{}"))))
	call := string(frame([]byte(request("2", "call", "[]"))))
	for _, seed := range []string{
		"", "\n", "garbage", good, good + good, good[:len(good)/2], good[1:],
		call, call + string(frame([]byte(result("1", "{}")))), call + string(frame([]byte(cancel("2")))),
		call + call + good[:20],
		string(frame([]byte(request("3", "panic", "{}")))), string(frame([]byte(notification("panic", "{}")))),
		string(frame([]byte(notification("call", "{}")))),
		"Content-Length: 5", "Content-Length: 5\n", "Content-Length: 5\n\n", "Content-Length: 5\n\n{", "Content-Length: 2000\r\n\r\n{\"a\":\"",
		"Content-Length: -1\n\n", "Content-Length: 99999999999999999999\n\n{}", "Content-Length: x\n\n{}", "A: b\n\n", "X-Content-Length: 9\r\n",
		"Content-Length: 300\n\nContent-Length: 200\n\nContent-Length: 100\n\n",
		string(frame([]byte("[]"))), string(frame([]byte("{"))), string(frame([]byte(`{"jsonrpc":"2.0","id":null,"method":"m"}`))),
		strings.Repeat("x", 2*maxLine),
	} {
		f.Add([]byte(seed))
	}
	const largest = 4096
	f.Fuzz(func(t *testing.T, garbage []byte) {
		const id = `"the good one"`
		if strings.Contains(string(garbage), "good one") {
			t.Skip("the id is taken")
		}
		synctest.Test(t, func(t *testing.T) {
			var p *peer
			p = connect(t, func(ctx context.Context, m Message) func() (any, error) {
				switch m.Method {
				case "panic":
					panic("at request")
				case "call":
					return func() (any, error) { return nil, p.conn.Call(ctx, "ask", nil, nil) }
				}
				return returning(m.Params)
			}, func(c *Conn) { c.frames.max = largest })
			p.raw(string(garbage))
			p.raw("\n")
			p.send(request(id, "m", "{}"))
			p.raw(strings.Repeat("\n", largest))
			for p.next() != result(id, "{}") {
			}
			p.in.Close()
			if err := p.wantEnd(); err != nil {
				t.Error(err)
			}
		})
	})
}
