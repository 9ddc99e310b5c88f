package feature

import (
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// Status tells where code would run that is started in the folder of a file, and why. It is nil for what is no file while no folder
// is open.
func Status(snap *session.Snapshot, params *protocol.StatusParams) (*protocol.Status, error) {
	folder := snap.Folder(params.URI)
	if folder == nil {
		return nil, nil
	}
	status := snap.Status(folder)
	return &status, nil
}
