package rules

import (
	"slices"

	"prefect-ls/profiles"
)

// An Exposure is who besides its owner gets at a file, as far as that is known. The zero Exposure is that nobody is known to.
type Exposure struct {
	Name string // of the file, without its folder
	Git  GitState
	Mode uint32 // the permission bits, where others on the machine get at the file; 0 where nobody does
}

// A GitState is what git does with a file.
type GitState uint8

// What git does with a file.
const (
	OutsideGit GitState = iota // or git cannot be asked
	Ignored
	NotIgnored // the next `git add .` takes it in
	Tracked
)

// CheckExposure adds to the other problems of f what is wrong with who gets at it. The problems are in file order.
func CheckExposure(f *profiles.File, others []Problem, x Exposure) []Problem {
	if x == (Exposure{}) {
		return others
	}
	var found []Problem
	for _, rule := range All() {
		if rule.CheckExposure != nil {
			rule.CheckExposure(f, x, func(p Problem) { found = append(found, p.of(rule)) })
		}
	}
	if found = suppress(f, found); len(found) == 0 {
		return others
	}
	return inFileOrder(append(slices.Clone(others), found...))
}

// HoldsSecret reports whether f has a secret that nobody but its owner should get at. In files that are meant to be shared, it is
// the secret that is in the wrong place.
func HoldsSecret(f *profiles.File) bool {
	return !f.Kind.NamesByPath() && firstSecret(f) != nil
}

// firstSecret is the first entry of f that gives a secret setting a real value, or nil.
func firstSecret(f *profiles.File) *profiles.Entry {
	for e := range given(f) {
		if isSecret(e) {
			return e
		}
	}
	return nil
}

// isSecret reports whether e gives a secret setting a secret, and no placeholder.
func isSecret(e *profiles.Entry) bool {
	secret, ok := textOf(e)
	if !e.Setting.Secret || !ok || isPlaceholder(trimmed(secret)) {
		return false
	}
	return e.Setting.Name != "PREFECT_SERVER_DATABASE_CONNECTION_URL" || holdsPassword(secret)
}
