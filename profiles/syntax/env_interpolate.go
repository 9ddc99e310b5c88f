package syntax

import "strings"

// Interpolate returns the value of each binding after ${NAME} and ${NAME:-default} were replaced, in the order of
// Bindings; of one that sets nothing it is empty. As in python-dotenv, a name is looked for in the lines above,
// of which the last counts, and then in the environment, which lookup reads. A name without "=" hides the environment.
//
// Values can grow twofold with each line that names another one twice. Those that would take the file's values
// beyond 16 MiB keep their variables.
func (e *Env) Interpolate(lookup func(name string) (value string, ok bool)) []string {
	values := make([]string, len(e.Bindings))
	above := make(map[string]string, len(e.Bindings))
	find := func(name string) (string, bool) {
		if value, ok := above[name]; ok {
			return value, true
		}
		return lookup(name)
	}
	room := 16 << 20 // bytes
	for i, b := range e.Bindings {
		if b.Broken {
			continue
		}
		values[i] = interpolate(b.Text, find, room)
		room -= max(0, len(values[i])-len(b.Text))
		above[b.Name] = values[i]
	}
	return values
}

// interpolate replaces the variables of s, or none if that takes more than room bytes. What they stand for is not
// searched again.
func interpolate(s string, find func(string) (string, bool), room int) string {
	whole := s
	v, found := nextVariable(s)
	if !found {
		return s
	}
	var out strings.Builder
	for ; found; v, found = nextVariable(s) {
		out.WriteString(s[:v.start])
		value, ok := find(v.name)
		if !ok {
			value = v.fallback
		}
		if out.Len()+len(value) > room {
			return whole
		}
		out.WriteString(value)
		s = s[v.end:]
	}
	out.WriteString(s)
	return out.String()
}

// A variable is one ${NAME} or ${NAME:-fallback}, at [start, end) of a value.
type variable struct {
	start, end     int
	name, fallback string
}

// nextVariable finds the first variable in s.
func nextVariable(s string) (v variable, found bool) {
	for from := 0; ; {
		n := strings.Index(s[from:], "${")
		if n < 0 {
			return v, false
		}
		v.start = from + n
		name := v.start + len("${")
		n = strings.IndexAny(s[name:], "}:")
		if n < 0 {
			return v, false
		}
		v.end = name + n
		v.name = s[name:v.end]
		if s[v.end] == '}' {
			v.end++
			return v, true
		}
		if rest, ok := strings.CutPrefix(s[v.end:], ":-"); ok {
			n = strings.IndexByte(rest, '}')
			if n < 0 {
				return v, false
			}
			v.fallback = rest[:n]
			v.end += len(":-") + n + 1
			return v, true
		}
		from = v.end // any "${" before this colon fails at it too
	}
}
