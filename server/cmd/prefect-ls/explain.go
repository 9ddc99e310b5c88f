package main

import (
	"context"
	"fmt"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
)

func explain(_ context.Context, std stdio, args []string) int {
	if len(args) != 1 || args[0] == "-h" || args[0] == "--help" {
		fmt.Fprintln(std.err, "Usage: prefect-ls explain CODE|SETTING")
		fmt.Fprintln(std.err, "\nA setting is named by its variable (PREFECT_API_URL) or its place (api.url). The codes are:")
		for _, r := range rules.All() {
			fmt.Fprintf(std.err, "  %-28s %s\n", r.Code, r.Title())
		}
		if len(args) == 1 {
			return exitClean
		}
		return exitFailure
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
