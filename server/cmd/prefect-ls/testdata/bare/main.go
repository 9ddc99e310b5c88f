// Command bare is the least that a language server can be: the peer of BenchmarkStart.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"strconv"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	header, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil {
		os.Exit(1)
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		os.Exit(1)
	}
	if _, err := io.CopyN(io.Discard, in, int64(length)); err != nil {
		os.Exit(1)
	}
	body := `{"jsonrpc":"2.0","id":"init","result":{"capabilities":{}}}`
	fmt.Printf("Content-Length: %d\r\n\r\n%s", len(body), body)
	_, _ = io.Copy(io.Discard, in)
}
