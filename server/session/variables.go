package session

import (
	"maps"
	"runtime"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

// Variables are what decides on the environment of code that is started in a folder, by who says so. What stands lower here wins.
type variables struct {
	server    []string           // those of the server itself, as "NAME=value"
	file      string             // the path of a file with more, for which the workspace answers; empty for none
	person    map[string]*string // with nil for what is taken away
	workspace map[string]*string // likewise, by what may be somebody else's files
}

// inEffect is the environment, with what is in the file, which is nil where there is none.
func (v variables) inEffect(file *profiles.File) []layers.Variable {
	environment := parse(v.server)
	if file != nil {
		environment = override(environment, written(file, environment))
	}
	return override(override(environment, set(v.person)), set(v.workspace))
}

// own is the environment without a word of the workspace.
func (v variables) own() []layers.Variable { return override(parse(v.server), set(v.person)) }

func parse(environment []string) []layers.Variable {
	list := make([]layers.Variable, 0, len(environment))
	for _, entry := range environment {
		if name, value, ok := strings.Cut(entry, "="); ok && name != "" {
			list = append(list, layers.Variable{Name: name, Value: value})
		}
	}
	return list
}

// Changes to an environment, by the key of the name. A variable that is nil is taken away.
type changes map[string]*layers.Variable

func set(values map[string]*string) changes {
	c := changes{}
	for _, name := range slices.Sorted(maps.Keys(values)) { // of two for one key the same wins each time
		if value := values[name]; value == nil {
			c[keyOf(name)] = nil
		} else {
			c[keyOf(name)] = &layers.Variable{Name: name, Value: *value}
		}
	}
	return c
}

// written are the variables in a file, with what ${NAME} stands for there put in. Of several lines for one name the last counts.
func written(file *profiles.File, environment []layers.Variable) changes {
	values := file.Env.Interpolate(func(name string) (string, bool) {
		i := slices.IndexFunc(environment, func(v layers.Variable) bool { return keyOf(v.Name) == keyOf(name) })
		if i < 0 {
			return "", false
		}
		return environment[i].Value, true
	})
	c := changes{}
	entries := file.Entries
	for i := range file.Env.Bindings {
		b := &file.Env.Bindings[i]
		v := &layers.Variable{Name: b.Name, Value: values[i], File: file}
		if len(entries) > 0 && entries[0].Binding == b {
			v.Entry, entries = &entries[0], entries[1:]
		}
		if !b.Broken && b.Equals >= 0 {
			c[keyOf(b.Name)] = v
		}
	}
	return c
}

// override is the environment after the changes. What is written in a file stays in it, before what counts instead.
func override(environment []layers.Variable, c changes) []layers.Variable {
	environment = slices.DeleteFunc(environment, func(v layers.Variable) bool {
		by, changed := c[keyOf(v.Name)]
		return changed && (by == nil || v.Entry == nil)
	})
	for _, key := range slices.Sorted(maps.Keys(c)) {
		if v := c[key]; v != nil {
			environment = append(environment, *v)
		}
	}
	return environment
}

// keyOf is the same for two names of one variable.
func keyOf(name string) string {
	if runtime.GOOS == "windows" {
		return strings.ToUpper(name)
	}
	return name
}
