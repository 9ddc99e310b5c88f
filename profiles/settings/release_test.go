package settings

import "testing"

func TestBefore(t *testing.T) {
	ordered := []string{"2.20.0", "3.0", "3.0.11", "3.1.0", "3.4.25", "3.10.0rc1", "3.10.1", "4"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := Before(a, b); got != (i < j) {
				t.Errorf("Before(%s, %s) = %v", a, b, got)
			}
		}
	}
	if Before("3.1", "3.1.0") || Before("3.1.0", "3.1") {
		t.Error("equal releases are not before each other")
	}
	if Before("", "3.1") || Before("main", "3.1") {
		t.Error("the newest release is before none")
	}
}
