package settings

import "testing"

func TestMaskKeys(t *testing.T) {
	for text, want := range map[string]string{
		"":               "",
		"no key in here": "no key in here",
		"key=pnu_0123456789abcdefghijklmnopqrstuvwxyz, and pnb_0123456789ABCDEF!": "key=pnu_****wxyz, and pnb_****CDEF!",
		"pcu_short":                 "pcu_****",
		"pnu_":                      "pnu_",
		"pnu_[API-KEY]":             "pnu_[API-KEY]",
		"ppnu_aaaaaaaaaaaaaaaaaaaa": "ppnu_****aaaa",
	} {
		if got := MaskKeys(text); got != want {
			t.Errorf("MaskKeys(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCoverKeys(t *testing.T) {
	const text = "a=pnu_0123456789ab # pnb_x, pcu_\n"
	if got, want := CoverKeys(text), "a=pnu_************ # pnb_*, pcu_\n"; got != want {
		t.Errorf("CoverKeys(%q) = %q, want %q", text, got, want)
	}
}
