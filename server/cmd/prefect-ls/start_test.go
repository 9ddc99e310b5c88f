package main

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkStart measures from the start of the process to the answer to "initialize", for the release binary and for a
// program that does nothing else.
func BenchmarkStart(b *testing.B) {
	for name, source := range map[string]string{"prefect-ls": ".", "peer=bare": "./testdata/bare"} {
		binary := filepath.Join(b.TempDir(), "server.exe")
		if out, err := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, source).CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				startOnce(b, binary)
			}
		})
	}
}

func startOnce(b *testing.B, binary string) {
	b.Helper()
	server := exec.Command(binary, "serve")
	in, err := server.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	body := `{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{}}}`
	if _, err := fmt.Fprintf(in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "Content-Length:") {
		b.Fatalf("%q: %v", line, err)
	}
	b.StopTimer()
	_ = in.Close()
	_, _ = io.Copy(io.Discard, out)
	_ = server.Wait()
	b.StartTimer()
}
