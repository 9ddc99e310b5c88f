package session

import (
	"slices"
	"strings"

	"prefect-ls/profiles/layers"
)

// isForeignShare reports whether a path of Windows leads to another computer that neither the path of the folder nor a variable of the
// person's own names. Merely to look there tells that computer who the person is, and lets it try to find the password.
func isForeignShare(path, folder string, own []layers.Variable) bool {
	host := computerOf(path)
	if host == "" || host == computerOf(folder) {
		return false
	}
	return !slices.ContainsFunc(own, func(v layers.Variable) bool { return computerOf(v.Value) == host })
}

// computerOf is the name of the computer, or of the kind of device, to which a path of Windows leads; empty for this computer's disks.
func computerOf(path string) string {
	path = strings.ToLower(strings.ReplaceAll(path, "/", `\`))
	if long, isLong := strings.CutPrefix(path, `\\?\`); isLong {
		if len(long) > 1 && long[1] == ':' {
			return ""
		}
		path = `\\` + strings.TrimPrefix(long, `unc\`)
	}
	rest, isElsewhere := strings.CutPrefix(path, `\\`)
	if !isElsewhere {
		return ""
	}
	host, _, _ := strings.Cut(rest, `\`)
	return host
}
