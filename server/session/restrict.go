package session

import (
	"cmp"
	"errors"
	"fmt"
	"os"
)

// Restrict leaves the file at path to its owner: nobody else may read, change or run it from then on. It follows links, and refuses
// what is no regular file.
func Restrict(path string) error {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return cmp.Or(err, fmt.Errorf("%s is not a regular file", path)) // to open a pipe could take forever
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	info, err := file.Stat() // what is restricted is what was looked at, whatever goes by the name meanwhile
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = fmt.Errorf("%s is not a regular file", path)
	default:
		err = file.Chmod(info.Mode() &^ 0o077)
	}
	return errors.Join(err, file.Close())
}
