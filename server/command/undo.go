package command

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"prefect-ls/protocol"
)

// A history is what was done in this session, the latest last.
type history struct {
	mutex sync.Mutex
	steps []step
}

func (h *history) push(s step) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.steps = append(h.steps, s)
}

// last is the latest step.
func (h *history) last() (step, bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if len(h.steps) == 0 {
		return step{}, false
	}
	return h.steps[len(h.steps)-1], true
}

// drop forgets a step.
func (h *history) drop(s step) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.steps = slices.DeleteFunc(h.steps, func(other step) bool { return other == s })
}

// Undo takes back the last change that a deed made, if nobody has changed the file since.
func Undo(ctx context.Context, d *Desk, _ protocol.CommandParams) (protocol.CommandResult, error) {
	last, ok := d.undo.last()
	if !ok {
		return protocol.CommandResult{}, errors.New("there is nothing to undo")
	}
	return d.takeBack(ctx, last)
}

// takeBack undoes one step.
func (d *Desk) takeBack(ctx context.Context, done step) (protocol.CommandResult, error) {
	name := filepath.Base(done.path)
	written, err := d.write(ctx, done.path, "Undo: "+done.title, func(now *string) (*string, error) {
		if now == nil || *now != *done.After {
			return nil, fmt.Errorf("%s has been changed since and was left as it is", name)
		}
		return done.Before, nil
	})
	if err != nil {
		return protocol.CommandResult{}, err
	}
	d.undo.drop(done)
	return d.say(ctx, protocol.CommandResult{Path: done.path, Unsaved: written.open && !isSaved(done.path, *written.After), Message: fmt.Sprintf("Undone: %s.", done.title)}), nil
}
