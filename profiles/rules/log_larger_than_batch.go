package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed log_larger_than_batch.md
var logLargerThanBatchPage string

// The settings that have to fit each other.
const (
	maxLogSize = "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE"
	batchSize  = "PREFECT_LOGGING_TO_API_BATCH_SIZE"
)

var logLargerThanBatch = &Rule{
	Code:     "log-larger-than-batch",
	Severity: Error,
	Page:     logLargerThanBatchPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for s := range scopes(f, maxLogSize, batchSize) {
			log, logKnown := s.number(maxLogSize)
			batch, batchKnown := s.number(batchSize)
			if !logKnown || !batchKnown || log <= batch || s.setsGroups() {
				continue
			}
			at, other, otherName := s.entry(maxLogSize), s.entry(batchSize), shown(f.Kind, batchSize)
			if at == nil {
				at, other, otherName = other, nil, shown(f.Kind, maxLogSize)
			}
			p := Problem{Span: at.Value.Span, Message: fmt.Sprintf(
				"The largest log may have %d bytes, but a batch of logs only %d: Prefect does not start with that. Make the batch at least as large as the log.", log, batch)}
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
