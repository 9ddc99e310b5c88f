package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/server/session"
)

// shownValue is the value of an entry as it may be shown: of a secret nothing but the kind and the end of an API key, nothing of what
// may hold one, and no password in an address.
func shownValue(e *profiles.Entry) string {
	masked := settings.MaskKeys(e.Value.Text)
	const longest = len("pnu_****abcd")
	switch {
	case e.Setting != nil && e.Setting.Secret && masked != e.Value.Text && len(masked) <= longest:
		return masked
	case e.Setting == nil, e.Setting.Secret, e.Setting.IsObject(): // an unknown name may be a misspelt secret, a header a token
		return session.Hidden
	case e.Value.Kind == syntax.Array, e.Value.Kind == syntax.InlineTable:
		return "…"
	}
	return session.ShownURL(e.Value.Text)
}
