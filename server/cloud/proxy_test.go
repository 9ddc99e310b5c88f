package cloud

import (
	"crypto/tls"
	"io"
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

	c := client(t, Options{API: "https://api.prefect.example/api", CAFile: file, Proxy: proxy.URL})
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
