package feature

import (
	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// Settings lists the settings that a source gives a value for code that is started in the folder of a file. There are none for what
// is no file while no folder is open.
func Settings(snap *session.Snapshot, params *protocol.SettingsParams) ([]protocol.SettingStatus, error) {
	folder := snap.Folder(params.URI)
	if folder == nil {
		return []protocol.SettingStatus{}, nil
	}
	list := folder.Settings(false)
	for i := range list {
		hideSecrets(&list[i])
	}
	return list, nil
}

// hideSecrets masks what is no secret by its kind, but may hold one.
func hideSecrets(s *protocol.SettingStatus) {
	setting, _ := settings.ByName(s.Name)
	value, isText := s.Value.(string)
	switch {
	case s.Value != nil && isObject(setting):
		s.Value = hidden
	case isText:
		s.Value = withoutUserInfo(settings.MaskKeys(value))
	}
}
