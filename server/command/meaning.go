package command

import (
	"maps"
	"strings"

	"prefect-ls/profiles"
)

// The functions in this file do to the decoded values of a profiles.toml what those of draft.go do to its text. They share no code
// with them.

func tablesOf(values map[string]any) map[string]any {
	tables, ok := values["profiles"].(map[string]any)
	if !ok {
		tables = map[string]any{}
		values["profiles"] = tables
	}
	return tables
}

// tableOf is the table of a profile, which is made if there is none: of a profile that Prefect brings along as Prefect has it.
func tableOf(values map[string]any, profile string) map[string]any {
	tables := tablesOf(values)
	table, ok := tables[profile].(map[string]any)
	if !ok {
		table = map[string]any{}
		pairs, _ := profiles.Bundled(profile)
		for _, p := range pairs {
			table[p.Key[0]] = strings.Trim(p.Literal, `"`)
		}
		tables[profile] = table
	}
	return table
}

func unsetIn(table map[string]any, settings ...string) {
	maps.DeleteFunc(table, func(key string, _ any) bool { return isMeantFor(key, settings) })
}

func setIn(table map[string]any, setting, value string) {
	maps.DeleteFunc(table, func(key string, _ any) bool { return isKeyFor(key, setting) })
	table[setting] = value
}
