package cloudtest

import "testing"

func start(t *testing.T) *Cloud {
	t.Helper()
	c, err := Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}
