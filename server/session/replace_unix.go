//go:build unix

package session

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives file the owner that like has, where that is not its owner already.
func keepOwner(file *os.File, like fs.FileInfo) error {
	mine, err := file.Stat()
	if err != nil {
		return err
	}
	want, ok := like.Sys().(*syscall.Stat_t)
	have, ok2 := mine.Sys().(*syscall.Stat_t)
	if !ok || !ok2 || want.Uid == have.Uid && want.Gid == have.Gid {
		return nil
	}
	return file.Chown(int(want.Uid), int(want.Gid))
}

// syncFolder makes the new name of a file outlast a crash of the machine.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// claim reports whether no other process of ours has the file in use. It is then in ours until it is closed.
func claim(file *os.File) bool {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return !errors.Is(err, syscall.EWOULDBLOCK) // a file system without locks leaves us without that help
}

// removeLeftover removes a file if no process of ours has it in use.
func removeLeftover(path string) {
	file, err := os.Open(path)
	if err != nil {
		return
	}
	if claim(file) {
		_ = os.Remove(path)
	}
	_ = file.Close()
}

// mayBeInUse is always false: a file that others have open can be replaced and removed.
func mayBeInUse(error) bool { return false }

// alone has nothing to do: a file that is claimed stays so while it is replaced.
func alone(_ string, replace func() error) error { return replace() }
