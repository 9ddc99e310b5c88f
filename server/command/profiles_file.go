package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// fallback is the profile that is active where none is, by a rule of Prefect's.
const fallback = "ephemeral"

// A profilesFile is the profiles.toml that deeds change: the one that the prefect command changes, too, but for deeds at another one.
type profilesFile struct {
	folder *session.Folder
	path   string
	file   *profiles.File // nil where there is none
}

func (d *Desk) profilesFile(uri string) (profilesFile, error) {
	folder, err := d.Folder(uri)
	if err != nil {
		return profilesFile{}, err
	}
	saved := folder.Result.Saved
	if saved.Path == "" {
		return profilesFile{}, errors.New("there is no place for profiles here: see PREFECT_PROFILES_PATH and PREFECT_HOME")
	}
	return profilesFile{folder, folder.SavedPath(), saved.File}, nil
}

// profilesFileAt is the file with profiles at uri, which need not be the one that is read in its folder; or else that of
// [Desk.profilesFile].
func (d *Desk) profilesFileAt(uri string) (profilesFile, error) {
	p, err := d.profilesFile(uri)
	path, isFile := protocol.PathOf(uri)
	if err != nil || !isFile || isSameFile(path, p.path) {
		return p, err
	}
	if text := d.textOf(path); text != nil && profiles.Recognize(path, "", *text) == profiles.ProfilesTOML {
		return profilesFile{p.folder, path, profilesIn(text)}, nil
	}
	return p, nil
}

// names are the profiles that the file defines, in its order.
func (p profilesFile) names() []string {
	if p.file == nil {
		return nil
	}
	names := make([]string, len(p.file.Profiles))
	for i, profile := range p.file.Profiles {
		names[i] = profile.Name
	}
	return names
}

// known are the profiles that can be used: those of the file, then those that come with Prefect.
func (p profilesFile) known() []string {
	names := p.names()
	for _, name := range profiles.BundledNames() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// usable are the profiles to choose from: those that are known, but for Prefect's own that lead nowhere without more in the file.
func (p profilesFile) usable() []string {
	defined := p.names()
	return slices.DeleteFunc(p.known(), func(name string) bool {
		pairs, _ := profiles.Bundled(name)
		return len(pairs) == 0 && !slices.Contains(defined, name)
	})
}

// active is the profile that the file names, or the one that Prefect takes without.
func (p profilesFile) active() string {
	if p.file == nil {
		return fallback
	}
	return activeIn(p.file)
}

func activeIn(f *profiles.File) string {
	if f.Active == nil || f.Active.Value.Text == "" {
		return fallback
	}
	return f.Active.Value.Text
}

// pinned is the profile that PREFECT_PROFILE in the environment names, if it is looked for in this file.
func (p profilesFile) pinned() (name string, ok bool) {
	asks := p.folder.Result.Displayed
	return asks.Asked, asks.From.Kind == layers.Environment && p.path == p.folder.SavedPath()
}

// choose is the profile that the params name, or lets the person pick one of the names.
func (d *Desk) choose(ctx context.Context, named, title string, p profilesFile, names []string) (string, error) {
	if named != "" {
		return named, nil
	}
	if len(names) == 0 {
		return "", errors.New("there are no profiles in " + p.path)
	}
	items := profileItems(names)
	if i := slices.Index(names, p.active()); i >= 0 {
		items[i].Description = "active"
	}
	return d.Person.Pick(ctx, protocol.PickParams{Title: title, Items: items})
}

func profileItems(names []string) []protocol.PickItem {
	items := make([]protocol.PickItem, len(names))
	for i, name := range names {
		items[i] = protocol.PickItem{ID: name, Label: name, Icon: "account"}
	}
	return items
}

// name is the new name that the params give, or lets the person type one.
func (d *Desk) name(ctx context.Context, given, title string, p profilesFile) (string, error) {
	if given != "" {
		return given, checkName(given)
	}
	question := protocol.InputParams{Title: title, Prompt: "Name of the profile", Taken: p.names()}
	for {
		name, err := d.Person.Input(ctx, question)
		if err != nil {
			return "", err
		}
		if err = checkName(name); err == nil && slices.Contains(question.Taken, name) {
			err = errTaken(name)
		}
		if err == nil {
			return name, nil
		}
		question.Value, question.Problem = name, Sentence(err)
	}
}

// oldAndNew are the file, the profile in it that the params name, and the new name that they give. What is missing is asked for, for
// the new name under a title that is a format for the old one.
func (d *Desk) oldAndNew(ctx context.Context, params protocol.CommandParams, title, titleForNew string) (p profilesFile, old, name string, err error) {
	if p, err = d.profilesFileAt(params.URI); err != nil {
		return p, "", "", err
	}
	if old, err = d.choose(ctx, params.Profile, title, p, p.names()); err != nil {
		return p, "", "", err
	}
	name, err = d.name(ctx, params.Name, fmt.Sprintf(titleForNew, old), p)
	return p, old, name, err
}

// checkName refuses a [profiles.WrongName].
func checkName(name string) error {
	if wrong := profiles.WrongName(name); wrong != "" {
		return errors.New(wrong)
	}
	return nil
}

func errMissing(name string) error { return fmt.Errorf("there is no profile '%s'", name) }
func errTaken(name string) error   { return fmt.Errorf("there is a profile '%s' already", name) }
