package session

import (
	"errors"
	"io/fs"
	"os"
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
