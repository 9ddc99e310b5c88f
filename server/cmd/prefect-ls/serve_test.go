package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"prefect-ls/protocol"
)

// patience is how long a slow machine may take for what takes milliseconds. No test waits for it to pass.
const patience = 60 * time.Second

// build compiles the real command, with methods that misbehave on demand.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "prefect-ls.exe")
	out, err := exec.Command("go", "build", "-tags", "faulty", "-o", binary, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// A peer is an editor at the other end of real pipes.
type peer struct {
	t       *testing.T
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	log     *bytes.Buffer
}

func start(t *testing.T, binary string) *peer {
	t.Helper()
	return startCommand(t, exec.Command(binary, "serve"))
}

func startCommand(t *testing.T, command *exec.Cmd) *peer {
	t.Helper()
	p := &peer{t: t, command: command, log: &bytes.Buffer{}}
	p.command.Stderr = p.log
	in, err := p.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewReader(out)
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	guard := time.AfterFunc(patience, func() { _ = p.command.Process.Kill() })
	t.Cleanup(func() {
		guard.Stop()
		_ = p.command.Process.Kill()
		_ = p.command.Wait()
		if t.Failed() {
			t.Logf("log of the server:\n%s", p.log)
		}
	})
	return p
}

func (p *peer) raw(bytes string) {
	p.t.Helper()
	if _, err := io.WriteString(p.in, bytes); err != nil {
		p.t.Fatal(err)
	}
}

func (p *peer) send(format string, args ...any) {
	p.t.Helper()
	body := fmt.Sprintf(format, args...)
	p.raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

// An answer is any message of the server.
type answer struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

func (p *peer) read() answer {
	p.t.Helper()
	a, err := receive(p.out)
	if err != nil {
		p.t.Fatalf("reading a message: %v", err)
	}
	return a
}

// receive is the next message of a server.
func receive(out *bufio.Reader) (a answer, err error) {
	body, err := nextBody(out)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(body, &a); err != nil {
		return a, fmt.Errorf("%s: %w", body, err)
	}
	return a, nil
}

// nextBody is the next message of a server as it was sent, without the header.
func nextBody(out *bufio.Reader) ([]byte, error) {
	header, err := textproto.NewReader(out).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return nil, err
	}
	body := make([]byte, length)
	_, err = io.ReadFull(out, body)
	return body, err
}

// await reads on to the answer to the request with the given id.
func (p *peer) await(id string) answer {
	p.t.Helper()
	for {
		if a := p.read(); string(a.ID) == id && a.Method == "" {
			return a
		}
	}
}

func (p *peer) wantError(id string, code int) {
	p.t.Helper()
	switch a := p.await(id); {
	case a.Error == nil:
		p.t.Errorf("request %s is answered %s, want error %d", id, a.Result, code)
	case a.Error.Code != code || a.Error.Message == "":
		p.t.Errorf("request %s fails with %d %q, want error %d", id, a.Error.Code, a.Error.Message, code)
	}
}

func (p *peer) initialize() {
	p.t.Helper()
	p.send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	if a := p.await(`"init"`); a.Error != nil || !bytes.Contains(a.Result, []byte(`"capabilities"`)) {
		p.t.Fatalf("initialize is answered %s, %v", a.Result, a.Error)
	}
	p.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
}

// wantAlive shows that the server still answers.
func (p *peer) wantAlive() {
	p.t.Helper()
	p.send(`{"jsonrpc":"2.0","id":"alive","method":"textDocument/hover","params":{"textDocument":{"uri":"file:///none"},"position":{"line":0,"character":0}}}`)
	if a := p.await(`"alive"`); a.Error != nil || string(a.Result) != "null" {
		p.t.Errorf("hover is answered %s, %v; want null", a.Result, a.Error)
	}
}

func (p *peer) wantExit(code int) {
	p.t.Helper()
	_, _ = io.Copy(io.Discard, p.out)
	err := p.command.Wait()
	got := 0
	if exit, failed := errors.AsType[*exec.ExitError](err); failed {
		got = exit.ExitCode()
	} else if err != nil {
		p.t.Fatal(err)
	}
	if got != code {
		p.t.Errorf("exit code %d, want %d", got, code)
	}
}

// TestServe holds the built command to what LSP demands of a server on its standard streams.
func TestServe(t *testing.T) {
	binary := build(t)
	const (
		shutdown = `{"jsonrpc":"2.0","id":"down","method":"shutdown"}`
		exit     = `{"jsonrpc":"2.0","method":"exit"}`
	)
	for name, play := range map[string]func(p *peer){
		"exit after shutdown": func(p *peer) {
			p.initialize()
			p.send(shutdown)
			if a := p.await(`"down"`); a.Error != nil || string(a.Result) != "null" {
				p.t.Errorf("shutdown is answered %s, %v; want null", a.Result, a.Error)
			}
			p.send(exit)
			p.wantExit(0)
		},
		"exit without shutdown": func(p *peer) {
			p.initialize()
			p.send(exit)
			p.wantExit(1)
		},
		"exit before initialize": func(p *peer) {
			p.send(exit)
			p.wantExit(1)
		},
		"end of input": func(p *peer) {
			p.initialize()
			_ = p.in.Close()
			p.wantExit(1)
		},
		"end of input after shutdown": func(p *peer) {
			p.initialize()
			p.send(shutdown)
			p.await(`"down"`)
			_ = p.in.Close()
			p.wantExit(0)
		},
		"end of input before anything": func(p *peer) {
			_ = p.in.Close()
			p.wantExit(1)
		},
		"requests before initialize": func(p *peer) {
			p.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}}`)
			p.send(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`)
			p.wantError("1", -32002)
			p.send(`{"jsonrpc":"2.0","id":2,"method":"shutdown"}`)
			p.wantError("2", -32002)
			p.initialize()
			p.wantAlive()
		},
		"initialize twice": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}`)
			p.wantError("1", -32600)
			p.wantAlive()
		},
		"requests after shutdown": func(p *peer) {
			p.initialize()
			p.send(shutdown)
			p.await(`"down"`)
			p.send(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}`)
			p.wantError("1", -32600)
			p.send(exit)
			p.wantExit(0)
		},
		"unknown methods": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"textDocument/unheardOf","params":{}}`)
			p.wantError("1", -32601)
			p.send(`{"jsonrpc":"2.0","method":"textDocument/unheardOf"}`)
			p.send(`{"jsonrpc":"2.0","method":"$/unheardOf"}`)
			p.send(`{"jsonrpc":"2.0","id":2,"method":"$/unheardOf"}`)
			p.wantError("2", -32601)
			p.wantAlive()
		},
		"wrong parameters": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"position":7}}`)
			p.wantError("1", -32602)
			p.send(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover"}`)
			p.await("2")
			p.send(`{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"unheard of"}}`)
			p.send(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///none","version":1},"contentChanges":[{"text":""}]}}`)
			p.wantAlive()
		},
		"malformed JSON": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,`)
			p.wantError("null", -32700)
			p.send(`[]`)
			p.wantError("null", -32600)
			p.wantAlive()
		},
		"wrong lengths": func(p *peer) {
			p.initialize()
			for _, header := range []string{"Content-Length: -1", "Content-Length: x", "Content-Type: x", "Content-Length: 99999999999999999999"} {
				p.raw(header + "\r\n\r\n{}\r\n")
			}
			p.wantAlive()
		},
		"cancel that overtakes": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"test/wait"}`)
			p.wantAlive() // while the request waits
			p.send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}`)
			p.wantError("1", -32800)
			p.send(`{"jsonrpc":"2.0","id":"b","method":"test/wait"}`)
			p.send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"b"}}`)
			p.wantError(`"b"`, -32800)
		},
		"exit while a request runs": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"test/wait"}`)
			p.send(exit)
			p.wantExit(1)
		},
		"panic": func(p *peer) {
			p.initialize()
			p.send(`{"jsonrpc":"2.0","id":1,"method":"test/panic"}`)
			p.wantError("1", -32603)
			p.wantAlive()
			p.send(exit)
			p.wantExit(1)
			if log := p.log.String(); !strings.Contains(log, "faults_faulty.go") || strings.Contains(log, "pnu_0123456789") {
				p.t.Errorf("the log of a panic must have its stack and no key:\n%s", log)
			}
		},
		"calls of the client": func(p *peer) {
			p.send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true}}}}}`)
			p.await(`"init"`)
			p.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
			for _, method := range []string{"client/registerCapability", "workspace/configuration"} {
				call := p.read()
				if call.Method != method {
					p.t.Fatalf("the server calls %q, want %s", call.Method, method)
				}
				p.wantAlive() // while the server waits for our answer
				p.send(`{"jsonrpc":"2.0","id":%s,"result":[{"diagnostics":{"severity":{"unknown-setting":"off"}}}]}`, call.ID)
			}
			p.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///.env","languageId":"env","version":1,"text":"PREFECT_X=1"}}}`)
			for a := p.read(); ; a = p.read() { // settings and document may come in either order
				if a.Method == "textDocument/publishDiagnostics" && bytes.Contains(a.Params, []byte(`"diagnostics":[]`)) {
					break
				}
			}
		},
		"a client that answers too late": func(p *peer) {
			p.send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"capabilities":{"workspace":{"configuration":true}}}}`)
			p.await(`"init"`)
			p.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
			configuration := func() answer {
				for {
					if a := p.read(); a.Method == "workspace/configuration" {
						return a
					}
				}
			}
			first := configuration()
			p.send(`{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":null}}`)
			second := configuration()
			for id, severity := range map[string]string{string(second.ID): "off", string(first.ID): "error"} { // in any order
				p.send(`{"jsonrpc":"2.0","id":%s,"result":[{"diagnostics":{"severity":{"unknown-setting":%q}}}]}`, id, severity)
			}
			p.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///.env","languageId":"env","version":1,"text":"PREFECT_X=1"}}}`)
			for a := p.read(); a.Method != "textDocument/publishDiagnostics" || !bytes.Contains(a.Params, []byte(`"diagnostics":[]`)); a = p.read() {
				if bytes.Contains(a.Params, []byte(`"severity":1`)) {
					p.t.Errorf("what holds is the answer to the first question: %s", a.Params)
				}
			}
		},
		"a client that never answers": func(p *peer) {
			p.send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"workspaceFolders":[{"uri":%q,"name":"x"}],"capabilities":{
				"textDocument":{"diagnostic":{}},
				"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true},"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true},
					"diagnostics":{"refreshSupport":true},"inlayHint":{"refreshSupport":true}}}}}`, protocol.URIOf(p.t.TempDir()))
			p.await(`"init"`)
			p.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
			for version := range 100 {
				p.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///%d/.env","languageId":"env","version":1,"text":"PREFECT_HOME=/%[1]d"}}}`, version)
				p.send(`{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":null}}`)
			}
			p.send(shutdown)
			told := map[string]int{}
			// Of the questions for its settings, all but the latest are taken back, if after the last answer.
			for down := false; !down || told["workspace/configuration"]-told["$/cancelRequest"] > 1; {
				a := p.read()
				told[a.Method]++
				down = down || string(a.ID) == `"down"`
			}
			for _, method := range []string{"workspace/diagnostic/refresh", "workspace/inlayHint/refresh"} {
				if told[method] > 1 {
					p.t.Errorf("%d calls of %s wait for an answer, though one tells as much", told[method], method)
				}
			}
			p.send(exit)
			p.wantExit(0)
		},
		"death of the parent": func(p *peer) {
			parent := exec.Command(os.Args[0])
			parent.Env = append(os.Environ(), "PREFECT_LS_TEST_WAIT=1")
			wait, err := parent.StdinPipe()
			if err != nil {
				p.t.Fatal(err)
			}
			if err := parent.Start(); err != nil {
				p.t.Fatal(err)
			}
			p.send(`{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"processId":%d,"capabilities":{}}}`, parent.Process.Pid)
			p.await(`"init"`)
			p.wantAlive()
			_ = wait.Close()
			_ = parent.Wait()
			p.wantExit(1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			play(start(t, binary))
		})
	}
}

func TestMain(m *testing.M) {
	if os.Getenv("PREFECT_LS_TEST_WAIT") != "" { // a process for TestServe to end
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	os.Exit(m.Run())
}
