package profiles

import (
	"slices"
	"strings"
	"unicode"
)

// An APIURL is the address in PREFECT_API_URL, taken apart. It never fails to parse: what is missing is empty.
//
// Prefect itself accepts any text (src/prefect/settings/models/api.py) and tells Prefect Cloud from a
// self-hosted server by the start of the text (src/prefect/client/base.py, determine_server_type).
type APIURL struct {
	Scheme    string // lower case, without "://"
	User      string // "user:password@", which may hold a secret
	Host      string // as written, an IPv6 address in its brackets
	Port      string // digits, without ":"
	Path      string // from the first "/", without query and fragment
	Suffix    string // query and fragment with their "?" or "#"
	Account   string // what stands after "account" or "accounts" in the path
	Workspace string // what stands after "workspace" or "workspaces"
	text      string
	stray     bool // white space or quotes are in or around text
}

// ParseAPIURL takes text apart. White space, and quotes around it, are not part of the address.
func ParseAPIURL(text string) APIURL {
	u := APIURL{text: text, stray: strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })}
	rest := text
	if u.stray {
		rest = strings.TrimFunc(strings.Join(strings.Fields(text), ""), isQuote)
	}
	if scheme, after, found := strings.Cut(rest, "://"); found && !strings.ContainsAny(scheme, "/?#@") {
		u.Scheme, rest = strings.ToLower(scheme), after
	} else {
		rest = strings.TrimLeft(rest, "/")
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest, u.Suffix = rest[:i], rest[i:]
	}
	authority := rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		authority, u.Path = rest[:i], rest[i:]
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		u.User, authority = authority[:i+1], authority[i+1:]
	}
	u.Host, u.Port = splitPort(authority)
	u.Account = segmentAfter(u.Path, "/account")
	u.Workspace = segmentAfter(u.Path, "/workspace")
	return u
}

func splitPort(authority string) (host, port string) {
	i := strings.LastIndexByte(authority, ':')
	if i < 0 || i < strings.LastIndexByte(authority, ']') {
		return authority, ""
	}
	return authority[:i], authority[i+1:]
}

// segmentAfter is the path segment that follows the first one that is singular, such as "/account", or its plural.
func segmentAfter(path, singular string) string {
	for {
		_, rest, found := strings.Cut(path, singular)
		if !found {
			return ""
		}
		if segment, found := strings.CutPrefix(strings.TrimPrefix(rest, "s"), "/"); found {
			segment, _, _ = strings.Cut(segment, "/")
			return segment
		}
		path = rest
	}
}

// Text is the address as written.
func (u APIURL) Text() string { return u.text }

// IsCutShort reports whether an at sign stands behind the host. What looks like host and port is then most likely the start of a name and
// password in which a slash, a question mark or a hash ends them too early, and must not be shown.
func (u APIURL) IsCutShort() bool { return strings.Contains(u.Path+u.Suffix, "@") }

// HasStrayCharacters reports whether white space or quotes are in or around the address.
func (u APIURL) HasStrayCharacters() bool { return u.stray }

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '`', '“', '”', '‘', '’':
		return true
	}
	return false
}

// IsListenAddress reports whether the host is one that a server listens on to be reached at all of its addresses.
func (u APIURL) IsListenAddress() bool { return u.Host == "0.0.0.0" || u.Host == "[::]" }

// CalledAt is the host, or in place of a listen address the one at which a server on this machine is called.
func (u APIURL) CalledAt() string {
	switch u.Host {
	case "0.0.0.0":
		return "127.0.0.1"
	case "[::]":
		return "[::1]"
	}
	return u.Host
}

// IsCloud reports whether the host is one of Prefect Cloud's, be it for programs or for people.
func (u APIURL) IsCloud() bool {
	return isIn(u.Host, "prefect.cloud") || isIn(u.Host, "prefect.dev")
}

// HasStrayBrackets reports whether the host has square brackets that do not stand around an IPv6 address.
func (u APIURL) HasStrayBrackets() bool {
	inner, opened := strings.CutPrefix(u.Host, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	address, _, _ := strings.Cut(inner, "%")
	isNoPart := func(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF:.", r) }
	isAddress := opened && closed && strings.Contains(address, ":") && !strings.ContainsFunc(address, isNoPart)
	return strings.ContainsAny(u.Host, "[]") && !isAddress
}

// IsWord reports whether the text is no address at all, such as none.
func (u APIURL) IsWord() bool {
	return u.Scheme == "" && u.Port == "" && u.Path == "" && !strings.ContainsAny(u.Host, ".:") && !u.IsLoopback()
}

// IsFormerCloud reports whether the host is one of Prefect Cloud 1.
func (u APIURL) IsFormerCloud() bool { return isIn(u.Host, "prefect.io") }

// isIn reports whether host is domain or lies in it, in whatever case it is written.
func isIn(host, domain string) bool {
	at := len(host) - len(domain)
	return at >= 0 && strings.EqualFold(host[at:], domain) && (at == 0 || host[at-1] == '.')
}

// IsCloudApp reports whether the host serves Prefect Cloud's pages for the browser, and not its API.
func (u APIURL) IsCloudApp() bool {
	label, _, _ := strings.Cut(u.Host, ".")
	return u.IsCloud() && !strings.EqualFold(label, "api")
}

// IsLoopback reports whether the host is the machine itself.
func (u APIURL) IsLoopback() bool {
	host := strings.ToLower(u.Host)
	return host == "localhost" || host == "[::1]" || strings.HasPrefix(host, "127.") || strings.HasSuffix(host, ".localhost")
}

// IsServerPage reports whether the path is a page of a self-hosted server's UI, as copied from the browser.
// Only the address of a server that nobody put behind a proxy is judged: behind one, any path may be the API's.
func (u APIURL) IsServerPage() bool {
	if u.IsCloud() || !u.IsLoopback() && u.Port != "4200" || strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/api") {
		return false
	}
	first, _, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	switch first {
	case "dashboard", "runs", "flow-runs", "flows", "deployments", "work-pools", "work-queues", "blocks",
		"variables", "automations", "events", "concurrency-limits", "artifacts", "assets", "settings", "v2", "docs":
		return true
	}
	return false
}

// Placeholder is a part of the address that was meant to be replaced, such as <ACCOUNT-ID>; or empty.
func (u APIURL) Placeholder() string {
	for _, part := range []string{u.Scheme, u.Port} {
		if looksLikePlaceholder(part) {
			return part
		}
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if looksLikePlaceholder(part) {
			return part
		}
	}
	if strings.HasPrefix(u.Host, "[") && strings.Contains(u.Host, ":") {
		return "" // an IPv6 address wears brackets
	}
	for part := range strings.SplitSeq(u.Host, ".") {
		if looksLikePlaceholder(part) || isConstant(part) || hasBlank(part) {
			return part
		}
	}
	return ""
}

// isConstant reports whether part is written as the names of variables are, such as SERVER_IP.
func isConstant(part string) bool {
	return strings.Contains(part, "_") && strings.ToLower(part) != part && strings.ToUpper(part) == part
}

// hasBlank reports whether one of the words in part is all x, as in prefect-xxxx-ew. Three may be a name.
func hasBlank(part string) bool {
	if !strings.Contains(part, "xxxx") {
		return false
	}
	return slices.ContainsFunc(strings.Split(part, "-"), func(word string) bool { return len(word) > 3 && strings.Trim(word, "x") == "" })
}

func looksLikePlaceholder(part string) bool {
	return strings.Contains(part, "$") || IsPlaceholder(part, "...", "accountid", "workspaceid", "accountuuid", "workspaceuuid", "uuid", "id")
}

// IsPlaceholder reports whether text is there to be replaced: it bears the marks of that, such as <KEY>, begins with "your", is
// all x, or is one of the words, which are given in lower case and without what separates their parts.
func IsPlaceholder(text string, words ...string) bool {
	if strings.ContainsAny(text, "<>[]{}*") || strings.Contains(text, "…") {
		return true
	}
	bare := strings.Map(func(r rune) rune { // a Replacer is slow to make, and this is asked of every part of every URL
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	return strings.HasPrefix(bare, "your") || bare == "replaceme" || len(bare) >= 3 && strings.Trim(bare, "x") == "" || slices.Contains(words, bare)
}

// Corrected is the address that was meant, in the form Prefect expects, with every mistake mended that can be
// mended for certain. It reports false where that would be the text as written, or a guess.
func (u APIURL) Corrected() (string, bool) {
	if u.Placeholder() != "" || u.Host == "" || u.HasStrayBrackets() || u.IsWord() || u.IsFormerCloud() {
		return "", false
	}
	corrected, sure := u.correctedServer(), true
	if u.IsCloud() {
		corrected, sure = u.correctedCloud()
	}
	return corrected, sure && corrected != u.text
}

func (u APIURL) correctedCloud() (string, bool) {
	label, domain, found := strings.Cut(strings.ToLower(u.Host), ".")
	if label == "app" {
		label = "api"
	}
	if !found || label != "api" {
		return "", false
	}
	account, ok := CanonicalID(u.Account)
	workspace, ok2 := CanonicalID(u.Workspace)
	base := "https://api." + domain
	switch {
	case ok && ok2:
		return base + "/api/accounts/" + account + "/workspaces/" + workspace, true
	case u.IsCloudApp():
		return "", false
	}
	return base + strings.TrimRight(u.Path, "/"), true
}

func (u APIURL) correctedServer() string {
	path := strings.TrimRight(u.Path, "/")
	if path == "" || u.IsServerPage() {
		path = "/api"
	}
	for strings.HasSuffix(path, "/api/api") {
		path = strings.TrimSuffix(path, "/api")
	}
	host := u.CalledAt()
	if u.Port != "" {
		host += ":" + u.Port
	}
	return u.correctedScheme() + "://" + u.User + host + path
}

// SpeaksHTTPOverTLS reports whether the address says https for Prefect's own server on this machine, which speaks http.
func (u APIURL) SpeaksHTTPOverTLS() bool {
	return u.Scheme == "https" && u.IsLoopback() && u.Port == "4200"
}

func (u APIURL) correctedScheme() string {
	switch {
	case u.SpeaksHTTPOverTLS():
		return "http"
	case u.Scheme == "http", u.Scheme == "https":
		return u.Scheme
	case u.Scheme == "wss":
		return "https"
	}
	if u.IsLoopback() || u.Port != "" && u.Port != "443" || !strings.Contains(u.Host, ".") || isAddress(u.Host) {
		return "http"
	}
	return "https"
}

// isAddress reports whether host is an IP address, for which no public certificate is usual.
func isAddress(host string) bool {
	return strings.HasPrefix(host, "[") || strings.Trim(host, "0123456789.") == ""
}

// CanonicalID is id in the form of Prefect Cloud's account and workspace ids: 36 characters, hyphens included.
// It reports false for what is no UUID.
func CanonicalID(id string) (string, bool) {
	digits := strings.ReplaceAll(id, "-", "")
	if len(digits) != 32 || strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
		return "", false
	}
	dashed := digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
	return dashed, id == dashed || id == digits
}
