package session

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"golang.org/x/sys/windows"
)

// keepOwner has nothing to do: a file takes its access rights from its folder.
func keepOwner(*os.File, fs.FileInfo) error { return nil }

// syncFolder has nothing to do: a folder cannot be synced.
func syncFolder(string) error { return nil }

// claim has nothing to do: a file that is in use cannot be removed.
func claim(*os.File) bool { return true }

// swap has no equal there.
func swap(string, string) error { return errors.ErrUnsupported }

// removeLeftover removes a file if no process has it in use: Windows removes no other.
func removeLeftover(path string) { _ = os.Remove(path) }

// mayBeInUse reports whether an error may come of a file's being open in another process: Windows then lets nobody replace or remove it.
func mayBeInUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

// alone has no other process of ours replace the file at target meanwhile: neither can keep a file open that it replaces.
func alone(target string, replace func() error) error {
	sum := sha256.Sum256([]byte(strings.ToLower(target)))
	name, err := windows.UTF16PtrFromString(`Local\prefect-ls-` + hex.EncodeToString(sum[:]))
	if err != nil {
		return err
	}
	runtime.LockOSThread() // to which a mutex belongs
	defer runtime.UnlockOSThread()
	mutex, err := windows.CreateMutex(nil, false, name)
	if mutex == 0 {
		return os.NewSyscallError("CreateMutex", err) // that there is one already is no failure
	}
	defer func() { _ = windows.CloseHandle(mutex) }()
	switch event, err := windows.WaitForSingleObject(mutex, uint32(patience.Milliseconds())); event { //nolint:gosec // it is seconds
	case windows.WAIT_OBJECT_0, windows.WAIT_ABANDONED: // the latter by a process that was killed
		defer func() { _ = windows.ReleaseMutex(mutex) }()
		return replace()
	case uint32(windows.WAIT_TIMEOUT):
		return ErrChanged
	default:
		return os.NewSyscallError("WaitForSingleObject", err)
	}
}
