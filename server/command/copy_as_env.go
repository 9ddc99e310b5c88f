package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
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
	names := map[string][]string{} // of what is left out, by the reason
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Profile != profile {
			continue
		}
		if reason := whyNotCopied(e); reason != "" {
			names[reason] = append(names[reason], e.Name)
			continue
		}
		lines += e.Name + "=" + syntax.QuoteEnv(e.Value.Text) + "\n"
	}
	for _, reason := range slices.Sorted(maps.Keys(names)) {
		left = append(left, fmt.Sprintf("%s (%s)", strings.Join(names[reason], ", "), reason))
	}
	return lines, left
}

// whyNotCopied is the reason for which a setting is left out, or empty.
func whyNotCopied(e *profiles.Entry) string {
	switch {
	case e.Setting == nil:
		return "unknown"
	case e.Setting.Secret, e.Setting.IsObject(), session.ShownURL(e.Value.Text) != e.Value.Text:
		return "secret"
	}
	switch e.Value.Kind {
	case syntax.String, syntax.Integer, syntax.Float, syntax.Boolean: // which a text tells
		return ""
	}
	return "no plain value"
}
