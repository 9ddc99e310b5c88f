package session

import (
	"errors"
	"io"
	"os"
)

// A held file is open for reading in such a way that others that would write to it, as far as the system allows, wait until it is
// released.
type held struct {
	*os.File
	leased bool // others do wait
}

// hold opens a file. Its error is [ErrChanged] while somebody is writing to it.
func hold(target string) (held, error) {
	if err := checkRegular(target, maxSize); err != nil {
		return held{}, err
	}
	file, err := os.Open(target)
	if err != nil {
		return held{}, orBusy(unreadable(target, err))
	}
	leased, busy := lease(file)
	if busy || !claim(file) {
		return held{}, errors.Join(ErrChanged, file.Close())
	}
	return held{file, leased}, nil
}

func (h held) read() (string, error) {
	if _, err := h.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	text, err := io.ReadAll(h)
	return string(text), err
}

// release lets others write. That a file which was only read could not be closed harms nobody.
func (h held) release() { _ = h.Close() }

// isNamed reports whether the file goes by a name.
func isNamed(file *os.File, name string) bool {
	have, err := file.Stat()
	if err != nil {
		return false
	}
	found, err := os.Lstat(name)
	return err == nil && os.SameFile(have, found)
}
