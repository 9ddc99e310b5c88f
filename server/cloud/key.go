// Package cloud speaks with Prefect Cloud and with a self-hosted Prefect server over HTTP, and receives the key of a login in the
// browser. It knows neither LSP nor Prefect's files.
package cloud

import (
	"fmt"
	"strings"
	"unique"

	"prefect-ls/profiles/settings"
)

// A Key is an API key of Prefect Cloud: pnu_ and what follows for a person, pnb_ for a service account. However it is printed,
// logged or marshalled, alone or inside of something, only its kind and its end show. Two keys are equal if they are the same key.
// The zero Key is none.
type Key struct {
	secret unique.Handle[string] // fmt would show a string here if the Key is in an unexported field, but not where a handle leads
}

// ParseKey is the key in text, which may have space around it. Its error is an [*Error] with reason [Cloud1Key] or [NotAKey].
// The length of a key is not Prefect's promise and not looked at.
func ParseKey(text string) (Key, error) {
	text = strings.TrimSpace(text)
	kind, rest, found := strings.Cut(text, "_")
	switch {
	case kind == "pcu":
		return Key{}, &Error{Reason: Cloud1Key}
	case !found, kind != "pnu" && kind != "pnb", rest == "", strings.ContainsFunc(rest, isForeign):
		return Key{}, &Error{Reason: NotAKey}
	}
	return Key{unique.Make(text)}, nil
}

// isForeign reports whether a key cannot contain r. What it can contain is what [settings.MaskKeys] hides.
func isForeign(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// IsZero reports whether k is no key.
func (k Key) IsZero() bool { return k == Key{} }

// Reveal is the key itself, for the file or the header that it goes into and for nothing else.
func (k Key) Reveal() string {
	if k.IsZero() {
		return ""
	}
	return k.secret.Value()
}

// String is what may be shown of the key, such as pnu_****abcd.
func (k Key) String() string { return settings.MaskKeys(k.Reveal()) }

// Format implements [fmt.Formatter]: all verbs show the same.
func (k Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, k.String()) }

// MarshalText implements [encoding.TextMarshaler], and so does for JSON and for slog what String does for fmt.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
