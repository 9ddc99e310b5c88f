package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// hidden stands for what nobody should see over a shoulder.
const hidden = "****"

// shownValue is the value of an entry as it may be shown: of a secret nothing but the kind and the end of an API key, nothing of what
// may hold one, and no password in an address.
func shownValue(e *profiles.Entry) string {
	masked := settings.MaskKeys(e.Value.Text)
	const longest = len("pnu_****abcd")
	switch {
	case e.Setting != nil && e.Setting.Secret && masked != e.Value.Text && len(masked) <= longest:
		return masked
	case e.Setting == nil, e.Setting.Secret, isObject(e.Setting): // an unknown name may be a misspelt secret, a header a token
		return hidden
	case e.Value.Kind == syntax.Array, e.Value.Kind == syntax.InlineTable:
		return "…"
	}
	return withoutUserInfo(masked)
}

// withoutUserInfo is an address without the name and password in front of its host.
func withoutUserInfo(s string) string {
	scheme, rest, found := strings.Cut(s, "://")
	if i := strings.LastIndexByte(rest, '@'); found && i >= 0 {
		return scheme + "://" + hidden + rest[i:]
	}
	return s
}
