package rules

import (
	_ "embed" // the rule's page
	"strings"
	"unicode"

	"prefect-ls/profiles"
)

//go:embed api_key_format.md
var apiKeyFormatPage string

// Its messages and titles never show any part of the key.
var apiKeyFormat = &Rule{
	Code:     "api-key-format",
	Severity: Error,
	Page:     apiKeyFormatPage,
	Check: func(f *profiles.File, report func(Problem)) {
		const keyName, urlName = "PREFECT_API_KEY", "PREFECT_API_URL"
		for s := range scopes(f, keyName) {
			e := s.entry(keyName)
			if e == nil {
				continue
			}
			key, ok := textOf(e)
			if !ok {
				continue
			}
			p := keyProblem(key, s.entry(urlName) != nil && !s.usesCloud())
			if p == nil {
				continue
			}
			p.Span = e.Value.Span
			if bare := bareKey(key); bare != key && !isPlaceholder(bare) {
				p.Fixes = replaceValue(f, e, "Keep the key alone", bare)
			}
			report(*p)
		}
	},
}

// bareKey is a key without what slipped in around it. Prefect adds the word Bearer itself.
func bareKey(key string) string {
	const scheme = "bearer "
	key = trimmed(key)
	if len(key) > len(scheme) && strings.EqualFold(key[:len(scheme)], scheme) {
		key = trimmed(key[len(scheme):])
	}
	return key
}

// keyProblem says what is wrong with a key, or is nil. A key for something else than Prefect Cloud may look like anything.
func keyProblem(key string, elsewhere bool) *Problem {
	bare := bareKey(key)
	secret, isCloudKey := strings.CutPrefix(bare, "pnu_")
	if !isCloudKey {
		secret, isCloudKey = strings.CutPrefix(bare, "pnb_")
	}
	switch {
	case strings.HasPrefix(bare, "$") && !strings.HasPrefix(bare, "${"):
		return &Problem{Message: "This is sent as it stands: variables count in .env files alone, and only as ${NAME}."}
	case isPlaceholder(bare):
		return &Problem{Message: "This is a placeholder. Put an API key of Prefect Cloud in its place, or remove the line and run: prefect cloud login"}
	case strings.ContainsFunc(bare, unicode.IsSpace):
		return &Problem{Message: "There is white space within the key: no request can be made with it. Paste the key again."}
	case len(bare) < len(trimmed(key)):
		return &Problem{Message: `Prefect adds the word "Bearer" itself: with it in the key, Prefect Cloud rejects every request. Keep the key alone.`}
	case strings.TrimSpace(key) != key:
		return &Problem{Message: "White space around the key is sent as part of it: requests fail, often only after a minute of retries. Remove it."}
	case bare != key:
		return &Problem{Message: "The quotation marks are part of this key, and Prefect Cloud rejects it. Remove them."}
	case strings.HasPrefix(key, "pcu_"):
		return &Problem{Message: "This key is one of Prefect Cloud 1, which is gone: it is rejected. Run: prefect cloud login"}
	case !isCloudKey && !elsewhere:
		return &Problem{Severity: Warning, Message: `Keys of Prefect Cloud start with "pnu_" or "pnb_": this one will most likely be rejected.`}
	case isCloudKey && (len(secret) != 36 || strings.ContainsFunc(secret, isNoKeyRune)):
		return &Problem{Severity: Hint, Message: `A key of Prefect Cloud usually has 36 letters and digits behind "pnu_" or "pnb_". Is this one complete?`}
	}
	return nil
}

func isNoKeyRune(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
}
