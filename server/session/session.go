// Package session keeps what the editor has open and hands out snapshots of it.
package session

import (
	"fmt"
	"maps"
	"sync/atomic"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A Client is what the editor said of itself when it connected.
type Client struct {
	Encoding           protocol.Encoding
	Snippets           bool // completion items may hold tab stops
	DocumentChanges    bool // edits may name the version they are meant for
	Configuration      bool // it answers workspace/configuration
	WatchConfiguration bool // it says when settings change if asked to
	RelatedLocations   bool // diagnostics may point to other places
}

// A Document is one version of one open file. It never changes.
type Document struct {
	URI      string
	Version  int32
	File     *profiles.File // nil if Prefect does not read such a file
	Map      *protocol.Mapper
	Problems []rules.Problem
	Text     string
}

// A Snapshot is everything the server knows at one moment. It never changes.
type Snapshot struct {
	Client    Client
	Settings  protocol.Settings
	documents map[string]*Document
}

// Document is the open file at uri, or nil.
func (s *Snapshot) Document(uri string) *Document { return s.documents[uri] }

// Documents are all open files, in no order.
func (s *Snapshot) Documents() map[string]*Document { return s.documents }

// A Session is the one mutable thing of the server: a pointer to the latest snapshot.
type Session struct{ latest atomic.Pointer[Snapshot] }

// New returns a session with nothing open.
func New() *Session {
	s := &Session{}
	s.latest.Store(&Snapshot{Client: Client{Encoding: protocol.UTF16}})
	return s
}

// Snapshot is the latest one.
func (s *Session) Snapshot() *Snapshot { return s.latest.Load() }

// Connect notes what the editor can do.
func (s *Session) Connect(client Client) {
	s.update(func(next *Snapshot) { next.Client = client })
}

// Configure puts new settings into effect.
func (s *Session) Configure(settings protocol.Settings) *Snapshot {
	return s.update(func(next *Snapshot) { next.Settings = settings })
}

// Open takes a file that the editor opened.
func (s *Session) Open(uri string, version int32, text string) *Snapshot {
	doc := s.Snapshot().read(uri, version, text)
	return s.update(func(next *Snapshot) { next.documents[uri] = doc })
}

// Change applies the editor's changes, in order, each to the text that the one before it left.
// It fails for a file that is not open.
func (s *Session) Change(uri string, version int32, changes []any) (*Snapshot, error) {
	now := s.Snapshot()
	doc := now.Document(uri)
	if doc == nil {
		return nil, fmt.Errorf("%s was changed but is not open", protocol.NameOf(uri))
	}
	text, mapper := doc.Text, doc.Map
	for _, change := range changes {
		switch c := change.(type) {
		case lsp.TextDocumentContentChangeEventWhole:
			text = c.Text
		case lsp.TextDocumentContentChangeEvent:
			if mapper == nil {
				mapper = protocol.NewMapper(text, now.Client.Encoding)
			}
			text = replace(text, mapper, c)
		default:
			return nil, fmt.Errorf("a change of %s has an unknown form", protocol.NameOf(uri))
		}
		mapper = nil
	}
	next := now.read(uri, version, text)
	return s.update(func(snap *Snapshot) { snap.documents[uri] = next }), nil
}

func replace(text string, mapper *protocol.Mapper, c lsp.TextDocumentContentChangeEvent) string {
	if c.Range == nil {
		return c.Text
	}
	span := mapper.Span(*c.Range)
	return text[:span.Start] + c.Text + text[span.End:]
}

// Close forgets a file.
func (s *Session) Close(uri string) *Snapshot {
	return s.update(func(next *Snapshot) { delete(next.documents, uri) })
}

// update replaces the latest snapshot by a changed copy of it. change may run more than once.
func (s *Session) update(change func(next *Snapshot)) *Snapshot {
	for {
		now := s.latest.Load()
		next := *now
		next.documents = maps.Clone(now.documents)
		if next.documents == nil {
			next.documents = map[string]*Document{}
		}
		change(&next)
		if s.latest.CompareAndSwap(now, &next) {
			return &next
		}
	}
}

func (s *Snapshot) read(uri string, version int32, text string) *Document {
	doc := &Document{URI: uri, Version: version, Text: text, Map: protocol.NewMapper(text, s.Client.Encoding)}
	if kind := profiles.KindOf(protocol.NameOf(uri)); kind != 0 {
		doc.File = profiles.Read(kind, text)
		doc.Problems = rules.Check(doc.File)
	}
	return doc
}
