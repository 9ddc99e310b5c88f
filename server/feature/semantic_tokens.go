package feature

import (
	"cmp"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A tokenType is an index in the legend of [SemanticTokensLegend].
type tokenType uint32

const (
	namespaceToken tokenType = iota // a table
	classToken                      // a profile, where it is defined or named
	propertyToken
	stringToken
	numberToken
	keywordToken
	commentToken
)

// secretModifier is the modifier of the value of a secret: the first one of the legend.
const secretModifier = 1

// SemanticTokensLegend is what the numbers in semantic tokens mean.
func SemanticTokensLegend() lsp.SemanticTokensLegend {
	return lsp.SemanticTokensLegend{
		TokenTypes:     []string{"namespace", "class", "property", "string", "number", "keyword", "comment"},
		TokenModifiers: []string{"secret"},
	}
}

// SemanticTokens tells what the words of a file are, for editors that know no grammar of it.
func SemanticTokens(snap *session.Snapshot, params *lsp.SemanticTokensParams) (*lsp.SemanticTokens, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return &lsp.SemanticTokens{Data: []lsp.UInteger{}}, nil
	}
	p := painter{doc: doc, entries: map[int]*profiles.Entry{}}
	for i := range doc.File.Entries {
		e := &doc.File.Entries[i]
		p.entries[e.Value.Span.Start] = e
	}
	if doc.File.Env != nil {
		p.env()
	} else {
		p.toml()
	}
	return &lsp.SemanticTokens{Data: p.encode()}, nil
}

// A painter collects the tokens of a document, in any order.
type painter struct {
	doc     *session.Document
	entries map[int]*profiles.Entry // by where the value starts
	tokens  []token
}

type token struct {
	span      text.Span
	kind      tokenType
	modifiers lsp.UInteger
}

func (p *painter) add(span text.Span, kind tokenType) {
	p.tokens = append(p.tokens, token{span: span, kind: kind})
}

func (p *painter) toml() {
	for _, comment := range p.doc.File.TOML.Comments {
		p.add(comment, commentToken)
	}
	for i := range p.doc.File.TOML.Statements {
		if s := &p.doc.File.TOML.Statements[i]; s.Kind == syntax.Pair {
			p.pair(s)
		} else {
			p.header(s)
		}
	}
}

func (p *painter) header(s *syntax.Statement) {
	for i, part := range s.Key {
		kind := namespaceToken
		if p.doc.File.Kind == profiles.ProfilesTOML && i > 0 && s.Key[0].Text == "profiles" {
			kind = classToken
		}
		p.add(part.Span, kind)
	}
}

func (p *painter) pair(s *syntax.Statement) {
	for _, part := range s.Key {
		p.add(part.Span, propertyToken)
	}
	p.value(&s.Value)
}

func (p *painter) value(v *syntax.Value) {
	for i := range v.Elements {
		p.value(&v.Elements[i])
	}
	for i := range v.Pairs {
		p.pair(&v.Pairs[i])
	}
	switch v.Kind {
	case syntax.String:
		p.text(v.Span)
	case syntax.Integer, syntax.Float, syntax.DateTime:
		p.add(v.Span, numberToken)
	case syntax.Boolean:
		p.add(v.Span, keywordToken)
	}
}

// text adds a string, which may be a secret or name a profile.
func (p *painter) text(span text.Span) {
	t := token{span: span, kind: stringToken}
	active := p.doc.File.Active
	switch e := p.entries[span.Start]; {
	case active != nil && active.Value.Span == span, e != nil && strings.EqualFold(e.Name, "PREFECT_PROFILE"):
		t.kind = classToken
	case e != nil && e.Setting != nil && e.Setting.Secret:
		t.modifiers = secretModifier
	}
	p.tokens = append(p.tokens, t)
}

func (p *painter) env() {
	for i := range p.doc.File.Env.Bindings {
		b := &p.doc.File.Env.Bindings[i]
		p.add(b.Export, keywordToken)
		p.add(b.Key, propertyToken)
		p.text(b.Value)
		p.add(b.Comment, commentToken)
	}
	lines := p.doc.Map.Lines
	for line := range lines.Count() {
		span := lines.Span(line)
		if strings.HasPrefix(strings.TrimLeft(span.Of(p.doc.Text), " \t"), "#") && !startsInside(p.doc.File, span.Start) {
			p.add(span, commentToken)
		}
	}
}

// encode puts the tokens into the form of LSP: five numbers each, relative to the token before, and none over several lines.
func (p *painter) encode() []lsp.UInteger {
	slices.SortStableFunc(p.tokens, func(a, b token) int { return cmp.Compare(a.span.Start, b.span.Start) })
	data := make([]lsp.UInteger, 0, 5*len(p.tokens))
	var last lsp.Position
	for _, t := range p.tokens {
		lines := p.doc.Map.Lines
		for line := lines.At(t.span.Start); line <= lines.At(t.span.End); line++ {
			of := lines.Span(line)
			part := p.doc.Map.Range(text.Span{Start: max(of.Start, t.span.Start), End: min(of.End, t.span.End)})
			length := part.End.Character - part.Start.Character
			if length == 0 || part.Start.Line != part.End.Line {
				continue
			}
			start := part.Start.Character
			if part.Start.Line == last.Line {
				start -= last.Character
			}
			data = append(data, part.Start.Line-last.Line, start, length, lsp.UInteger(t.kind), t.modifiers)
			last = part.Start
		}
	}
	return data
}
