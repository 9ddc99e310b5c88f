package command

import (
	"fmt"
	"path/filepath"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

// A Change is what a deed makes of a file. Both functions are pure, and may be called again when the file changes meanwhile.
type Change struct {
	Title string        // what it does, such as "Use profile 'prod'"
	Kind  profiles.Kind // of the file
	Edit  func(*Draft) error
	// Mean does the same to the values that the file stands for: a TOML file as BurntSushi/toml decodes it, the variables of a
	// .env file by their names. What Edit made of the text must mean just that.
	Mean func(values map[string]any)
}

// and is both changes in one, under the title of the first.
func (c Change) and(next Change) Change {
	return Change{
		Title: c.Title,
		Kind:  c.Kind,
		Edit: func(d *Draft) error {
			if err := c.Edit(d); err != nil {
				return err
			}
			return next.Edit(d)
		},
		Mean: func(values map[string]any) {
			c.Mean(values)
			next.Mean(values)
		},
	}
}

// apply is what the change makes of the text of the file at path; nil stands for no file. It is proven.
func (c Change) apply(path string, old *string) (string, error) {
	source := ""
	if old != nil {
		source = *old
	}
	draft := &Draft{profiles.Read(c.Kind, source)}
	values, err := decode(draft.File)
	if err != nil {
		return "", fmt.Errorf("%s was left as it is: %w", filepath.Base(path), err)
	}
	if err := c.Edit(draft); err != nil {
		return "", err
	}
	c.Mean(values)
	if tables, ok := values["profiles"].(map[string]any); ok && len(tables) == 0 {
		delete(values, "profiles")
	}
	got, err := decode(draft.File)
	if err != nil || !isSame(got, values) {
		return "", fmt.Errorf("%s was left as it is: prefect-ls cannot make this change to what is written there", filepath.Base(path))
	}
	return draft.Source, nil
}

// broken is the error of a file that does not parse. It names the first place.
func broken(line int, message string) error {
	return fmt.Errorf("line %d has to be mended first: %s", line, settings.MaskKeys(message))
}
