package session

import (
	"fmt"
	"os"
	"path/filepath"
)

// Restrict leaves the file at path to its owner: nobody else may read, change or run it from then on. It follows links, and refuses
// what is no regular file.
func Restrict(path string) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not a regular file", path)
	}
	return os.Chmod(target, info.Mode()&^0o077)
}
