package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// A Rewrite makes new contents of those that a file has. Nil stands for no file. It may be asked again, when the file has changed
// meanwhile, and must depend on nothing else.
type Rewrite func(old *string) (*string, error)

// Written is what a [Write] did: the contents before and after, which are nil where there is no file.
type Written struct{ Before, After *string }

// patience is how long a [Write] waits for others to leave the file alone.
const patience = 10 * time.Second

// Write makes the file at path hold what rewrite makes of its contents, at once: no reader ever meets half of them, and a process
// that is killed leaves the one or the other. Symbolic links are followed, mode and owner stay; a new file, and a new folder for
// it, are their owner's alone. What others write meanwhile is not lost but rewritten in its turn; [ErrChanged] is the error
// when they do not stop.
func Write(ctx context.Context, path string, rewrite Rewrite) (Written, error) {
	target, err := follow(path)
	if err != nil {
		return Written{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrChanged)
	defer cancel()
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		done, err := writeOnce(target, rewrite)
		if !errors.Is(err, ErrChanged) {
			return done, err
		}
		select {
		case <-ctx.Done():
			if cause := context.Cause(ctx); !errors.Is(cause, ErrChanged) {
				err = cause
			}
			return Written{}, fmt.Errorf("%s: %w", path, err)
		case <-time.After(pause):
		}
	}
}

// follow is where a path leads, be there a file or not.
func follow(path string) (string, error) {
	const most = 40 // as Linux has it
	for range most {
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", unreadable(path, err)
		case info.Mode()&fs.ModeSymlink == 0:
			return path, nil
		}
		next, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(path), next)
		}
		path = next
	}
	return "", fmt.Errorf("%s: its symbolic links lead round in circles", path)
}

func writeOnce(target string, rewrite Rewrite) (done Written, err error) {
	if done.Before, err = contents(target); err != nil {
		return Written{}, err
	}
	if done.After, err = rewrite(done.Before); err != nil {
		return Written{}, err
	}
	if !done.Changed() {
		return done, nil
	}
	if err := alone(target, func() error { return done.makeAt(target) }); err != nil {
		return Written{}, err
	}
	return done, nil
}

// makeAt gives a file that holds what was before what is to be after.
func (w Written) makeAt(target string) error {
	switch {
	case w.Before == nil:
		return createFile(target, *w.After)
	case w.After == nil:
		return removeFile(target, *w.Before)
	default:
		return replaceFile(target, *w.Before, *w.After)
	}
}

// contents are those of the file at target, or nil where there is none.
func contents(target string) (*string, error) {
	file, err := hold(target)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.release()
	text, err := file.read()
	return &text, err
}

// Changed reports whether the contents are other ones now.
func (w Written) Changed() bool {
	if w.Before == nil || w.After == nil {
		return w.Before != w.After
	}
	return *w.Before != *w.After
}
