package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// InlayHint says at the end of a value what overrides it, which workspace it is the address of, and how long a duration is.
func InlayHint(snap *session.Snapshot, params *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	hints := []protocol.InlayHint{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil || snap.Settings.InlayHintsOff {
		return hints, nil
	}
	s, shown := surroundingOf(snap, doc), doc.Map.Span(params.Range)
	for i := range doc.File.Entries {
		e := &doc.File.Entries[i]
		if e.Setting == nil || e.Value.Kind == syntax.Missing || !e.Value.Span.Overlaps(shown) {
			continue
		}
		if label := labelOf(snap, s, e); len(label) > 0 {
			hints = append(hints, protocol.InlayHint{Position: doc.Map.Position(e.Value.Span.End), Label: label, PaddingLeft: true})
		}
	}
	return hints, nil
}

func labelOf(snap *session.Snapshot, s surrounding, e *profiles.Entry) (label []protocol.InlayHintLabelPart) {
	add := func(value string, location *lsp.Location) {
		if len(label) > 0 {
			value = " · " + value
		}
		label = append(label, protocol.InlayHintLabelPart{Value: value, Location: location})
	}
	if d, ok := duration(e); ok && d.Human() != e.Value.Text {
		add("= "+d.Human(), nil)
	}
	if e.Setting.Name == apiURL {
		if handle := snap.Directory.Handle(e.Value.Text); handle != "" {
			add("= "+handle, nil)
		}
	}
	if setting, rank := s.standing(e); overridden(setting, rank) {
		var location *lsp.Location
		if p, ok := winner(setting); ok {
			location = new(s.locate(p))
		}
		add("overridden by "+s.folder.NameOf(setting.Source), location)
	}
	return label
}

// duration is how long a value lasts, where its setting is one of time.
func duration(e *profiles.Entry) (d settings.Timedelta, ok bool) {
	if e.Value.Kind != syntax.String && e.Value.Kind != syntax.Integer && e.Value.Kind != syntax.Float {
		return d, false
	}
	// The sources differ in what they refuse, which the diagnostics tell, but not in what they make of the rest.
	cast, _ := e.Setting.Cast(e.Value, settings.ConfigFile)
	switch cast := cast.(type) {
	case settings.Timedelta:
		return cast, true
	case int64, float64:
		if isInSeconds(e.Setting) {
			inSeconds, _ := (&settings.Setting{Kind: settings.SecondsDuration}).Cast(e.Value, settings.ConfigFile)
			d, ok = inSeconds.(settings.Timedelta)
			return d, ok && d.Seconds >= 60
		}
	}
	return d, false
}
