package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed log_larger_than_batch.md
var logLargerThanBatchPage string

var logLargerThanBatch = &Rule{
	Code:     "log-larger-than-batch",
	Severity: Error,
	Page:     logLargerThanBatchPage,
	Check: func(f *profiles.File, report func(Problem)) {
		const log, batch = "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE", "PREFECT_LOGGING_TO_API_BATCH_SIZE"
		for s := range scopes(f, log, batch) {
			logSize, logKnown := s.number(log)
			batchSize, batchKnown := s.number(batch)
			if !logKnown || !batchKnown || logSize <= batchSize || s.setsGroups() {
				continue
			}
			at, other, otherName := s.entry(log), s.entry(batch), shown(f.Kind, batch)
			if at == nil {
				at, other, otherName = other, nil, shown(f.Kind, log)
			}
			p := Problem{Span: at.Value.Span, Message: fmt.Sprintf(
				"The largest log may have %d bytes, but a batch of logs only %d: Prefect does not start with that. Make the batch at least as large as the log.", logSize, batchSize)}
			if other != nil {
				p.Related = []Related{{Span: other.Value.Span, Message: "the size of a batch"}}
			} else {
				p.Message += fmt.Sprintf(" This counts with the default of %s; it is right if another source sets that to fit.", otherName)
			}
			report(p)
		}
	},
}

// number is the value of an integer setting in s, or its default.
func (s scope) number(name string) (int64, bool) {
	value, known := s.value(name)
	n, ok := value.(int64)
	return n, known && ok
}
