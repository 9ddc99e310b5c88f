package cloud

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

func start(t *testing.T) *cloudtest.Cloud {
	t.Helper()
	c, err := cloudtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// client is one that does not wait long before it tries again.
func client(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.backoff = time.Millisecond
	t.Cleanup(c.http.CloseIdleConnections)
	t.Cleanup(c.own.CloseIdleConnections)
	return c
}

func TestReads(t *testing.T) {
	server := start(t)
	c := client(t, Options{API: server.API() + "/", UserAgent: "a-test/1"})
	ctx, ada := t.Context(), mustKey(t, cloudtest.Ada)

	list, err := c.Workspaces(ctx, ada)
	if err != nil || len(list) != 3 {
		t.Fatalf("%v, %v; want three workspaces", list, err)
	}
	prod := list[0]
	want := Workspace{prod.AccountID, "Acme Inc.", "acme", prod.WorkspaceID, "Production", "prod"}
	if prod != want || prod.Handle() != "acme/prod" || prod.APIURL(server.API()) != server.APIURL("acme/prod") {
		t.Errorf("got %+v, want %+v", prod, want)
	}
	if got, want := prod.UIURL("https://ui/"), "https://ui/account/"+prod.AccountID+"/workspace/"+prod.WorkspaceID; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if me, err := c.Me(ctx, ada); err != nil || me.Handle != "ada" || me.FirstName != "Ada" {
		t.Errorf("%+v, %v; want Ada", me, err)
	}
	if one, err := c.Workspace(ctx, ada, prod.AccountID, prod.WorkspaceID); err != nil || one.WorkspaceHandle != "prod" || one.WorkspaceID != prod.WorkspaceID {
		t.Errorf("%+v, %v; want prod", one, err)
	}
	if list, err := c.Workspaces(ctx, mustKey(t, cloudtest.Newcomer)); err != nil || list == nil || len(list) != 0 {
		t.Errorf("%v, %v; want an empty list", list, err)
	}
	if list, err := c.Workspaces(ctx, mustKey(t, cloudtest.Manager)); err != nil || len(list) != 303 {
		t.Errorf("%d workspaces, %v; want 303", len(list), err)
	}
	if version, err := c.Version(ctx, server.API(), "admin:secret"); err != nil || version != "3.8.8" {
		t.Errorf("%q, %v; want 3.8.8", version, err)
	}
	for path, want := range map[string]string{"/api/me/workspaces": "Bearer " + cloudtest.Ada, "/api/admin/version": "Basic YWRtaW46c2VjcmV0"} {
		header := server.Requests(path)[0].Header
		if got := header.Get("Authorization"); got != want {
			t.Errorf("%s got the authorization %q, want %q", path, got, want)
		}
		if got := header.Get("User-Agent"); got != "a-test/1" {
			t.Errorf("%s got the user agent %q", path, got)
		}
	}
}

// TestLenience shows what is made of answers that are not quite what Prefect Cloud sends today.
func TestLenience(t *testing.T) {
	tests := map[string]struct {
		body string
		want int // workspaces
		why  Reason
	}{
		"more fields":   {`[{"account_id": "a", "workspace_id": "w", "new": {"x": [1]}}]`, 1, ""},
		"fewer fields":  {`[{"account_id": "a", "workspace_id": "w"}]`, 1, ""},
		"null":          {`[{"account_id": "a", "workspace_id": "w", "workspace_name": null}]`, 1, ""},
		"another type":  {`[{"account_id": "a", "workspace_name": 7, "workspace_id": "w"}]`, 1, ""},
		"no id":         {`[{"account_id": "a"}, {"account_id": "a", "workspace_id": "w"}]`, 1, ""},
		"an object":     {`{"results": []}`, 0, NoAPI},
		"other things":  {`[1, 2]`, 0, NoAPI},
		"not all of it": {`[{"account_id": "a"`, 0, NoAPI},
		"nothing":       {``, 0, NoAPI},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := start(t)
			server.Fail("/", cloudtest.Always, cloudtest.Answer(http.StatusOK, test.body))
			list, err := client(t, Options{API: server.API()}).Workspaces(t.Context(), mustKey(t, cloudtest.Ada))
			if reason(err) != test.why || len(list) != test.want {
				t.Errorf("%v, %v", list, err)
			}
		})
	}
}

// echo complains of what it was sent, as careless servers do.
func echo(write func(w http.ResponseWriter, authorization string)) cloudtest.Fault {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { write(w, r.Header.Get("Authorization")) })
	}
}

// raw answers with bytes instead of with HTTP.
func raw(answer func(authorization string) string) cloudtest.Fault {
	return echo(func(w http.ResponseWriter, authorization string) {
		socket, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			fmt.Fprint(socket, answer(authorization))
			socket.Close()
		}
	})
}

// TestAnswers shows what is made of each answer that is not a good one.
func TestAnswers(t *testing.T) {
	tests := map[string]struct {
		key   string // empty for Ada's
		fault cloudtest.Fault
		why   Reason
		says  string
		tries int
	}{
		"expired key":       {key: cloudtest.Expired, why: KeyRejected, says: "30 days", tries: 1},
		"blocked key":       {key: cloudtest.Blocked, why: Forbidden, says: "(IP address 192.0.2.7 is not in the allow list of this account)", tries: 1},
		"not found":         {fault: cloudtest.Answer(404, `{"detail": "Not Found"}`), why: NoAPI, says: "/api", tries: 1},
		"not allowed":       {fault: cloudtest.Answer(405, `{}`), why: NoAPI, says: "(405)", tries: 1},
		"no content":        {fault: cloudtest.Answer(204, ``), why: NoAPI, says: "(204)", tries: 1},
		"page":              {fault: cloudtest.HTML(), why: NoAPI, says: "/api", tries: 1},
		"unprocessable":     {fault: cloudtest.Answer(422, `{"detail": [{"msg": "no uuid"}], "exception_message": "Invalid request"}`), why: Unexpected, says: "(Invalid request)", tries: 1},
		"long complaint":    {fault: cloudtest.Answer(403, `{"detail": "`+strings.Repeat("so ", 1000)+`"}`), why: Forbidden, says: "so …)", tries: 1},
		"complaint, lines":  {fault: cloudtest.Answer(403, `{"detail": "first\r\n\u001b[31msecond"}`), why: Forbidden, says: "(first [31msecond)", tries: 1},
		"429 for long":      {fault: cloudtest.Answer(429, ``, "Retry-After", "3600"), why: RateLimited, says: "Try again in 1h0m0s.", tries: 1},
		"429":               {fault: cloudtest.Answer(429, ``), why: RateLimited, says: "Try again later.", tries: 3},
		"408":               {fault: cloudtest.Answer(408, ``), why: ServerFailed, says: "Try again later.", tries: 3},
		"502":               {fault: cloudtest.Answer(502, `<html>`), why: ServerFailed, says: "(502)", tries: 3},
		"503":               {fault: cloudtest.Answer(503, ``, "Retry-After", "0"), why: ServerFailed, says: "(503)", tries: 3},
		"503 with nonsense": {fault: cloudtest.Answer(503, ``, "Retry-After", "-5 eggs"), why: ServerFailed, says: "(503)", tries: 3},
		"500":               {fault: cloudtest.Answer(500, `{"exception_message": "Internal Server Error"}`), why: ServerFailed, says: "(500)", tries: 1},
		"407":               {fault: cloudtest.Answer(407, ``), why: BadProxy, says: "HTTPS_PROXY", tries: 1},
		"cut":               {fault: cloudtest.Cut(), why: Interrupted, says: "broke off", tries: 1},
		"too large":         {fault: cloudtest.Answer(200, strings.Repeat(" ", maxAnswer+1)), why: TooLarge, says: "larger", tries: 1},
		"echo in detail": {fault: echo(func(w http.ResponseWriter, a string) {
			w.WriteHeader(403)
			fmt.Fprintf(w, `{"detail": "header %s"}`, a)
		}), why: Forbidden, says: "header Bearer pnu_****0ada", tries: 1},
		"echo as page": {fault: echo(func(w http.ResponseWriter, a string) { fmt.Fprintf(w, "<p>%s", a) }), why: NoAPI, tries: 1},
		"echo as redirect": {fault: echo(func(w http.ResponseWriter, a string) {
			w.Header().Set("Location", "http://"+strings.Fields(a)[1]+".example/")
			w.WriteHeader(302)
		}), why: Redirected, tries: 1},
		"echo as bad place": {fault: echo(func(w http.ResponseWriter, a string) { w.Header().Set("Location", "http://%zz"+a); w.WriteHeader(302) }), why: Interrupted, tries: 1},
		"echo as status":    {fault: raw(func(a string) string { return a + "\r\n\r\n" }), why: NoAPI, tries: 1},
		"echo as header":    {fault: raw(func(a string) string { return "HTTP/1.1 200 OK\r\n" + a + "\r\n\r\n" }), why: NoAPI, tries: 1},
		"bad length":        {fault: raw(func(a string) string { return "HTTP/1.1 200 OK\r\nContent-Length: " + a + "\r\n\r\n" }), why: Interrupted, tries: 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			server := start(t)
			if test.fault != nil {
				server.Fail("/", cloudtest.Always, test.fault)
			}
			secret := cloudtest.Ada
			if test.key != "" {
				secret = test.key
			}
			_, err := client(t, Options{API: server.API()}).Workspaces(t.Context(), mustKey(t, secret))
			check(t, err, test.why, test.says, secret)
			if tries := len(server.Requests("/")); tries != test.tries {
				t.Errorf("%d requests, want %d", tries, test.tries)
			}
		})
	}
}

// check compares an error with what is wanted of it, and looks for secrets in whatever can be seen of it.
func check(t *testing.T, err error, why Reason, says, secret string) {
	t.Helper()
	if reason(err) != why {
		t.Fatalf("the reason is %s, want %s: %v", reason(err), why, err)
	}
	if !strings.Contains(err.Error(), says) {
		t.Errorf("it says %q, want %q in it", err, says)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if all := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(all, secret) {
			t.Errorf("the secret shows: %s", all)
		}
	}
}

// certificate makes one that signs itself, for hosts, and the file that lets it be trusted.
func certificate(t *testing.T, until time.Time, hosts ...string) (tls.Certificate, string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.Add(-24 * time.Hour), NotAfter: until, DNSNames: hosts, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, form, form, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}, file
}

func TestTLS(t *testing.T) {
	tomorrow := time.Now().Add(24 * time.Hour)
	tests := map[string]struct {
		until   time.Time
		host    string
		trusted bool
		why     Reason
	}{
		"good":         {tomorrow, "localhost", true, ""},
		"unknown":      {tomorrow, "localhost", false, UnknownCA},
		"expired":      {tomorrow.Add(-72 * time.Hour), "localhost", true, CertificateExpired},
		"another host": {tomorrow, "example.com", true, WrongHost},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			pair, file := certificate(t, test.until, test.host)
			server := httptest.NewUnstartedServer(start(t))
			server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
			server.Config.ErrorLog = log.New(io.Discard, "", 0) // the client does not like the certificate
			server.StartTLS()
			defer server.Close()
			if !test.trusted {
				file = ""
			}
			_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
			c := client(t, Options{API: "https://localhost:" + port + "/api", CAFile: file})
			_, err := c.Workspaces(t.Context(), mustKey(t, cloudtest.Ada))
			if reason(err) != test.why {
				t.Errorf("%s, want %s: %v", reason(err), test.why, err)
			}
		})
	}
}

// TestHTTP2 shows that what Prefect Cloud speaks is spoken, and that a broken stream is told as such.
func TestHTTP2(t *testing.T) {
	pair, file := certificate(t, time.Now().Add(time.Hour), "localhost")
	cloud := start(t)
	server := httptest.NewUnstartedServer(cloud)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	cloud.Fail("/", 1, cloudtest.Cut())
	cloud.Fail("/", 1, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor != 2 {
				t.Errorf("%s is spoken", r.Proto)
			}
			next.ServeHTTP(w, r)
		})
	})
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	c, key := client(t, Options{API: "https://localhost:" + port + "/api", CAFile: file}), mustKey(t, cloudtest.Ada)
	_, err := c.Workspaces(t.Context(), key)
	check(t, err, Interrupted, "broke off", cloudtest.Ada)
	if _, err := c.Workspaces(t.Context(), key); err != nil {
		t.Error(err)
	}
}

func TestBadCAFile(t *testing.T) {
	_, err := New(Options{CAFile: filepath.Join(t.TempDir(), "none.pem")})
	check(t, err, BadCAFile, "PREFECT_API_SSL_CERT_FILE", cloudtest.Ada)
	_, err = New(Options{CAFile: "ca.pem"})
	check(t, err, BadCAFile, "ca.pem is not an absolute path", cloudtest.Ada)
	_, err = New(Options{CAFile: t.TempDir()})
	check(t, err, BadCAFile, "is no regular file", cloudtest.Ada)
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = New(Options{CAFile: empty})
	check(t, err, BadCAFile, "no certificate in PEM", cloudtest.Ada)
}

// TestUnreachable shows what is made of not getting as far as an answer.
func TestUnreachable(t *testing.T) {
	server := start(t)
	nobody := "127.0.0.1:" + freePort(t)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusProxyAuthRequired) }))
	defer refusing.Close()
	tests := map[string]struct {
		options Options
		why     Reason
		says    string
	}{
		"nobody listens":      {Options{API: "http://" + nobody + "/api"}, Refused, nobody},
		"no TLS":              {Options{API: strings.Replace(server.API(), "http:", "https:", 1)}, NotTLS, "http://"},
		"plain http":          {Options{API: "http://prefect.example/api"}, PlainHTTP, "prefect.example"},
		"no proxy":            {Options{Proxy: Proxy{URL: "http://u:hunter2@" + nobody}}, BadProxy, "HTTPS_PROXY"},
		"refusing proxy":      {Options{Proxy: Proxy{URL: refusing.URL}}, BadProxy, "(407)"},
		"proxy without sense": {Options{Proxy: Proxy{URL: "http://u:hunter2@%zz"}}, BadProxy, "not a URL"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := client(t, test.options).Workspaces(t.Context(), mustKey(t, cloudtest.Ada))
			check(t, err, test.why, test.says, cloudtest.Ada)
			check(t, err, test.why, "", "hunter2")
		})
	}
}

func TestReasonOf(t *testing.T) {
	dial := func(err error) error {
		return &url.Error{Op: "Get", Err: &net.OpError{Op: "dial", Net: "tcp", Err: err}}
	}
	tests := map[Reason]error{
		UnknownHost: dial(&net.DNSError{Err: "no such host", Name: "nowhere.invalid", IsNotFound: true}),
		Timeout:     dial(&net.DNSError{Err: "i/o timeout", Name: "nowhere.invalid", IsTimeout: true}),
		Offline:     dial(os.NewSyscallError("connect", syscall.ENETUNREACH)),
		Refused:     dial(os.NewSyscallError("connectex", syscall.Errno(10061))),
		NotTLS:      dial(tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}),
		Interrupted: &url.Error{Op: "Get", Err: &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}},
	}
	for want, err := range tests {
		if got := reasonOf(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}

func TestIsUnreachable(t *testing.T) {
	for why, want := range map[Reason]bool{RateLimited: true, Offline: true, Timeout: true, KeyRejected: false, NoAccess: false, Forbidden: false} {
		if got := (&Error{Reason: why}).IsUnreachable(); got != want {
			t.Errorf("%s: %v, want %v", why, got, want)
		}
	}
}

func TestBadAddress(t *testing.T) {
	for _, address := range []string{"api.prefect.cloud/api", "ftp://api.prefect.cloud", "https:///api", "http://%zz", ":"} {
		if _, err := New(Options{API: address}); reason(err) != BadAddress {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := client(t, Options{}).Version(t.Context(), address, ""); reason(err) != BadAddress {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestNoAccess(t *testing.T) {
	server := start(t)
	c, outsider := client(t, Options{API: server.API()}), mustKey(t, cloudtest.Outsider)
	parts := strings.Split(server.APIURL("acme/prod"), "/")
	_, err := c.Workspace(t.Context(), outsider, parts[5], parts[7])
	check(t, err, NoAccess, "Choose another workspace", cloudtest.Outsider)
	_, err = c.Workspace(t.Context(), outsider, "../me", parts[7])
	check(t, err, NoAccess, "", cloudtest.Outsider)
	_, err = c.Me(t.Context(), Key{})
	check(t, err, NotAKey, "", cloudtest.Ada)
}

func TestAuthStringStaysHidden(t *testing.T) {
	server := start(t)
	server.Fail("/", cloudtest.Always, echo(func(w http.ResponseWriter, a string) {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"exception_message": "no: %s is not admin:hunter2, and neither is %s, as hunter2 is wrong"}`, a, strings.TrimPrefix(a, "Basic "))
	}))
	_, err := client(t, Options{}).Version(t.Context(), server.API(), "admin:hunter2")
	check(t, err, AuthRejected, "(no: **** is not ****, and neither is ****, as **** is wrong)", "hunter2")
	for address, auth := range map[string]string{"http://prefect.example/api": "admin:hunter2", "http://admin:hunter2@prefect.example/api": ""} {
		_, err = client(t, Options{}).Version(t.Context(), address, auth)
		check(t, err, PlainHTTP, "prefect.example", "hunter2")
	}
}

func TestTriesAgain(t *testing.T) {
	server := start(t)
	c, key := client(t, Options{API: server.API()}), mustKey(t, cloudtest.Ada)
	server.Fail("/", 1, cloudtest.Answer(http.StatusBadGateway, ""))
	server.Fail("/", 1, cloudtest.Answer(http.StatusTooManyRequests, "", "Retry-After", time.Now().UTC().Format(http.TimeFormat)))
	if list, err := c.Workspaces(t.Context(), key); err != nil || len(list) != 3 {
		t.Errorf("%v, %v; want three workspaces in the third try", list, err)
	}
}

func TestGivesUp(t *testing.T) {
	server := start(t)
	c, key := client(t, Options{API: server.API()}), mustKey(t, cloudtest.Ada)
	server.Fail("/", cloudtest.Always, cloudtest.Stall())

	c.timeout = 50 * time.Millisecond
	_, err := c.Workspaces(t.Context(), key)
	check(t, err, Timeout, "did not answer in time", cloudtest.Ada)

	c.timeout = timeout
	ctx, cancel := context.WithCancel(t.Context())
	server.Heal()
	server.Fail("/", cloudtest.Always, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
	})
	_, err = c.Workspaces(ctx, key)
	check(t, err, Cancelled, "Cancelled.", cloudtest.Ada)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}

// TestWaitingIsCancelled shows that the pause before another try ends at once when nobody wants the answer any more.
func TestWaitingIsCancelled(t *testing.T) {
	server := start(t)
	c := client(t, Options{API: server.API()})
	c.timeout, c.backoff = time.Hour, 30*time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	server.Fail("/", cloudtest.Always, func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusServiceUnavailable)
			time.AfterFunc(10*time.Millisecond, cancel)
		})
	})
	_, err := c.Workspaces(ctx, mustKey(t, cloudtest.Ada))
	check(t, err, Cancelled, "", cloudtest.Ada)
}

func TestRedirects(t *testing.T) {
	server, other := start(t), start(t)
	key := mustKey(t, cloudtest.Ada)
	to := func(address string) cloudtest.Fault {
		return cloudtest.Answer(http.StatusTemporaryRedirect, "", "Location", address)
	}

	server.Fail("/api/me/", 1, to("/api/me/workspaces?again"))
	if list, err := client(t, Options{API: server.API()}).Workspaces(t.Context(), key); err != nil || len(list) != 3 {
		t.Errorf("%v, %v; want three workspaces from the same host", list, err)
	}
	server.Fail("/", 1, to(other.API()+"/me/workspaces"))
	_, err := client(t, Options{API: server.API()}).Workspaces(t.Context(), key)
	check(t, err, Redirected, "to "+other.URL, cloudtest.Ada)
	if arrived := other.Requests("/"); len(arrived) != 0 {
		t.Errorf("the other host got %v", arrived)
	}
	server.Fail("/", cloudtest.Always, to("/api/me/workspaces"))
	_, err = client(t, Options{API: server.API()}).Workspaces(t.Context(), key)
	check(t, err, Redirected, "", cloudtest.Ada)
}

// freePort is a port of 127.0.0.1 on which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	_, port, _ := net.SplitHostPort(socket.Addr().String())
	return port
}
