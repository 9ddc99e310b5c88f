package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
)

func explain(_ context.Context, std stdio, args []string) int {
	args, code, ok := parse(std, flag.NewFlagSet("explain", flag.ContinueOnError), explainUsage(), args)
	switch {
	case !ok:
		return code
	case len(args) != 1:
		return fail(std, "explain takes the code of a finding or the name of a setting; see prefect-ls explain --help")
	}
	name := args[0]
	if rule, ok := rules.Lookup(name); ok {
		fmt.Fprint(std.out, rule.Page)
		return exitClean
	}
	setting, ok := find(name)
	if !ok {
		return fail(std, "%s is neither a finding nor a setting%s", name, similar(name))
	}
	fmt.Fprint(std.out, setting.Page())
	return exitClean
}

func explainUsage() string {
	var b strings.Builder
	b.WriteString("Usage: prefect-ls explain CODE|SETTING\n\nA setting is named by its variable (PREFECT_API_URL) or its place (api.url). The codes are:\n")
	for _, r := range rules.All() {
		fmt.Fprintf(&b, "  %-28s %s\n", r.Code, r.Title())
	}
	return b.String()
}

// similar is what may have been meant, as the end of a sentence.
func similar(name string) string {
	var codes []string
	for _, r := range rules.All() {
		codes = append(codes, r.Code)
	}
	if code, ok := settings.Nearest(name, codes); ok {
		return "; did you mean " + code + "?"
	}
	if s, ok := settings.NearestByName(name); ok {
		return "; did you mean " + s.Name + "?"
	}
	return "; prefect-ls explain --help lists the findings"
}
