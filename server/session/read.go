package session

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxSize is the size in bytes up to which a file that nobody opened is read. Prefect's files are far smaller.
const maxSize = 8 << 20

// ReadDisk is the [Reader] of what is saved. What [ReadFile] cannot read is as good as not there.
func ReadDisk(path string) (string, bool) {
	text, err := ReadFile(path)
	return text, err == nil
}

// ReadFile reads a regular file of reasonable size. Its error names the file and says what is in the way.
func ReadFile(path string) (string, error) { return readRegular(path, maxSize) }

// readRegular reads a regular file of at most limit bytes.
func readRegular(path string, limit int64) (string, error) {
	if err := checkRegular(path, limit); err != nil {
		return "", err
	}
	file, err := open(path)
	if err != nil {
		return "", unreadable(path, err)
	}
	text, err := readAll(file, path, limit)
	return text, errors.Join(err, file.Close())
}

// ReadFrom reads a stream of reasonable size. Its error names the stream and says what is in the way.
func ReadFrom(in io.Reader, name string) (string, error) { return readAll(in, name, maxSize) }

func readAll(in io.Reader, name string, limit int64) (string, error) {
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	switch {
	case err != nil:
		return "", unreadable(name, err)
	case int64(len(data)) > limit:
		return "", tooLarge(name, limit)
	}
	return string(data), nil
}

// checkRegular refuses what cannot be read as a whole: to open a pipe could take forever, and a device may have no end.
func checkRegular(path string, limit int64) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return unreadable(path, err)
	case !info.Mode().IsRegular():
		return &irregularError{path, info.Mode()}
	case info.Size() > limit:
		return tooLarge(path, limit)
	}
	return nil
}

func tooLarge(path string, limit int64) error {
	return fmt.Errorf("%s is larger than %d MiB", path, limit>>20)
}

// unreadable is an error of the system without the name of its call.
func unreadable(path string, err error) error {
	if failure, ok := errors.AsType[*fs.PathError](err); ok {
		err = failure.Err
	}
	return fmt.Errorf("%s cannot be read: %w", path, err)
}

// An irregularError is the error of a path at which there is something else than a file with contents.
type irregularError struct {
	path string
	mode fs.FileMode
}

func (e *irregularError) Error() string {
	what := "something else"
	switch {
	case e.mode.IsDir():
		what = "a folder"
	case e.mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case e.mode&fs.ModeDevice != 0:
		what = "a device"
	}
	return e.path + " is " + what + " where a regular file should be"
}
