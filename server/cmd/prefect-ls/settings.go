package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
)

const settingsUsage = `Usage: prefect-ls settings [OPTION...] [NAME...]

The settings in effect in this folder, with their sources; or those named, by variable (PREFECT_API_URL) or place (api.url).

`

func listSettings(_ context.Context, std stdio, args []string) int {
	query, code, ok := parseFolder(std, "settings", settingsUsage, args)
	if !ok {
		return code
	}
	list := query.folder.Settings(query.all || len(query.names) > 0)
	if len(query.names) > 0 {
		wanted := map[string]bool{}
		for _, name := range query.names {
			setting, ok := find(name)
			if !ok {
				if near, ok := settings.NearestByName(name); ok {
					return fail(std, "there is no setting %s; did you mean %s?", name, near.Name)
				}
				return fail(std, "there is no setting %s; prefect-ls settings --all lists them", name)
			}
			wanted[setting.Name] = true
		}
		list = only(list, wanted)
	}
	if query.json {
		if err := encode(std.out, list); err != nil {
			return fail(std, "writing the settings: %v", err)
		}
		return exitClean
	}
	table := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	for _, s := range list {
		value := "(not set)"
		if s.Value != nil {
			value = settings.MaskKeys(fmt.Sprint(s.Value))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", s.Name, visible(value), visible(origin(query.folder.Path, s)))
	}
	if err := table.Flush(); err != nil {
		return fail(std, "writing the settings: %v", err)
	}
	return exitClean
}

// find takes a setting's name in any form that a person may have: its variable or its place.
func find(name string) (*settings.Setting, bool) {
	if s, ok := settings.ByName(strings.ToUpper(name)); ok {
		return s, true
	}
	return settings.ByPath(strings.ToLower(name))
}

func only(list []protocol.SettingStatus, wanted map[string]bool) []protocol.SettingStatus {
	kept := list[:0]
	for _, s := range list {
		if wanted[s.Name] {
			kept = append(kept, s)
		}
	}
	return kept
}

func origin(folder string, s protocol.SettingStatus) string {
	text := shown(folder, s.Source)
	if s.Source.Variable == s.Name {
		text = strings.TrimPrefix(text, s.Name+" in ")
	}
	for _, shadow := range s.Shadows {
		text += ", not " + strings.TrimPrefix(shown(folder, shadow), s.Name+" in ")
	}
	return text
}
