package session

import (
	"io"
	"os"
	"slices"
	"strings"

	"prefect-ls/protocol"
)

// maxSize is the size in bytes up to which a file that nobody opened is read. Prefect's files are far smaller.
const maxSize = 8 << 20

// InEffect are the URIs of the files that Prefect reads when it is started in one of the workspace's folders, whether they exist
// or not. It looks in no folder above or below.
func (s *Snapshot) InEffect() []string {
	var uris []string
	for _, folder := range s.Folders {
		for _, name := range []string{".env", "prefect.toml", "pyproject.toml"} {
			uris = append(uris, strings.TrimSuffix(folder, "/")+"/"+name)
		}
	}
	return uris
}

// Load takes the files on disk that are in effect, out of those at uris. What the editor has open is left as it is.
func (s *Session) Load(uris ...string) {
	wanted := s.Snapshot().InEffect()
	for _, uri := range uris {
		if !slices.Contains(wanted, uri) {
			continue
		}
		path, _ := protocol.PathOf(uri)
		if text, ok := s.disk(path); ok {
			s.Store(uri, text)
		} else {
			s.Remove(uri)
		}
	}
}

// ReadDisk is the [Reader] of what is saved: regular files of reasonable size. What cannot be read is as good as not there.
func ReadDisk(path string) (string, bool) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", false // to open a pipe could take forever
	}
	file, err := os.Open(path) //nolint:gosec // reading the files that decide is what this is for
	if err != nil {
		return "", false
	}
	data, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if file.Close() != nil || err != nil || len(data) > maxSize {
		return "", false
	}
	return string(data), true
}
