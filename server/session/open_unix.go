//go:build unix

package session

import "os"

// open is [os.Open]: others can move, replace and remove the file meanwhile.
func open(path string) (*os.File, error) { return os.Open(path) }
