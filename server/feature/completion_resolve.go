package feature

import (
	"prefect-ls/profiles/settings"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// CompletionItemResolve adds the explanation of the setting that a completion item stands for. The rest of
// the item is returned as it came.
func CompletionItemResolve(_ *session.Snapshot, item *lsp.CompletionItem) (*lsp.CompletionItem, error) {
	name, _ := item.Data.(string)
	if s, ok := settings.ByName(name); ok {
		item.Documentation = markdown(s.Summary())
	}
	return item, nil
}
