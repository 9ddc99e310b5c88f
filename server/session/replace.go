package session

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrChanged is the error of [Replace] when the file no longer holds what it was thought to hold.
var ErrChanged = errors.New("the file has changed meanwhile")

// Replace gives a file new contents at once, so that no reader ever meets half of them: a new file beside it takes its
// place. Mode and owner stay, and a symbolic link still leads to it. The file must hold old when it is replaced.
func Replace(path, old, contents string) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	temporary, err := write(target, info, contents)
	if err != nil {
		return fmt.Errorf("writing beside %s: %w", path, err)
	}
	if now, err := os.ReadFile(target); err != nil || string(now) != old {
		return errors.Join(fmt.Errorf("%s: %w", path, ErrChanged), err, os.Remove(temporary))
	}
	if err := os.Rename(temporary, target); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncFolder(filepath.Dir(target))
}

// write makes a file beside target that is like it in all but its contents, and returns its name.
func write(target string, like os.FileInfo, contents string) (name string, err error) {
	file, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
	}()
	if _, err = file.WriteString(contents); err != nil {
		return "", err
	}
	if err = file.Chmod(like.Mode().Perm()); err != nil {
		return "", err
	}
	if err = keepOwner(file, like); err != nil {
		return "", err
	}
	if err = file.Sync(); err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}
