package feature

import (
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A place is where something stands, in a file that may not be open.
type place struct {
	file *profiles.File
	span text.Span
}

// A surrounding is a document with what is in effect in its folder.
type surrounding struct {
	*session.Document
	snap   *session.Snapshot
	folder *session.Folder // nil where that is not known, and where the document takes no part in it
}

func surroundingOf(snap *session.Snapshot, doc *session.Document) surrounding {
	folder := snap.Folder(doc.URI)
	if folder != nil && folder.PathOf(doc.File) == "" {
		folder = nil
	}
	return surrounding{doc, snap, folder}
}

// keepsProfiles reports whether the document is the profiles.toml to which profiles are saved in its folder.
func (s surrounding) keepsProfiles() bool {
	return s.folder != nil && s.folder.Result.Saved.File == s.File
}

// files are those that take part in the folder, the document first.
func (s surrounding) files() []*profiles.File {
	files := []*profiles.File{s.File}
	if s.folder == nil {
		return files
	}
	for _, f := range s.folder.Parsed() {
		if f != s.File {
			files = append(files, f)
		}
	}
	return files
}

// standing is the setting of an entry as it is in effect, with what became of the entry; nil where that is not known.
func (s surrounding) standing(e *profiles.Entry) (setting *layers.Setting, rank int) {
	if s.folder == nil || e.Setting == nil {
		return nil, -1
	}
	setting = s.folder.Result.Lookup(e.Setting.Name)
	return setting, setting.Rank(e)
}

// winner is where the value in effect is written, if it is in a file.
func winner(s *layers.Setting) (place, bool) {
	if s.Source.File == nil || s.Source.Entry == nil {
		return place{}, false
	}
	return place{s.Source.File, s.Source.Entry.Key}, true
}

// at is the URI and the mapper of a file, and its version while it is open.
func (s surrounding) at(file *profiles.File) (uri string, version *lsp.Integer, mapper *protocol.Mapper) {
	for uri, doc := range s.snap.Documents() {
		switch {
		case doc.File == file && doc.Open:
			return uri, &doc.Version, doc.Map
		case doc.File == file:
			return uri, nil, doc.Map
		}
	}
	return protocol.URIOf(s.folder.PathOf(file)), nil, protocol.NewMapper(file.Source, s.snap.Client.Encoding)
}

func (s surrounding) locate(p place) lsp.Location {
	uri, _, mapper := s.at(p.file)
	return lsp.Location{URI: uri, Range: mapper.Range(p.span)}
}

func (s surrounding) locations(places []place) []lsp.Location {
	list := make([]lsp.Location, len(places))
	for i, p := range places {
		list[i] = s.locate(p)
	}
	return list
}

// link is the name of a source as Markdown that leads there.
func (s surrounding) link(source layers.Source) string {
	name := s.folder.NameOf(source)
	if source.File == nil || source.Entry == nil {
		return plain(name)
	}
	at := s.locate(place{source.File, source.Entry.Key})
	return link(name, fmt.Sprintf("%s#L%d", at.URI, at.Range.Start.Line+1))
}

// counting is a value as it may be shown.
func counting(setting *layers.Setting, v *layers.Value) string {
	if e := v.Source.Entry; e != nil && v.Source.Group == nil {
		return code(shownValue(e))
	}
	if setting.Secret || setting.IsObject() {
		return code(session.Hidden)
	}
	return code(session.ShownURL(v.Text()))
}

// overridden reports whether another value counts in place of that of an entry, which would count without it.
func overridden(setting *layers.Setting, rank int) bool {
	return setting != nil && rank > 0 && !setting.IsObject()
}

// entryAt is the entry with a known setting at the offset, or nil.
func entryAt(doc *session.Document, offset int) *profiles.Entry {
	if e := doc.File.EntryAt(offset); e != nil && e.Setting != nil {
		return e
	}
	return nil
}

// given are the places where the files give a setting a value.
func (s surrounding) given(setting *settings.Setting) (places []place) {
	for _, f := range s.files() {
		for i := range f.Entries {
			if e := &f.Entries[i]; e.Setting == setting {
				places = append(places, place{f, e.Key})
			}
		}
	}
	return places
}

func without(places []place, left place) []place {
	return slices.DeleteFunc(places, func(p place) bool { return p == left })
}
