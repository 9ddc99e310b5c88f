//go:build !linux

package session

import "os"

// lease can keep nobody waiting: only Linux has leases.
func lease(*os.File) (leased, busy bool) { return false, false }

// isWanted cannot tell.
func (held) isWanted() bool { return false }
