package session

import "os"

// keepOwner has nothing to do: a file takes its access rights from its folder.
func keepOwner(*os.File, os.FileInfo) error { return nil }

// syncFolder has nothing to do: a folder cannot be synced.
func syncFolder(string) error { return nil }
