package cloudtest

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func start(t *testing.T) *Cloud {
	t.Helper()
	c, err := Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// ask sends a request without a body, and returns the status and the body of the answer.
func ask(t *testing.T, method, address string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestPages(t *testing.T) {
	c := start(t)
	tests := map[string]struct {
		status int
		shows  string // after a ! what it does not show
	}{
		"/": {200, "Prefect Cloud"},
		"/auth/client?callback=" + url.QueryEscape("http://localhost:5"): {200, `<button id="approve">Approve</button><button id="deny">Deny</button>`},
		"/auth/client?callback=http%3A//localhost%3A5%22%3Cscript%3E":    {400, "!<script>"},
		"/auth/client?callback=http%3A//localhost%3A5/%22%3Cscript%3E":   {200, `!"<script>`},
		"/auth/client?callback=javascript:alert(1)":                      {400, "!alert"},
		"/auth/client": {400, "lacks"},
		strings.NewReplacer("/api", "", "accounts", "account", "workspaces", "workspace").Replace(strings.TrimPrefix(c.APIURL("acme/prod"), c.URL)): {200, "acme/prod"},
		"/account/x/workspace/y": {404, "no such workspace"},
	}
	for address, test := range tests {
		want, unwanted := strings.CutPrefix(test.shows, "!")
		if status, body := ask(t, http.MethodGet, c.URL+address); status != test.status || strings.Contains(body, want) == unwanted {
			t.Errorf("%s: %d, want %d with %s in\n%s", address, status, test.status, test.shows, body)
		}
	}
}

func TestRefuse(t *testing.T) {
	c := start(t)
	c.Refuse("Logins by browser are off.")
	if status, body := ask(t, http.MethodPost, c.URL+"/auth/grant"); status != 403 || !strings.Contains(body, "Logins by browser are off.") {
		t.Errorf("%d %s", status, body)
	}
	c.Refuse("")
	if status, body := ask(t, http.MethodPost, c.URL+"/auth/grant"); status != 200 || !strings.Contains(body, `"pnu_`) {
		t.Errorf("%d %s", status, body)
	}
}

func TestFaults(t *testing.T) {
	c := start(t)
	c.Fail("/api/health", 2, Answer(503, "later", "Retry-After", "1"))
	c.Fail("/", 1, Late(time.Millisecond))
	for i, want := range []int{503, 503, 200, 200} { // the third is late
		if got, body := ask(t, http.MethodGet, c.API()+"/health"); got != want {
			t.Errorf("request %d: %d %s, want %d", i, got, body, want)
		}
	}
	c.Fail("/", Always, HTML())
	c.Heal()
	if got, body := ask(t, http.MethodGet, c.API()+"/health"); got != 200 || strings.TrimSpace(body) != "true" {
		t.Errorf("healed, it answers %d %s", got, body)
	}
	if all, none := c.Requests("/api/health"), c.Requests("/api/me"); len(all) != 5 || all[0].Method != http.MethodGet || len(none) != 0 {
		t.Errorf("%v and %v are recorded", all, none)
	}
}
