package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed key_sent_to_server.md
var keySentToServerPage string

var keySentToServer = &Rule{
	Code:     "key-sent-to-server",
	Severity: Warning,
	Page:     keySentToServerPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		a, ok := authorizationOf(f, in)
		if !ok || a.key == nil || !isCloudKey(a.key.Text()) || a.address.IsCloud() || a.cloud || a.address.IsLoopback() || a.address.Host == "" {
			return
		}
		at, here := mark(f, a.key, a.url)
		if !here {
			return
		}
		receiver := a.address.Host
		if a.address.IsCutShort() {
			receiver = "another server"
		}
		if a.address.Scheme == "http" {
			receiver += ", unencrypted"
		}
		p := Problem{Span: at.Key}
		if at == a.key.Source.Entry {
			p.Message = fmt.Sprintf("In this folder Prefect sends this key of Prefect Cloud to %s, by the API URL in %s. Keep it beside the URL that it belongs to.", receiver, describe(a.url.Source))
			p.Related = relate(a.url.Source, "where the key is sent")
			p.Fixes = removeElsewhere(f, a.url.Source)
		} else {
			p.Message = fmt.Sprintf("Prefect sends the key of Prefect Cloud from the environment to %s. Unset PREFECT_API_KEY there.", receiver)
		}
		report(p)
	},
}
