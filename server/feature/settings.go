package feature

import (
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
	return folder.Settings(false), nil
}
