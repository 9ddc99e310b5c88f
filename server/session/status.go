package session

import (
	"fmt"
	"path/filepath"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
)

// Status is where code that is started in the folder would run, and why, with what servers have said of it.
func (f *Folder) Status(directory *Directory) protocol.Status {
	target := f.Result.Target()
	status := protocol.Status{
		Folder: f.Path, Prefect: f.Prefect,
		ServerType: string(target.Type), APIURL: ShownURL(target.APIURL), UIURL: ShownURL(target.UIURL),
		Account: target.Account, Workspace: target.Workspace,
		Shadows: []protocol.StatusSource{}, Errors: []protocol.StatusError{},
		Profile: f.profile(),
		Handle:  directory.Handle(target.APIURL),
		Problem: f.problem(directory),
	}
	if check := directory.Check(f.Access()); check != nil {
		status.Check = &check.StatusCheck
	}
	if target.Decides != nil {
		status.Source = f.source(target.Decides.Source)
		status.Shadows = f.shadows(target.Decides)
	}
	status.TestMode = f.Result.TestMode
	if key := f.Result.Lookup("PREFECT_API_KEY"); key != nil && key.IsSet() {
		source := f.source(key.Source)
		status.Key = &source
	}
	for _, refusal := range f.Result.Refusals {
		status.Errors = append(status.Errors, protocol.StatusError{Message: refusal.Reason, Source: f.source(refusal.Source)})
	}
	return status
}

// Status is [Folder.Status] by what servers have said, and by the settings.
func (s *Snapshot) Status(f *Folder) protocol.Status {
	status := f.Status(s.Directory)
	status.Protected = s.Settings.Protects(s.Directory.PlaceName(f.Result.Target().APIURL))
	return status
}

// ShownURL is an address, or any other text, without keys in it, and without a name and password in front of its host.
func ShownURL(address string) string {
	address = settings.MaskKeys(address)
	if user := profiles.UserInfo(address); user.End > 0 {
		return address[:user.Start] + Hidden + address[user.End:]
	}
	return address
}

// HostOf is the host of an address with its port, without the name and password that may stand in front of it. It is [Hidden] where it
// may be a part of them.
func HostOf(u profiles.APIURL) string {
	switch {
	case u.IsCutShort():
		return Hidden
	case u.Port == "":
		return u.Host
	}
	return u.Host + ":" + u.Port
}

func (f *Folder) profile() protocol.StatusProfile {
	active := f.Result.Active
	profile := protocol.StatusProfile{
		Name: active.Name, Bundled: active.Bundled,
		Path: f.PathOf(f.Result.Loaded.File), Source: f.source(active.From),
	}
	if active.Asked != active.Name {
		profile.Missing = active.Asked
	}
	if rules.SavesElsewhere(f.Result) {
		profile.Saved = f.SavedPath()
	}
	return profile
}

// Settings are the settings with their values in effect, by name: those that a source gives a value, or all.
func (f *Folder) Settings(all bool) []protocol.SettingStatus {
	list := []protocol.SettingStatus{}
	for _, s := range f.Result.Settings {
		if all || s.IsSet() {
			list = append(list, protocol.SettingStatus{
				Name: s.Name, Value: shownValue(s), Set: s.IsSet(), Source: f.source(s.Source), Shadows: f.shadows(s),
			})
		}
	}
	return list
}

// Hidden stands for what nobody should see over a shoulder.
const Hidden = "****"

func shownValue(s *layers.Setting) any {
	switch {
	case s.Typed == nil:
		return nil
	case s.IsSet() && (s.Secret || s.IsObject()): // such as headers, of which one may sign in
		return Hidden
	case s.Text() != "":
		return ShownURL(s.Text())
	}
	return s.Typed
}

func (f *Folder) shadows(s *layers.Setting) []protocol.StatusSource {
	list := []protocol.StatusSource{}
	for _, shadow := range s.Shadows {
		if shadow.Source.Kind != layers.Default {
			list = append(list, f.source(shadow.Source))
		}
	}
	return list
}

func (f *Folder) source(s layers.Source) protocol.StatusSource {
	source := protocol.StatusSource{Kind: s.Kind.String(), Variable: s.Name, Path: f.PathOf(s.File)}
	switch {
	case s.File == nil && (s.Kind == layers.PrefectTOML || s.Kind == layers.PyProject): // a folder of that name
		source.Path = filepath.Join(f.Path, s.Kind.String())
	case s.File == nil:
	case s.Entry != nil:
		source.Line = s.File.LineOf(s.Entry.Key)
		source.Profile = s.Entry.Profile
	case s.Span != text.Span{}:
		source.Line = s.File.LineOf(s.Span)
	}
	if s.Kind == layers.Profile && source.Profile == "" && s.Name != "active" {
		source.Profile = f.Result.Active.Name
	}
	return source
}

// NameOf is what a source is called in a few words, such as ".env:3".
func (f *Folder) NameOf(source layers.Source) string {
	switch {
	case source.Kind == layers.Environment && source.Entry == nil:
		return source.Name + " in the environment"
	case source.Because != nil:
		return "Prefect, because of " + source.Because.Name
	case source.Kind == layers.Default:
		return "Prefect's default"
	case source.File == nil:
		return "a profile that comes with Prefect"
	}
	name := filepath.Base(f.PathOf(source.File))
	if source.Entry == nil {
		return name
	}
	return fmt.Sprintf("%s:%d", name, source.File.LineOf(source.Entry.Key))
}
