package cloud

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

const ui = "https://app.prefect.cloud"

func listen(t *testing.T, page string) *Listener {
	t.Helper()
	l, err := Listen(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// post is a request as the page of Prefect Cloud makes it.
func post(l *Listener, path, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, l.Callback()+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:50000"
	r.Header.Set("Origin", ui)
	r.Header.Set("Content-Type", "application/json")
	return r
}

const good = `{"api_key": "` + cloudtest.Ada + `"}`

// TestListenerRefuses shows what the listener does not take for the answer of the page.
func TestListenerRefuses(t *testing.T) {
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	tests := map[string]struct {
		path, body string
		change     func(*http.Request)
		status     int
	}{
		"another origin":      {change: set("Origin", "https://evil.example"), status: 403},
		"a similar origin":    {change: set("Origin", ui+".evil.example"), status: 403},
		"its origin by http":  {change: set("Origin", "http://app.prefect.cloud"), status: 403},
		"no page's origin":    {change: set("Origin", "null"), status: 403},
		"no origin":           {change: func(r *http.Request) { r.Header.Del("Origin") }, status: 403},
		"another computer":    {change: func(r *http.Request) { r.RemoteAddr = "192.0.2.7:50000" }, status: 403},
		"another, IPv6":       {change: func(r *http.Request) { r.RemoteAddr = "[2001:db8::7]:50000" }, status: 403},
		"nobody":              {change: func(r *http.Request) { r.RemoteAddr = "" }, status: 403},
		"a rebound name":      {change: func(r *http.Request) { r.Host = "evil.example" + strings.TrimPrefix(r.Host, "localhost") }, status: 403},
		"another port":        {change: func(r *http.Request) { r.Host = "localhost:1" }, status: 403},
		"another path":        {path: "/other", status: 404},
		"a path below":        {path: "/success/", status: 404},
		"the key in a query":  {path: "/?key=" + cloudtest.Ada, change: func(r *http.Request) { r.Method = http.MethodGet }, status: 404},
		"another method":      {change: func(r *http.Request) { r.Method = http.MethodPut }, status: 405},
		"a method that reads": {path: "/success?api_key=" + cloudtest.Ada, change: func(r *http.Request) { r.Method = http.MethodGet }, status: 405},
		"a form":              {change: set("Content-Type", "application/x-www-form-urlencoded"), status: 415},
		"text":                {change: set("Content-Type", "text/plain"), status: 415},
		"no type":             {change: func(r *http.Request) { r.Header.Del("Content-Type") }, status: 415},
		"too much":            {body: `{"x": "` + strings.Repeat("x", maxLogin) + `", ` + good[1:], status: 413},
		"no JSON":             {body: "api_key=" + cloudtest.Ada, status: 422},
		"no key":              {body: `{}`, status: 422},
		"a null key":          {body: `{"api_key": null}`, status: 422},
		"a numeric key":       {body: `{"api_key": 7}`, status: 422},
		"no reason":           {path: "/failure", body: `{"api_key": ""}`, status: 422},
	}
	l := listen(t, ui)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path, body := "/success", good
			if test.path != "" {
				path = test.path
			}
			if test.body != "" {
				body = test.body
			}
			r := post(l, path, body)
			if test.change != nil {
				test.change(r)
			}
			w := httptest.NewRecorder()
			l.ServeHTTP(w, r)
			if w.Code != test.status {
				t.Errorf("answered %d, want %d: %s", w.Code, test.status, w.Body)
			}
			if strings.Contains(w.Body.String(), cloudtest.Ada) {
				t.Errorf("the key comes back: %s", w.Body)
			}
			if allowed := w.Header().Get("Access-Control-Allow-Origin"); allowed != "" && (allowed != ui || test.status == 403) {
				t.Errorf("%s may read the answer", allowed)
			}
		})
	}
	w := httptest.NewRecorder()
	l.ServeHTTP(w, post(l, "/success", good))
	if key, err := l.Wait(t.Context()); w.Code != http.StatusOK || err != nil || key.Reveal() != cloudtest.Ada {
		t.Errorf("after all that, the good answer is answered %d: %v, %v", w.Code, key, err)
	}
}

func TestListenerTakesOneAnswer(t *testing.T) {
	l := listen(t, ui)
	for i, want := range []int{http.StatusOK, http.StatusConflict, http.StatusConflict} {
		w := httptest.NewRecorder()
		l.ServeHTTP(w, post(l, []string{"/success", "/success", "/failure"}[i], `{"reason": "late", "api_key": "pnu_`+strconv.Itoa(i)+`"}`))
		if w.Code != want {
			t.Errorf("answer %d is answered %d, want %d", i, w.Code, want)
		}
	}
	if key, err := l.Wait(t.Context()); err != nil || key.Reveal() != "pnu_0" {
		t.Errorf("%v, %v; want the first key", key, err)
	}
	if _, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(l.Port())); err == nil {
		t.Error("it still listens")
	}
}

func TestListenerAnswers(t *testing.T) {
	tests := map[string]struct {
		path, body string
		why        Reason
		says       string
	}{
		"declined":           {"/failure", `{"reason": "You said no."}`, Denied, "(You said no.)"},
		"declined, with key": {"/failure", `{"reason": "no ` + cloudtest.Ada + `"}`, Denied, "(no pnu_****0ada)"},
		"of Cloud 1":         {"/success", `{"api_key": "pcu_0123"}`, Cloud1Key, "Cloud 1"},
		"not a key":          {"/success", `{"api_key": "hello"}`, NotAKey, "pnu_"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := listen(t, ui)
			w := httptest.NewRecorder()
			l.ServeHTTP(w, post(l, test.path, test.body))
			_, err := l.Wait(t.Context())
			check(t, err, test.why, test.says, cloudtest.Ada)
			if w.Code != http.StatusOK {
				t.Errorf("answered %d", w.Code)
			}
		})
	}
}

func TestPreflight(t *testing.T) {
	l := listen(t, ui+":443/") // as a person may write it
	for _, path := range []string{"/success", "/failure"} {
		r := post(l, path, "")
		r.Method = http.MethodOptions
		r.Header.Set("Access-Control-Request-Private-Network", "true")
		w := httptest.NewRecorder()
		l.ServeHTTP(w, r)
		want := map[string]string{
			"Access-Control-Allow-Origin": ui, "Vary": "Origin", "Access-Control-Allow-Methods": "POST",
			"Access-Control-Allow-Headers": "Content-Type", "Access-Control-Allow-Private-Network": "true",
		}
		for name, value := range want {
			if got := w.Header().Get(name); w.Code != http.StatusNoContent || got != value {
				t.Errorf("%s: %d, %s is %q, want %q", path, w.Code, name, got, value)
			}
		}
	}
}

func TestForwarded(t *testing.T) {
	l := listen(t, ui)
	external, err := url.Parse("https://name-54321.app.github.dev/")
	if err != nil {
		t.Fatal(err)
	}
	r := post(l, "/success", good)
	r.Host = external.Host
	w := httptest.NewRecorder()
	if l.ServeHTTP(w, r.Clone(t.Context())); w.Code != http.StatusForbidden {
		t.Errorf("a name nobody has spoken of is answered %d", w.Code)
	}
	l.Forwarded(external)
	w = httptest.NewRecorder()
	if l.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Errorf("the name it is forwarded from is answered %d", w.Code)
	}
}

func TestListenerEndsByItself(t *testing.T) {
	l := listen(t, ui)
	if end, ok := l.expired.Deadline(); !ok || time.Until(end) > 5*time.Minute {
		t.Errorf("it ends %v, want within five minutes", end)
	}
	short, err := listenFor(t.Context(), ui, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	_, err = short.Wait(t.Context())
	check(t, err, NoAnswer, "paste an API key", cloudtest.Ada)
	if _, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(short.Port())); err == nil {
		t.Error("it still listens")
	}
}

func TestWaitIsCancelled(t *testing.T) {
	l := listen(t, ui)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := l.Wait(ctx)
	check(t, err, Cancelled, "Cancelled.", cloudtest.Ada)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
}

func TestListenOnBoth(t *testing.T) {
	l := listen(t, ui)
	hosts := []string{"127.0.0.1"}
	if probe, err := net.Listen("tcp6", "[::1]:0"); err == nil {
		probe.Close()
		hosts = append(hosts, "::1")
	}
	for _, host := range hosts {
		socket, err := net.Dial("tcp", net.JoinHostPort(host, strconv.Itoa(l.Port())))
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		socket.Close()
	}
	if _, err := net.Listen("tcp4", "127.0.0.1:"+strconv.Itoa(l.Port())); !isTaken(err) {
		t.Errorf("its port can be had, or so it seems: %v", err)
	}
	if _, err := Listen(t.Context(), "app.prefect.cloud"); reason(err) != BadAddress {
		t.Errorf("a page without a scheme: %v", err)
	}
}

func TestAuthURL(t *testing.T) {
	want := "https://app.prefect.cloud/auth/client?callback=http%3A//localhost%3A54321"
	if got := AuthURL("https://app.prefect.cloud/", "http://localhost:54321"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestLogin plays the browser from the page to the key that works.
func TestLogin(t *testing.T) {
	server := start(t)
	l := listen(t, server.UI())
	if page := exchange(t, http.MethodGet, AuthURL(server.UI(), l.Callback()), nil, ""); !strings.Contains(page, strconv.Quote(l.Callback())) {
		t.Errorf("the page does not know the callback:\n%s", page)
	}
	answer := exchange(t, http.MethodPost, server.UI()+"/auth/grant", nil, "")
	header := http.Header{"Origin": {server.UI()}, "Content-Type": {"application/json"}}
	if got := exchange(t, http.MethodPost, l.Callback()+"/success", header, answer); got != "null" {
		t.Errorf("the page is answered %q", got)
	}
	key, err := l.Wait(t.Context())
	if err != nil || key.Reveal() == cloudtest.Ada {
		t.Fatalf("%v, %v; want a new key", key, err)
	}
	var granted map[string]string
	if err := json.Unmarshal([]byte(answer), &granted); err != nil || granted["api_key"] != key.Reveal() {
		t.Errorf("another key came than was granted: %v", err)
	}
	if list, err := client(t, Options{API: server.API()}).Workspaces(t.Context(), key); err != nil || len(list) != 3 {
		t.Errorf("%v, %v; want Ada's workspaces", list, err)
	}
}

// exchange sends a request, and returns the body of the answer.
func exchange(t *testing.T, method, address string, header http.Header, sent string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
