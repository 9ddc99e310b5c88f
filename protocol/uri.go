package protocol

import (
	"net/url"
	"strings"
)

// PathOf is the path of the file that uri names, with the separators of the machine that owns it. The letter of a drive is in upper case,
// as Windows has it in variables, whatever the client writes: VS Code writes "file:///c%3A/".
// It reports false for a document that is no file, such as an untitled one.
func PathOf(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return "", false
	}
	path := u.Path
	if isDrive(strings.TrimPrefix(path, "/")) {
		return strings.ToUpper(path[1:2]) + strings.ReplaceAll(path[2:], "/", `\`), true
	}
	if u.Host != "" && u.Host != "localhost" {
		return `\\` + u.Host + strings.ReplaceAll(path, "/", `\`), true
	}
	return path, true
}

// URIOf is the file URI of an absolute path, Windows' drives and shares included.
func URIOf(path string) string {
	slashed := path
	if isDrive(path) || strings.HasPrefix(path, `\\`) {
		slashed = strings.ReplaceAll(path, `\`, "/")
	}
	u := url.URL{Scheme: "file", Path: slashed}
	switch {
	case strings.HasPrefix(path, `\\`):
		host, rest, _ := strings.Cut(slashed[2:], "/")
		u.Host, u.Path = host, "/"+rest
	case isDrive(path):
		u.Path = "/" + slashed
	}
	return u.String()
}

// NameOf is what a document is called: the last part of its URI's path, whatever its scheme.
func NameOf(uri string) string {
	path := uri
	if u, err := url.Parse(uri); err == nil {
		path = u.Path + u.Opaque
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

func isDrive(path string) bool {
	if len(path) < 2 || path[1] != ':' {
		return false
	}
	letter := path[0] | 0x20
	return 'a' <= letter && letter <= 'z'
}
