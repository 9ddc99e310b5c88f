package protocol

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// SettingsSection is the part of the client's configuration that is ours.
const SettingsSection = "prefect"

// Settings are what a person sets in the editor for the server. The zero Settings are the defaults.
type Settings struct {
	Diagnostics DiagnosticsSettings `json:"diagnostics"`
	Server      ServerSettings      `json:"server"`
}

// DiagnosticsSettings say what is reported.
type DiagnosticsSettings struct {
	// Severity maps the code of a rule to error, warning, information, hint or off.
	Severity map[string]string `json:"severity"`
}

// ServerSettings concern the server as a program.
type ServerSettings struct {
	// LogLevel is one of LogLevels; empty means info.
	LogLevel string `json:"logLevel"`
}

// LogLevels are the values of ServerSettings.LogLevel, the quietest first.
func LogLevels() []string { return []string{"error", "warning", "info", "debug"} }

// ReadSettings decodes what a client sent as its "prefect" section. What cannot be used is left at its default and named in
// problems, so that one slip does not cost the other settings.
func ReadSettings(raw json.RawMessage) (settings Settings, problems []string) {
	var sections map[string]json.RawMessage
	if len(raw) == 0 || string(raw) == "null" {
		return settings, nil
	}
	if err := json.Unmarshal(raw, &sections); err != nil {
		return settings, []string{"the settings of prefect-ls must be an object"}
	}
	if nested, ok := sections[SettingsSection]; ok {
		return ReadSettings(nested)
	}
	for _, section := range []struct {
		name string
		into any
	}{{"diagnostics", &settings.Diagnostics}, {"server", &settings.Server}} {
		if err := decode(sections[section.name], section.into); err != nil {
			problems = append(problems, fmt.Sprintf("prefect.%s: %v", section.name, err))
		}
	}
	if !slices.Contains(append(LogLevels(), ""), settings.Server.LogLevel) {
		problems = append(problems, fmt.Sprintf("prefect.server.logLevel: %q is not one of %v", settings.Server.LogLevel, LogLevels()))
		settings.Server.LogLevel = ""
	}
	for _, code := range slices.Sorted(maps.Keys(settings.Diagnostics.Severity)) {
		severity := settings.Diagnostics.Severity[code]
		if !slices.Contains([]string{"error", "warning", "information", "hint", "off"}, severity) {
			problems = append(problems, fmt.Sprintf("prefect.diagnostics.severity: %q is not a severity for %s; use error, warning, information, hint or off", severity, code))
			delete(settings.Diagnostics.Severity, code)
		}
	}
	return settings, problems
}

func decode(raw json.RawMessage, into any) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return json.Unmarshal(raw, into)
}
