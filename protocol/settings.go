package protocol

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"prefect-ls/profiles/rules"
)

// SettingsSection is the part of the client's configuration that is ours.
const SettingsSection = "prefect"

// Settings are what a person sets in the editor for the server. The zero Settings are the defaults.
type Settings struct {
	Diagnostics DiagnosticsSettings
	Server      ServerSettings

	// Environment is what terminals and Python get on top of the server's own variables, by the person's own word. Nil takes a
	// variable away.
	Environment map[string]*string
	// WorkspaceEnvironment is what they get on top of that, by the word of files of the workspace.
	WorkspaceEnvironment map[string]*string
	// EnvironmentFile is a file like .env with variables that win over the server's own alone, as seen from the workspace's folder; empty
	// for none. It speaks for the workspace, too.
	EnvironmentFile string
	// Prefect is the release in use, such as 3.4.0, or empty where the folder tells it. It is prefect.version.
	Prefect string
	// Cwd is the folder in which code is started, as seen from the workspace's folder; empty for that one itself.
	Cwd string
	// InlayHintsOff is prefect.inlayHints: "off" or false.
	InlayHintsOff bool
	// CodeLens is prefect.codeLens.enabled.
	CodeLens bool
	Network  NetworkSettings
	// ProtectedWorkspaces are patterns such as */prod for the places that code must not begin to run at unasked: in them * and ? stand
	// for anything but a slash, whatever the case.
	ProtectedWorkspaces []string
	// Folders are the settings that decide in a folder of the workspace, by its URI: the release, Cwd, and what an environment is made of.
	// Without its own, these do.
	Folders map[string]Settings
	// Untrusted is prefect.trusted: false. Nothing that a file of the workspace says may then have an effect outside of it.
	Untrusted bool
}

// NetworkSettings say when a server may be asked.
type NetworkSettings struct {
	// Off is prefect.network.enabled: false, with which no server is ever asked.
	Off bool
	// CheckInterval is after how many minutes the connection is checked again without being asked to; 0 for never.
	CheckInterval int
	// Proxy is prefect.network.proxy, the URL of a proxy; empty where the server's own environment names one, if there is one.
	Proxy string
	// NoProxy is prefect.network.noProxy, the hosts that are spoken to without any proxy, separated by commas as in NO_PROXY.
	NoProxy string
	// ProxySkipVerify is prefect.network.proxySkipVerify: true, with which the certificate of the Proxy is not checked.
	ProxySkipVerify bool
}

// Offline reports whether no server may be asked at all.
func (s Settings) Offline() bool { return s.Network.Off || s.Untrusted }

// Protects reports whether a place, such as acme/prod or localhost:4200, is one of the ProtectedWorkspaces.
func (s Settings) Protects(place string) bool {
	place = strings.ToLower(place)
	return slices.ContainsFunc(s.ProtectedWorkspaces, func(pattern string) bool {
		pattern = strings.ToLower(pattern)
		matches, err := path.Match(pattern, place)
		return place != "" && (err == nil && matches || pattern == place)
	})
}

// DecideLike reports whether the same is in effect with either settings.
func (s Settings) DecideLike(other Settings) bool {
	same := func(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }
	return s.Prefect == other.Prefect && s.Cwd == other.Cwd && s.EnvironmentFile == other.EnvironmentFile &&
		maps.EqualFunc(s.Environment, other.Environment, same) && maps.EqualFunc(s.WorkspaceEnvironment, other.WorkspaceEnvironment, same) &&
		maps.EqualFunc(s.Folders, other.Folders, Settings.DecideLike)
}

// DiagnosticsSettings say what is reported.
type DiagnosticsSettings struct {
	// Severity maps the code of a rule to error, warning, information, hint or off.
	Severity map[string]string
	// SyntaxOff leaves it to another extension to report what is no TOML. It is prefect.diagnostics.syntax: "off"; "on", true and
	// "auto" mean on, since only the client can know what else is installed.
	SyntaxOff bool
}

// ServerSettings concern the server as a program.
type ServerSettings struct {
	// LogLevel is one of LogLevels; empty means info.
	LogLevel string
}

// LogLevels are the values of ServerSettings.LogLevel, the quietest first.
func LogLevels() []string { return []string{"error", "warning", "info", "debug"} }

// ReadSettings decodes what a client sent as its "prefect" section. What cannot be used is left at its default and named in
// problems, so that one slip does not cost the other settings. Keys that are none of the server's are the client's own.
func ReadSettings(raw json.RawMessage) (settings Settings, problems []string) {
	r := settingsReader{}
	sections := r.object("prefect", raw)
	if nested, ok := sections[SettingsSection]; ok {
		return ReadSettings(nested)
	}
	diagnostics := r.object("prefect.diagnostics", sections["diagnostics"])
	settings.Diagnostics.Severity = r.severities(diagnostics["severity"])
	settings.Diagnostics.SyntaxOff = r.off("prefect.diagnostics.syntax", diagnostics["syntax"])
	settings.Environment = r.variables("prefect.environment", sections["environment"])
	settings.WorkspaceEnvironment = r.variables("prefect.workspaceEnvironment", sections["workspaceEnvironment"])
	settings.EnvironmentFile = r.text("prefect.environmentFile", sections["environmentFile"])
	settings.Prefect = r.release(sections["version"])
	settings.Cwd = r.text("prefect.cwd", sections["cwd"])
	settings.InlayHintsOff = r.off("prefect.inlayHints", sections["inlayHints"])
	settings.CodeLens = r.flag("prefect.codeLens.enabled", r.object("prefect.codeLens", sections["codeLens"])["enabled"], false)
	network := r.object("prefect.network", sections["network"])
	settings.Network.Off = !r.flag("prefect.network.enabled", network["enabled"], true)
	settings.Network.CheckInterval = r.minutes("prefect.network.checkInterval", network["checkInterval"])
	settings.Network.Proxy = r.text("prefect.network.proxy", network["proxy"])
	settings.Network.NoProxy = strings.Join(r.texts("prefect.network.noProxy", network["noProxy"]), ",")
	settings.Network.ProxySkipVerify = r.flag("prefect.network.proxySkipVerify", network["proxySkipVerify"], false)
	settings.ProtectedWorkspaces = r.texts("prefect.protectedWorkspaces", sections["protectedWorkspaces"])
	settings.Untrusted = !r.flag("prefect.trusted", sections["trusted"], true)
	server := r.object("prefect.server", sections["server"])
	settings.Server.LogLevel = r.logLevel(server["logLevel"])
	return settings, r.problems
}

// A settingsReader decodes settings one by one and notes what is wrong with them.
type settingsReader struct{ problems []string }

func (r *settingsReader) report(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// object decodes a JSON object; absent and null are empty ones.
func (r *settingsReader) object(name string, raw json.RawMessage) (fields map[string]json.RawMessage) {
	if len(raw) > 0 && json.Unmarshal(raw, &fields) != nil {
		r.report("%s: must be an object", name)
	}
	return fields
}

// scalar decodes a JSON string, or writes another scalar as JSON does; absent and null are empty.
func scalar(raw json.RawMessage) (s string) {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	if json.Unmarshal(raw, &s) != nil {
		return string(raw)
	}
	return s
}

func (r *settingsReader) severities(raw json.RawMessage) map[string]string {
	severities := map[string]string{}
	fields := r.object("prefect.diagnostics.severity", raw)
	for _, code := range slices.Sorted(maps.Keys(fields)) {
		severity := scalar(fields[code])
		_, isRule := rules.Lookup(code)
		_, isSeverity := rules.ParseSeverity(severity)
		switch {
		case !isRule:
			r.report("prefect.diagnostics.severity: there is no rule %q", code)
		case !isSeverity:
			r.report("prefect.diagnostics.severity: %q is not a severity for %s; use error, warning, information, hint or off", severity, code)
		default:
			severities[code] = severity
		}
	}
	return severities
}

// off reads a switch that is on unless it says off.
func (r *settingsReader) off(name string, raw json.RawMessage) bool {
	switch written := scalar(raw); written {
	case "off", "false":
		return true
	case "", "on", "true", "auto":
	default:
		r.report("%s: %q is not one of auto, on, off", name, written)
	}
	return false
}

// flag reads a boolean. What is none is refused, and then counts as false: of the flags that are true by default, each permits
// something.
func (r *settingsReader) flag(name string, raw json.RawMessage, byDefault bool) (flag bool) {
	if len(raw) == 0 || string(raw) == "null" {
		return byDefault
	}
	if json.Unmarshal(raw, &flag) != nil {
		r.report("%s: must be true or false", name)
	}
	return flag
}

// minutes reads a length of time; absent is 0.
func (r *settingsReader) minutes(name string, raw json.RawMessage) int {
	var n int
	const day = 24 * 60
	if len(raw) > 0 && (json.Unmarshal(raw, &n) != nil || n < 0 || n > day) {
		r.report("%s: must be a number of minutes from 0 (never) to %d", name, day)
		return 0
	}
	return n
}

// variables reads variables. What is wrong is told by name alone, since a value may be a secret.
func (r *settingsReader) variables(setting string, raw json.RawMessage) map[string]*string {
	fields := r.object(setting, raw)
	variables := make(map[string]*string, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var value *string
		switch {
		case name == "" || strings.ContainsAny(name, "=\x00"):
			r.report("%s: %q cannot be the name of a variable", setting, name)
		case json.Unmarshal(fields[name], &value) != nil:
			r.report("%s: the value of %s must be text, or null to take the variable away", setting, name)
		default:
			variables[name] = value
		}
	}
	return variables
}

func (r *settingsReader) release(raw json.RawMessage) string {
	release := r.text("prefect.version", raw)
	if release != "" && (release[0] < '0' || release[0] > '9') {
		r.report("prefect.version: %q is not a release such as 3.4.0", release)
		return ""
	}
	return release
}

// text decodes a JSON string; absent and null are empty.
func (r *settingsReader) text(name string, raw json.RawMessage) (s string) {
	if len(raw) > 0 && json.Unmarshal(raw, &s) != nil {
		r.report("%s: must be text", name)
	}
	return s
}

// texts decodes a JSON array of strings; absent and null are empty.
func (r *settingsReader) texts(name string, raw json.RawMessage) (list []string) {
	if len(raw) > 0 && json.Unmarshal(raw, &list) != nil {
		r.report("%s: must be a list of texts", name)
		return nil
	}
	return list
}

func (r *settingsReader) logLevel(raw json.RawMessage) string {
	level := scalar(raw)
	if slices.Contains(append(LogLevels(), ""), level) {
		return level
	}
	r.report("prefect.server.logLevel: %q is not one of %v", level, LogLevels())
	return ""
}
