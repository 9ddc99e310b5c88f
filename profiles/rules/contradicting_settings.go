package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed contradicting_settings.md
var contradictingSettingsPage string

// See src/prefect/settings/models/root.py and models/logging.py for what is checked once all sources are read.
var contradictingSettings = &Rule{
	Code:     "contradicting-settings",
	Severity: Error,
	Page:     contradictingSettingsPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		for _, refusal := range in.Refusals {
			if !isContradiction(refusal, in) {
				continue
			}
			at, p := refusal.Source, Problem{Message: "Prefect does not start in this folder. " + refusal.Reason}
			if refusal.Setting.Name == maxLogSize {
				at, p = oversizedLog(in)
			}
			if at.File == f && at.Entry != nil {
				p.Span = at.Entry.Key.Cover(at.Entry.Value.Span)
				report(p)
			}
		}
	},
}

// isContradiction reports whether Prefect refuses a value, or the lack of one, because of another value.
func isContradiction(r layers.Refusal, in *layers.Result) bool {
	return r.Setting != nil && in.Lookup(r.Setting.Name).Invalid == nil &&
		(r.Setting.Name == maxLogSize || strings.HasPrefix(r.Setting.Name, "PREFECT_SERVER_DATABASE_"))
}

// oversizedLog is the problem of a log that does not fit in a batch, and the value to mark: the one that is in a file.
func oversizedLog(in *layers.Result) (at layers.Source, p Problem) {
	log, batch := in.Lookup(maxLogSize), in.Lookup(batchSize)
	p.Message = fmt.Sprintf(
		"Prefect does not start in this folder: the largest log may have %s bytes (%s), but a batch of logs only %s (%s). Make the batch at least as large as the log.",
		log.Text(), describe(log.Source), batch.Text(), describe(batch.Source))
	if log.Source.Entry == nil {
		return batch.Source, p
	}
	p.Related = relate(batch.Source, "the size of a batch")
	return log.Source, p
}
