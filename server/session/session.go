// Package session knows the files: what the editor has open, of which it hands out immutable snapshots, and what is on disk, which it
// reads, watches and replaces.
package session

import (
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A Client is what the editor said of itself when it connected.
type Client struct {
	Encoding           protocol.Encoding
	Snippets           bool     // completion items may hold tab stops
	DeprecatedItems    bool     // completion items may be tagged as deprecated
	DocumentChanges    bool     // edits may name the version they are meant for
	CreateFiles        bool     // edits may create files
	Configuration      bool     // it answers workspace/configuration
	WatchConfiguration bool     // it says when settings change if asked to
	WatchFiles         bool     // it says when files change if asked to
	PullDiagnostics    bool     // it asks for diagnostics, and is not to be sent any
	RefreshDiagnostics bool     // it asks again when told to
	RelatedLocations   bool     // diagnostics may point to other places
	OutdatedCode       bool     // diagnostics may be tagged as deprecated
	SymbolTree         bool     // document symbols may hold others
	WatchPlaces        bool     // it says when files change in any folder if asked to
	RefreshInlayHints  bool     // it asks again for inlay hints when told to
	RefreshCodeLenses  bool     // it asks again for code lenses when told to
	Status             bool     // it is told of every [protocol.Status]
	Dialogs            bool     // it lets the person pick and type, and knows how a browser gets here
	Remote             bool     // the person's browser runs on another machine
	Commands           bool     // it has commands of ours executed
	OwnCommands        []string // that code actions may run besides
	ApplyEdit          bool     // it edits files when asked to
	ShowDocument       bool     // it opens files and pages when asked to
	Progress           bool     // it shows what goes on, and lets the person cancel it
}

// A Document is one version of one file. It never changes.
type Document struct {
	URI      string
	Path     string // empty if it is no file
	Version  int32  // as the editor counts; of no meaning unless Open
	Open     bool   // in the editor, whose text is then the file's
	Language string
	File     *profiles.File // nil if Prefect does not read such a file
	Map      *protocol.Mapper
	Problems []rules.Problem
	Text     string
}

// A Snapshot is everything the server knows at one moment. It never changes.
type Snapshot struct {
	Client     Client
	Settings   protocol.Settings
	Folders    []string            // the URIs of the workspace's folders
	Directory  *Directory          // what servers have said; nil for nothing
	exposures  map[string]Exposure // by path, of the files that somebody has looked at
	documents  map[string]*Document
	views      map[string]*view // by the path of the folder
	base       []string         // the environment of the server, as "NAME=value"
	disk       Reader
	superseded chan struct{}
}

// Document is the file at uri, or nil.
func (s *Snapshot) Document(uri string) *Document { return s.documents[uri] }

// Documents are all files that are open or of interest, in no order.
func (s *Snapshot) Documents() map[string]*Document { return s.documents }

// Superseded is closed once there is a later snapshot.
func (s *Snapshot) Superseded() <-chan struct{} { return s.superseded }

// A Session is the one mutable thing of the server: a pointer to the latest snapshot.
type Session struct {
	latest atomic.Pointer[Snapshot]
	disk   Reader
}

// New returns a session with nothing open, for a server with the given environment ("NAME=value") and disk.
func New(environment []string, disk Reader) *Session {
	s := &Session{disk: disk}
	s.latest.Store(&Snapshot{
		Client: Client{Encoding: protocol.UTF16}, base: environment, disk: disk, superseded: make(chan struct{}),
	})
	return s
}

// Snapshot is the latest one.
func (s *Session) Snapshot() *Snapshot { return s.latest.Load() }

// Connect notes what the editor can do, and the folders that it has open.
func (s *Session) Connect(client Client, folders []string) {
	s.update(func(next *Snapshot) {
		next.Client, next.Folders = client, folders
		next.arrange()
	})
}

// SetFolders notes which folders the editor has open now, and forgets the files of those it closed.
func (s *Session) SetFolders(folders []string) {
	s.update(func(next *Snapshot) {
		next.Folders = folders
		wanted := next.InEffect()
		maps.DeleteFunc(next.documents, func(uri string, doc *Document) bool {
			return !doc.Open && !slices.Contains(wanted, uri)
		})
		next.arrange()
		next.reread()
	})
}

// Configure puts new settings into effect.
func (s *Session) Configure(settings protocol.Settings) *Snapshot {
	return s.update(func(next *Snapshot) {
		before := next.Settings
		next.Settings = settings
		if next.Settings.DecideLike(before) {
			return
		}
		next.arrange()
		next.renew("", news{release: true})
		next.reread()
	})
}

// Open takes a file that the editor opened.
func (s *Session) Open(uri, language string, version int32, text string) *Snapshot {
	now := s.Snapshot()
	doc := now.read(Document{URI: uri, Open: true, Language: language, Version: version, Text: text}, now.release(uri))
	return s.update(func(next *Snapshot) {
		next.put(doc)
		next.arrange()
	})
}

// Change applies the editor's changes, in order, each to the text that the one before it left.
// It fails for a file that is not open.
func (s *Session) Change(uri string, version int32, changes []any) (*Snapshot, error) {
	now := s.Snapshot()
	doc := now.Document(uri)
	if doc == nil || !doc.Open {
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
	next := Document{URI: uri, Open: true, Language: doc.Language, Version: version, Text: text}
	if doc.File != nil {
		doc = now.read(next, doc.File.Prefect)
	} else {
		doc = now.read(next, now.release(uri))
	}
	return s.update(func(next *Snapshot) { next.put(doc) }), nil
}

func replace(text string, mapper *protocol.Mapper, c lsp.TextDocumentContentChangeEvent) string {
	if c.Range == nil {
		return c.Text
	}
	span := mapper.Span(*c.Range)
	return text[:span.Start] + c.Text + text[span.End:]
}

// Close forgets what the editor has of a file. From then on, what is saved counts.
func (s *Session) Close(uri string) *Snapshot {
	var saved news
	if doc := s.Snapshot().documents[uri]; doc != nil && doc.File != nil && doc.Path != "" {
		saved.files = map[string]*string{doc.Path: s.saved(doc.Path)}
	}
	return s.update(func(next *Snapshot) {
		if doc := next.documents[uri]; doc != nil {
			delete(next.documents, uri)
			next.renew(doc.Path, saved)
			next.exposures = maps.Clone(next.exposures)
			delete(next.exposures, doc.Path) // what is opened again is looked at again
			next.arrange()
		}
	})
}

// Store takes the text of a file on disk, unless the editor has it open.
func (s *Session) Store(uri, text string) *Snapshot {
	before := s.Snapshot()
	doc := before.read(Document{URI: uri, Text: text}, before.release(uri))
	return s.update(func(next *Snapshot) {
		if now := next.documents[uri]; now == nil || !now.Open && now.Text != text {
			next.put(doc)
		}
	})
}

// Remove forgets a file that is gone from the disk, unless the editor has it open.
func (s *Session) Remove(uri string) *Snapshot {
	return s.update(func(next *Snapshot) {
		if now := next.documents[uri]; now != nil && !now.Open {
			delete(next.documents, uri)
			next.renew(now.Path, news{files: map[string]*string{now.Path: nil}})
		}
	})
}

func (s *Snapshot) put(doc *Document) {
	s.documents[doc.URI] = doc
	s.renew(doc.Path, news{})
}

// update replaces the latest snapshot by a changed copy of it. change may run more than once.
func (s *Session) update(change func(next *Snapshot)) *Snapshot {
	for {
		now := s.latest.Load()
		next := *now
		next.superseded = make(chan struct{})
		next.documents = maps.Clone(now.documents)
		if next.documents == nil {
			next.documents = map[string]*Document{}
		}
		next.views = maps.Clone(now.views)
		change(&next)
		if s.latest.CompareAndSwap(now, &next) {
			close(now.superseded)
			return &next
		}
	}
}

// read finds out what doc, of which the text is known, is and what is wrong with it for a release of Prefect.
func (s *Snapshot) read(doc Document, prefect string) *Document {
	doc.Map = protocol.NewMapper(doc.Text, s.Client.Encoding)
	path, isFile := protocol.PathOf(doc.URI)
	if isFile {
		doc.Path = clean(path)
	} else {
		path = protocol.NameOf(doc.URI)
	}
	if kind := profiles.Recognize(path, doc.Language, doc.Text); kind != 0 {
		doc.File = profiles.ReadFor(prefect, kind, doc.Text).At(path)
		doc.Problems = rules.Check(doc.File)
	}
	return &doc
}

// release is that of Prefect which reads the file at uri, where something tells.
func (s *Snapshot) release(uri string) string {
	if f := s.Folder(uri); f != nil {
		return f.Prefect
	}
	return s.Settings.Prefect
}
