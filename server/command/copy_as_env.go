package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// CopyAsEnv puts the settings of Profile into the clipboard as lines for an .env file. What may be secret is left out, as an
// .env file is easily shared.
func CopyAsEnv(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFileAt(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	profile, err := d.choose(ctx, params.Profile, "Copy the settings of profile", p, p.names())
	switch {
	case err != nil:
		return protocol.CommandResult{}, err
	case !slices.Contains(p.names(), profile):
		return protocol.CommandResult{}, errMissing(profile)
	case d.Editor == nil:
		return protocol.CommandResult{}, errors.ErrUnsupported
	}
	lines, left := envLines(p.file, profile)
	without := ""
	if len(left) > 0 {
		without = ", without " + strings.Join(left, "; ")
	}
	if lines == "" {
		return protocol.CommandResult{}, fmt.Errorf("profile '%s' has no settings to copy%s", profile, without)
	}
	if err := d.Editor.Copy(lines); err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Copied profile '%s' as .env lines%s.", profile, without)
	return d.say(ctx, protocol.CommandResult{Message: message, Profile: profile}), nil
}

// envLines are the settings of a profile as lines for an .env file, and what is left out, with the reason.
func envLines(f *profiles.File, profile string) (lines string, left []string) {
	var secret, structured, unknown []string
	for i := range f.Entries {
		switch e := &f.Entries[i]; {
		case e.Profile != profile:
		case e.Setting == nil:
			unknown = append(unknown, e.Name)
		case e.Setting.Secret || e.Setting.IsObject() || session.ShownURL(e.Value.Text) != e.Value.Text:
			secret = append(secret, e.Name)
		case !isScalar(e.Value.Kind):
			structured = append(structured, e.Name)
		default:
			lines += e.Name + "=" + syntax.QuoteEnv(e.Value.Text) + "\n"
		}
	}
	for _, names := range []struct {
		names  []string
		reason string
	}{{secret, "secret"}, {structured, "no plain value"}, {unknown, "unknown"}} {
		if len(names.names) > 0 {
			left = append(left, fmt.Sprintf("%s (%s)", strings.Join(names.names, ", "), names.reason))
		}
	}
	return lines, left
}

// isScalar reports whether a value of the kind is told by a text, as all values in an .env file are.
func isScalar(kind syntax.ValueKind) bool {
	switch kind {
	case syntax.String, syntax.Integer, syntax.Float, syntax.Boolean:
		return true
	}
	return false
}
