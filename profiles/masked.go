package profiles

import (
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// Masked is the source with the values of what are or may be secret settings, and names and passwords in addresses, covered by asterisks,
// byte for byte, so that places stay the same.
func (f *File) Masked() string {
	masked := []byte(f.Source)
	lines := text.NewLines(f.Source)
	covered := 0 // up to where
	cover := func(value text.Span, name string, setting *settings.Setting) {
		if value.Start < covered {
			return
		}
		secret := value
		if !f.maySignIn(name, setting) {
			user := UserInfo(value.Of(f.Source))
			secret = text.Span{Start: value.Start + user.Start, End: value.Start + user.End}
		}
		for at := secret.Start; at < secret.End; at++ {
			if c := masked[at]; c != '"' && c != '\'' && c != '\n' && c != '\r' {
				masked[at] = '*'
			}
		}
		covered = secret.End
	}
	isBroken := len(f.SyntaxProblems()) > 0
	for i := range f.Entries {
		e := &f.Entries[i]
		value := e.Value.Span
		if e.Value.Kind == syntax.Missing {
			value = text.Span{Start: e.Key.End, End: e.Key.End}
		}
		if isBroken { // and what could be read may not be all that was meant to be the value
			value.End = lines.Span(lines.At(value.End)).End
		}
		cover(value, e.Name, e.Setting)
		for _, member := range e.Value.Pairs { // which stand elsewhere in a table of its own
			cover(member.Value.Span, e.Name, e.Setting)
		}
	}
	covered = 0
	for _, b := range f.unread() {
		value, name := f.meantBy(b)
		cover(text.Span{Start: value, End: lines.Span(lines.At(b.Span.End)).End}, name, nil)
	}
	return string(masked)
}

// maySignIn reports whether the value of a setting is a secret, or may hold one, as headers do. That of a name which Prefect does not know
// may be one, unless it was another setting that was most likely meant.
func (f *File) maySignIn(name string, setting *settings.Setting) bool {
	if setting != nil {
		return setting.Secret || setting.IsObject()
	}
	if _, isGroup := settings.GroupByName(name); isGroup || name == "" {
		return true
	}
	nearest := settings.NearestByName
	if f.Kind.NamesByPath() {
		nearest = settings.NearestByPath
	}
	meant, ok := nearest(name)
	return !ok || meant.Secret || meant.IsObject()
}

// unread are the lines of an .env file that give no setting a value.
func (f *File) unread() (bindings []*syntax.Binding) {
	if f.Env == nil {
		return nil
	}
	for i := range f.Env.Bindings {
		if b := &f.Env.Bindings[i]; b.Broken || !settings.IsPrefectName(b.Name) {
			bindings = append(bindings, b)
		}
	}
	return bindings
}

// meantBy is which setting a line is most likely about, as one is behind "set", or no name; and the offset of what stands behind it.
func (f *File) meantBy(b *syntax.Binding) (behind int, name string) {
	_, rest, found := strings.Cut(b.Span.Of(f.Source), "PREFECT_")
	if !found {
		return max(b.Span.Start, b.Key.End), ""
	}
	rest = strings.TrimLeft(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")
	behind = b.Span.End - len(rest)
	return behind, f.Source[strings.LastIndex(f.Source[:behind], "PREFECT_"):behind]
}

// UserInfo is where the name and password stand in an address, or in any other text; empty where there are none. Where the scheme is
// missing they are known by the colon between them.
func UserInfo(address string) text.Span {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	at := strings.LastIndexByte(rest, '@')
	if at < 0 || !found && !strings.Contains(rest[:at], ":") {
		return text.Span{}
	}
	start := len(address) - len(rest)
	return text.Span{Start: start, End: start + at}
}
