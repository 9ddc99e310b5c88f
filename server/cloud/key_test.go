package cloud

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

// mustKey is a key that cloudtest knows.
func mustKey(t *testing.T, text string) Key {
	t.Helper()
	key, err := ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestKeyIsMasked(t *testing.T) {
	key := mustKey(t, cloudtest.Ada)
	inside := struct {
		key  Key
		Open Key
		all  []Key
		by   map[Key]*Key
	}{key, key, []Key{key}, map[Key]*Key{key: &key}}
	var logged strings.Builder
	for _, handler := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(handler).Info("a", "key", key, "inside", inside, "group", slog.GroupValue(slog.Any("key", key)))
	}
	data, err := json.Marshal([]any{key, &key, inside, map[string]any{"key": key}, map[Key]int{key: 1}})
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{logged.String(), string(data), key.String(), errors.New("with " + key.String()).Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10.3s", "%t"} {
		shown = append(shown, fmt.Sprintf(verb, key), fmt.Sprintf(verb, &key), fmt.Sprintf(verb, inside), fmt.Sprintf(verb, &inside))
	}
	for _, text := range shown {
		if strings.Contains(text, cloudtest.Ada[4:12]) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", cloudtest.Ada[4:12])) {
			t.Errorf("the key shows in %s", text)
		}
	}
	if got, want := fmt.Sprint(key), "pnu_****0ada"; got != want {
		t.Errorf("a key is shown as %s, want %s", got, want)
	}
}

func TestParseKey(t *testing.T) {
	tests := map[string]Reason{
		cloudtest.Ada:                "",
		" " + cloudtest.Robot + "\n": "",
		"pnu_short":                  "",
		"pnu_azAZ09":                 "",
		"pcu_0123456789":             Cloud1Key,
		"":                           NotAKey,
		"pnu_":                       NotAKey,
		"PNU_0123":                   NotAKey,
		"pnu_01 23":                  NotAKey,
		"pnu_01\r\nHost: x":          NotAKey,
		"[API-KEY]":                  NotAKey,
		"sk_live_0123456789":         NotAKey,
	}
	for text, want := range tests {
		key, err := ParseKey(text)
		if got := reason(err); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if want := strings.TrimSpace(text); err == nil && key.Reveal() != want {
			t.Errorf("%q is read as %q", text, key.Reveal())
		}
		if key.IsZero() != (err != nil) {
			t.Errorf("%q: a key and no error, or an error and no key, is wanted", text)
		}
	}
}

// reason is the reason of an error of this package; empty if there is none.
func reason(err error) Reason {
	e, ok := errors.AsType[*Error](err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return Reason("not an *Error: " + err.Error())
	}
	return e.Reason
}

func TestEveryReasonHasAMessage(t *testing.T) {
	for _, r := range []Reason{
		NotAKey, Cloud1Key, KeyRejected, AuthRejected, Forbidden, NoAccess, NoAPI, RateLimited, ServerFailed, Unexpected, BadAddress, PlainHTTP, Redirected,
		BadCAFile, UnknownCA, CertificateExpired, WrongHost, NotTLS, BadProxy, UnknownHost, Refused, Offline, Timeout, Interrupted, TooLarge, Cancelled, Denied, NoAnswer, NoListener,
	} {
		e := &Error{Reason: r, Host: "api.example", Status: 418, RetryAfter: 3 * time.Second, Detail: "tea"}
		told := r != KeyRejected // its message says more
		if text := e.Error(); strings.HasSuffix(text, " (tea)") != told || strings.Contains(text, string(r)+" (") {
			t.Errorf("%s says %q", r, text)
		}
	}
}
