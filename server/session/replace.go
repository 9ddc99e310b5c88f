package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrChanged is the error of a write that would overwrite what somebody else has written meanwhile.
var ErrChanged = errors.New("the file has changed meanwhile")

// Replace is [Write] for a file that must hold old.
func Replace(path, old, contents string) error {
	changed := false
	_, err := Write(context.Background(), path, func(now *string) (*string, error) {
		if now == nil {
			return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
		}
		changed = *now != old
		if changed {
			return now, nil
		}
		return &contents, nil
	})
	if err == nil && changed {
		return fmt.Errorf("%s: %w", path, ErrChanged)
	}
	return err
}

// createFile makes a file where there is none.
func createFile(target, text string) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	fresh, err := writeBeside(target, nil, text)
	if err != nil {
		return err
	}
	defer discard(fresh)
	err = os.Link(fresh.Name(), target) // unlike a rename, it fails where there is a file by now
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrChanged
	case err != nil: // the file system may know no links
		err = moveTo(fresh, target)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(target))
}

// removeFile takes away a file that still holds before.
func removeFile(target, before string) error {
	old, err := hold(target)
	if err != nil {
		return orBusy(err)
	}
	defer old.release()
	if now, err := old.read(); err != nil || now != before {
		return errors.Join(ErrChanged, err)
	}
	old.release() // Windows removes no file that is open
	if err := os.Remove(target); err != nil {
		return orBusy(err)
	}
	return syncFolder(filepath.Dir(target))
}

// replaceFile puts another file in the place of one that still holds before.
//
// The last look at the old file and the exchange of the two are not one step. Where the system can swap files and lease them
// (Linux), what came out is looked at again: if it is another file, or somebody waits to write to it, all is put back. What remains
// is the moment between another process's finding the file by its name and the kernel's asking for our lease. Elsewhere
// it is the moment between the last look and the rename.
func replaceFile(target, before, after string) error {
	info, err := os.Stat(target)
	if err != nil {
		return orBusy(err)
	}
	if info.Mode().Perm()&0o200 == 0 {
		return fmt.Errorf("%s is read-only: %w", target, fs.ErrPermission)
	}
	fresh, err := writeBeside(target, info, after)
	if err != nil {
		return err
	}
	defer discard(fresh)
	old, err := hold(target)
	if err != nil {
		return orBusy(err)
	}
	defer old.release()
	if now, err := old.read(); err != nil || now != before {
		return errors.Join(ErrChanged, err)
	}
	if err := exchange(fresh, old, target); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(target))
}

// exchange puts fresh in the place of an old file, which stands at target. Where it fails, all is as it was.
func exchange(fresh *os.File, old held, target string) error {
	beside := fresh.Name()
	err := swap(beside, target)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return rename(fresh, old, target)
	case err != nil:
		return orBusy(err)
	case isNamed(old.File, beside) && !old.isWanted():
		return nil
	}
	err = ErrChanged
	for range 10 { // until ours comes out again, and not what others have put there meanwhile
		err = errors.Join(err, swap(beside, target))
		if isNamed(fresh, beside) {
			break
		}
	}
	return err
}

// rename is [exchange] where files cannot be swapped, and without a way back.
func rename(fresh *os.File, old held, target string) error {
	if old.isWanted() {
		return ErrChanged
	}
	old.release() // Windows replaces no file that is open
	return moveTo(fresh, target)
}

// moveTo gives a file another name, which may be that of one it replaces.
func moveTo(file *os.File, target string) error {
	return errors.Join(file.Close(), orBusy(os.Rename(file.Name(), target))) // Windows renames no file that is open
}

// orBusy makes an [ErrChanged] of the error that one of the files is gone, or may be open: others move, remove and read them.
func orBusy(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrChanged
	case !errors.Is(err, ErrChanged) && mayBeInUse(err):
		return inUse{err}
	}
	return err
}

// inUse is an [ErrChanged] for a file that another process may have open.
type inUse struct{ error }

func (e inUse) Error() string     { return "another program may have it open: " + e.error.Error() }
func (e inUse) Is(err error) bool { return err == ErrChanged }
func (e inUse) Unwrap() error     { return e.error }

const temporaryExt = ".prefect-ls"

// writeBeside makes a file beside target that is like an old one in all but its contents; without one, it is its owner's alone. It
// stays open, which tells other processes that it is in use. Those that killed processes left behind are removed.
func writeBeside(target string, like fs.FileInfo, text string) (*os.File, error) {
	folder, prefix := filepath.Dir(target), "."+filepath.Base(target)+"."
	removeLeftovers(folder, prefix)
	file, err := os.CreateTemp(folder, prefix+"*"+temporaryExt) // with mode 0600
	if err != nil {
		return nil, fmt.Errorf("no file can be written to the folder %s: %w", folder, errors.Unwrap(err))
	}
	if err := fill(file, like, text); err != nil {
		discard(file)
		return nil, unwritable(target, err)
	}
	return file, nil
}

// unwritable is an error of the system for a file that stays as it is, without the name of the one beside it.
func unwritable(target string, err error) error {
	if failure, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s cannot be written, and stays as it was: %w", target, failure.Err)
	}
	return err
}

func fill(file *os.File, like fs.FileInfo, text string) error {
	if !claim(file) {
		return ErrChanged // another process took it for a leftover
	}
	if _, err := file.WriteString(text); err != nil {
		return err
	}
	if like != nil {
		if err := errors.Join(keepOwner(file, like), file.Chmod(like.Mode().Perm())); err != nil {
			return fmt.Errorf("a new file cannot be given the owner and mode of the old one: %w", err)
		}
	}
	return file.Sync()
}

// discard closes a temporary file and removes what goes by its name now, if anything does.
func discard(file *os.File) {
	_ = file.Close() // it may be closed already
	_ = os.Remove(file.Name())
}

func removeLeftovers(folder, prefix string) {
	entries, _ := os.ReadDir(folder) // they can wait until it can be read
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) || !strings.HasSuffix(e.Name(), temporaryExt) || !e.Type().IsRegular() {
			continue
		}
		removeLeftover(filepath.Join(folder, e.Name()))
	}
}
