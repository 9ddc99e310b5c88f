package server

import (
	"errors"
	"os"
	"testing"
)

// TestMain keeps the tests on this computer: where nothing names another Prefect Cloud, the server asks the real one, by a proxy that is
// not there.
func TestMain(m *testing.M) {
	const nowhere = "http://127.0.0.1:1"
	if err := errors.Join(
		os.Setenv("HTTPS_PROXY", nowhere), os.Setenv("https_proxy", nowhere), os.Setenv("NO_PROXY", ""), os.Setenv("no_proxy", ""),
	); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
