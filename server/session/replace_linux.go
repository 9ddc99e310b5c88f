package session

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lease lets those that want to write to a file wait until it is closed. It is busy if somebody has it open for writing. There are
// no leases on some file systems, and for files of others.
func lease(file *os.File) (leased, busy bool) {
	_, err := unix.FcntlInt(file.Fd(), unix.F_SETLEASE, unix.F_RDLCK)
	return err == nil, errors.Is(err, unix.EAGAIN)
}

// isWanted reports whether somebody waits to write to the file.
func (h held) isWanted() bool {
	kind, err := unix.FcntlInt(h.Fd(), unix.F_GETLEASE, 0)
	return h.leased && (err != nil || kind != unix.F_RDLCK)
}

// swap lets two files change places.
func swap(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return errors.ErrUnsupported
	}
	return err
}
