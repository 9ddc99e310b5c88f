package cloud

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

// TestProxy shows that a proxy is used, and sees nothing of the key.
func TestProxy(t *testing.T) {
	pair, file := certificate(t, time.Now().Add(time.Hour), "api.prefect.example")
	cloud := start(t)
	server := httptest.NewUnstartedServer(cloud)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	defer server.Close()
	var seen atomic.Pointer[http.Request]
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Store(r)
		tunnel(t, w, server.Listener.Addr().String())
	}))
	defer proxy.Close()

	c := client(t, Options{API: "https://api.prefect.example/api", CAFile: file, Proxy: Proxy{URL: proxy.URL}})
	if list, err := c.Workspaces(t.Context(), mustKey(t, cloudtest.Ada)); err != nil || len(list) != 3 {
		t.Fatalf("%v, %v; want three workspaces", list, err)
	}
	asked := seen.Load()
	if asked == nil || asked.Method != http.MethodConnect || asked.Host != "api.prefect.example:443" || asked.Header.Get("Authorization") != "" {
		t.Errorf("the proxy is asked %+v", asked)
	}
}

// tunnel joins whoever asks with an address.
func tunnel(t *testing.T, w http.ResponseWriter, address string) {
	there, err := net.Dial("tcp", address)
	if err != nil {
		t.Error(err)
		return
	}
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(there, here); there.Close() }()
	go func() { _, _ = io.Copy(here, there); here.Close() }()
}

// TestProxyOfEnvironment shows that HTTPS_PROXY and NO_PROXY are honoured, in a process of its own as Go looks at them once.
func TestProxyOfEnvironment(t *testing.T) {
	if address := os.Getenv("TEST_API"); address != "" {
		_, err := client(t, Options{API: address}).Workspaces(t.Context(), mustKey(t, cloudtest.Ada))
		t.Fatal(err)
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }))
	defer proxy.Close()
	for address, want := range map[string]string{
		"https://api.prefect.example/api":           "The proxy on the way to api.prefect.example cannot be used (403)",
		"https://127.0.0.2:" + freePort(t) + "/api": "Nothing listens at 127.0.0.2",
	} {
		child := exec.Command(os.Args[0], "-test.run=^TestProxyOfEnvironment$")
		child.Env = append(os.Environ(), "TEST_API="+address, "HTTPS_PROXY="+proxy.URL, "NO_PROXY=127.0.0.2")
		if out, err := child.CombinedOutput(); err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: want %s in\n%s", address, want, out)
		}
	}
}

// TestProxyExcept names hosts that are spoken to without the proxy.
func TestProxyExcept(t *testing.T) {
	for _, c := range []struct {
		except, address string
		direct          bool
	}{
		{"", "https://api.prefect.cloud/api", false},
		{"", "http://localhost:4200/api", true},
		{"prefect.example", "https://prefect.example/api", true},
		{"prefect.example", "https://Deep.Prefect.Example/api", true},
		{"prefect.example", "https://myprefect.example/api", false},
		{"x, .Prefect.example ,y", "https://a.prefect.example/api", true},
		{"*.prefect.example", "https://a.prefect.example/api", true},
		{"*", "https://api.prefect.cloud/api", true},
		{"prefect.example:443", "https://prefect.example/api", true},
		{"prefect.example:80", "http://prefect.example/api", true},
		{"prefect.example:443", "https://prefect.example:4200/api", false},
		{"*:4200", "https://prefect.example:4200/api", false},
		{"10.0.0.0/8", "http://10.1.2.3:4200/api", true},
		{"10.0.0.0/8", "http://11.1.2.3:4200/api", false},
		{"10.1.2.3", "http://10.1.2.3:4200/api", true},
		{"[fd00::1]:4200", "http://[fd00::1]:4200/api", true},
		{"fd00::1", "http://[fd00::1]:4200/api", true},
		{",.,*.", "https://api.prefect.cloud/api", false},
	} {
		request := httptest.NewRequest(http.MethodGet, c.address, nil)
		got, err := Proxy{URL: "http://proxy:8080", Except: c.except}.pass(request)
		if err != nil || (got == nil) != c.direct {
			t.Errorf("%s with %q goes through %v, %v", c.address, c.except, got, err)
		}
	}
}

// TestProxySkipVerify shows a proxy whose certificate need not be good, while those of the servers behind it must be.
func TestProxySkipVerify(t *testing.T) {
	pair, file := certificate(t, time.Now().Add(time.Hour), "api.prefect.example")
	server := httptest.NewUnstartedServer(start(t))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.StartTLS()
	defer server.Close()
	proxy := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tunnel(t, w, server.Listener.Addr().String())
	}))
	proxy.Config.ErrorLog = silent()
	defer proxy.Close()
	for _, c := range []struct {
		name, file string
		skip       bool
		why        Reason
	}{
		{"checked", file, false, BadProxy},
		{"not checked", file, true, ""},
		{"before a server that is", "", true, UnknownCA},
	} {
		t.Run(c.name, func(t *testing.T) {
			options := Options{API: "https://api.prefect.example/api", CAFile: c.file, Proxy: Proxy{URL: proxy.URL, SkipVerify: c.skip}}
			if _, err := client(t, options).Workspaces(t.Context(), mustKey(t, cloudtest.Ada)); reason(err) != c.why {
				t.Errorf("%v, want %s", err, c.why)
			}
		})
	}
}

// TestSkipVerify leaves the certificate of a server of one's own unchecked, and that of Prefect Cloud never.
func TestSkipVerify(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `"3.8.8"`) }))
	server.Config.ErrorLog = silent()
	defer server.Close()
	for _, c := range []struct {
		skip bool
		why  Reason
	}{{false, UnknownCA}, {true, ""}} {
		asked := client(t, Options{API: server.URL, SkipVerify: c.skip})
		if version, err := asked.Version(t.Context(), server.URL, "u:p"); reason(err) != c.why || err == nil && version != "3.8.8" {
			t.Errorf("%q, %v; want %q", version, err, c.why)
		}
		_, err := asked.Workspaces(t.Context(), mustKey(t, cloudtest.Ada))
		check(t, err, UnknownCA, "authority that is not known", cloudtest.Ada)
	}
}

// silent is the log of a server that is expected to fail.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }
