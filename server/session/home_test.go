package session

import (
	"os/user"
	"testing"

	"prefect-ls/profiles/layers"
)

// TestHome goes by the environment that a process is given, and without a home there by what the system knows, as Prefect does; not by
// the environment of the server.
func TestHome(t *testing.T) {
	t.Setenv(homeVariable(), t.TempDir())
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if got := homeIn(nil); got != me.HomeDir {
		t.Errorf("without a variable, home is %q, want %q", got, me.HomeDir)
	}
	for _, home := range []string{"", "/x"} {
		if got := homeIn([]layers.Variable{{Name: homeVariable(), Value: home}}); got != home {
			t.Errorf("home is %q, want %q", got, home)
		}
	}
}
