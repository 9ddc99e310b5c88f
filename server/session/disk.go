package session

import (
	"io"
	"os"
	"slices"
	"strings"

	"prefect-ls/protocol"
)

// maxSize is the size in bytes up to which a file that nobody opened is read. Prefect's files are far smaller.
const maxSize = 1 << 20

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
		if text, ok := readFile(uri); ok {
			s.Store(uri, text)
		} else {
			s.Remove(uri)
		}
	}
}

// readFile reads a regular file of reasonable size. What cannot be read is as good as not there.
func readFile(uri string) (string, bool) {
	path, ok := protocol.PathOf(uri)
	if !ok {
		return "", false
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", false // to open a pipe could take forever
	}
	file, err := os.Open(path)
	if err != nil {
		return "", false
	}
	data, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if file.Close() != nil || err != nil || len(data) > maxSize {
		return "", false
	}
	return string(data), true
}
