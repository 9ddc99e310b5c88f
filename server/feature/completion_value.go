package feature

import (
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A proposal is a value that can be written, without its quotes.
type proposal struct {
	value, detail string
	handle        string // of the workspace that the value is the address of, by which it is known
	snippet       string // the same with tab stops, if there is something to fill in before it is valid
}

// addValues offers what can stand behind "=".
func (c *completions) addValues() {
	proposals, quoted := c.proposals()
	before, after := c.spaceAfterEquals(), ""
	switch {
	case quoted && c.quote == "":
		before, after = before+`"`, `"`
	case c.quote != "" && !c.closed:
		after = c.quote
	}
	for _, p := range proposals {
		if p.snippet != "" && !c.snap.Client.Snippets {
			continue
		}
		o := offer{label: p.value, detail: p.detail, kind: lsp.CompletionItemKindValue, text: before + p.value + after}
		if p.snippet != "" {
			o.snippet = before + p.snippet + after
		}
		if p.handle == "" {
			c.add(o)
			continue
		}
		o.label = p.handle
		c.add(o).FilterText = new(before + p.handle + " " + p.value) // found by either
	}
}

// proposals are the values for the key in front of the cursor, and whether they are written in quotes.
func (c *completions) proposals() (values []proposal, quoted bool) {
	if c.File.Kind == profiles.ProfilesTOML && len(c.table) == 0 {
		if c.key != "active" {
			return nil, false
		}
		return c.profileNames(), true
	}
	s, ok := c.setting()
	if !ok {
		return nil, false
	}
	values = proposalsFor(s)
	if s.Name == apiURL {
		values = append(c.workspaces(), values...)
	}
	return values, isQuoted(c.File.Kind, s)
}

// workspaces are the addresses of the workspaces that are known.
func (c *completions) workspaces() (values []proposal) {
	folder := c.snap.Folder(c.URI)
	if folder == nil || c.snap.Directory == nil {
		return nil
	}
	api := folder.Cloud().API
	for _, w := range c.snap.Directory.Workspaces(api) {
		values = append(values, proposal{value: w.APIURL(api), handle: w.Handle(), detail: w.WorkspaceName})
	}
	return values
}

func (c *completions) profileNames() []proposal {
	var names []proposal
	for _, profile := range c.File.Profiles {
		names = append(names, proposal{value: profile.Name, detail: target(c.snap.Directory, c.File, profile.Name)})
	}
	const builtIn = "ephemeral" // the one that Prefect takes without a definition in the file
	if _, defined := c.File.Lookup(builtIn); !defined {
		names = append(names, proposal{value: builtIn, detail: "built in: a temporary server for each run"})
	}
	return names
}

// setting is the one of which the value is at the cursor.
func (c *completions) setting() (*settings.Setting, bool) {
	prefix, ok := settingsBelow(c.File.Kind, c.table)
	switch {
	case !ok:
		return nil, false
	case c.File.Kind == profiles.DotEnv:
		return settings.ByName(strings.ToUpper(c.key))
	case c.File.Kind == profiles.ProfilesTOML:
		return settings.ByName(c.key)
	}
	return settings.ByPath(prefix + c.key)
}

// isQuoted reports whether the setting's values are written in quotes in a file of the kind.
func isQuoted(kind profiles.Kind, s *settings.Setting) bool {
	switch kind {
	case profiles.DotEnv:
		return false
	case profiles.ProfilesTOML: // the Prefect CLI makes a string of everything else when it next writes the file
		return true
	}
	switch s.Kind {
	case settings.Boolean, settings.Integer, settings.Number, settings.NumberOrNumbers, settings.RetryDelays:
		return false
	}
	return true
}

// proposalsFor are the values that are likely for a setting.
func proposalsFor(s *settings.Setting) []proposal {
	var proposals []proposal
	switch {
	case s.Secret || s.IsObject():
	case s.Kind == settings.Duration, s.Kind == settings.SecondsDuration:
		proposals = durations(s)
	default:
		for _, value := range listed(s) {
			p := proposal{value: value}
			if value == s.Default {
				p.detail = "default"
			}
			proposals = append(proposals, p)
		}
	}
	return append(proposals, customaryFor(s)...)
}

// choicesOf are the values of a setting to choose from: those that can be listed, and the customary ones that are valid as they stand.
func choicesOf(s *settings.Setting) []string {
	choices := slices.Clip(listed(s))
	for _, p := range customaryFor(s) {
		if p.snippet == "" {
			choices = append(choices, p.value)
		}
	}
	return choices
}

// listed are the values that a setting is restricted to, or else its default.
func listed(s *settings.Setting) []string {
	switch s.Kind {
	case settings.Boolean:
		return []string{"true", "false"}
	case settings.VacuumTypes:
		return []string{"events", "flow_runs", "events,flow_runs"}
	case settings.StatusCodes:
		return []string{"429", "429,502,503,504"}
	}
	if len(s.Choices) > 0 || s.Default == "" {
		return s.Choices
	}
	return []string{s.Default}
}

// durations are the default and some round ones that the setting takes.
func durations(s *settings.Setting) []proposal {
	var proposals []proposal
	for _, iso := range []string{s.Default, "PT10S", "PT1M", "PT15M", "PT1H", "P1D", "P7D", "P30D"} {
		given := syntax.Value{Kind: syntax.String, Text: iso}
		d, invalid := s.Cast(given, settings.Profile)
		length, ok := d.(settings.Timedelta)
		if invalid != nil || !ok || slices.ContainsFunc(proposals, func(p proposal) bool { return p.value == iso }) {
			continue
		}
		detail := length.Human()
		if iso == s.Default {
			detail += ", default"
		}
		proposals = append(proposals, proposal{value: iso, detail: detail})
	}
	return proposals
}

// valueForm is a snippet for the value of a setting in a file of the kind: with a choice where there is one, else with the default
// to be typed over.
func valueForm(kind profiles.Kind, s *settings.Setting) string {
	form := "$1"
	choices := choicesOf(s)
	switch {
	case s.IsObject():
		return objectForm(kind, s)
	case len(choices) == 1 && !s.Secret:
		form = placeholder(choices[0])
	case len(choices) > 1:
		form = choice(defaultLast(choices, s.Default))
	}
	if isQuoted(kind, s) {
		return `"` + form + `"`
	}
	return form
}

func objectForm(kind profiles.Kind, s *settings.Setting) string {
	name, value := `"${1:name}"`, `"${2:value}"`
	if s.Kind == settings.DurationObject {
		value = `"${2:P7D}"`
	}
	switch kind {
	case profiles.DotEnv:
		return "{" + name + ": " + value + "}"
	case profiles.ProfilesTOML:
		return "'{" + name + ": " + value + "}'"
	}
	return "{ " + name + " = " + value + " }"
}

// defaultLast has the default behind the other choices: who writes a setting wants something else.
func defaultLast(choices []string, byDefault string) []string {
	i := slices.Index(choices, byDefault)
	if i < 0 {
		return choices
	}
	return append(slices.Delete(slices.Clone(choices), i, i+1), byDefault)
}
