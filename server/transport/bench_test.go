package transport

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
)

// BenchmarkRoundTrip sends a request through a pipe of the operating system and waits for the
// reply, once with a Conn on the other side and once with the least code that can reply at all.
func BenchmarkRoundTrip(b *testing.B) {
	servers := []struct {
		name  string
		serve func(in io.Reader, out io.Writer) error
	}{
		{"conn", func(in io.Reader, out io.Writer) error {
			return New(in, out, echo, nil).Serve(context.Background())
		}},
		{"bare", bareLoop},
	}
	for _, size := range []int{100, 10_000, 1_000_000} {
		for _, server := range servers {
			b.Run(fmt.Sprintf("%s/%d", server.name, size), func(b *testing.B) {
				roundTrips(b, server.serve, size)
			})
		}
	}
}

func roundTrips(b *testing.B, serve func(in io.Reader, out io.Writer) error, size int) {
	inR, inW, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	outR, outW, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- serve(inR, outW) }()

	params := `{"text":"` + strings.Repeat("x", size) + `"}`
	sent := frame([]byte(request("1", "echo", params)))
	reply := frame([]byte(result("1", params)))
	got := make([]byte, len(reply))
	b.SetBytes(int64(len(sent)))
	b.ReportAllocs()
	for b.Loop() {
		written := make(chan error, 1)
		if size > 10_000 { // more than fits into a pipe
			go func() { _, err := inW.Write(sent); written <- err }()
		} else {
			_, err := inW.Write(sent)
			written <- err
		}
		if _, err := io.ReadFull(outR, got); err != nil {
			b.Fatal(err)
		}
		if err := <-written; err != nil {
			b.Fatal(err)
		}
	}
	if string(got) != string(reply) {
		b.Fatalf("got %.200q", got)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "trips/s")
	inW.Close()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
	for _, f := range []*os.File{inR, outR, outW} {
		f.Close()
	}
}

// bareLoop replies to one request after the other and trusts its peer.
func bareLoop(in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		size, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(line, "Content-Length:")))
		if err != nil {
			return err
		}
		if _, err := r.Discard(len("\r\n")); err != nil {
			return err
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		var request struct{ ID, Params json.RawMessage }
		if err := json.Unmarshal(body, &request); err != nil {
			return err
		}
		reply, err := json.Marshal(struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Result  json.RawMessage `json:"result"`
		}{"2.0", request.ID, request.Params})
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "Content-Length: %d\r\n\r\n%s", len(reply), reply); err != nil {
			return err
		}
	}
}
