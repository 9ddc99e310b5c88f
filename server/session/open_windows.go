package session

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// open is [os.Open] that lets others move, replace and remove the file meanwhile, as they can on other systems.
func open(path string) (*os.File, error) {
	failed := func(err error) (*os.File, error) { return nil, &fs.PathError{Op: "open", Path: path, Err: err} }
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return failed(err)
	}
	const shared = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, shared, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return failed(err)
	}
	return os.NewFile(uintptr(handle), path), nil
}
