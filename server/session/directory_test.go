package session

import "testing"

// TestPlaceName shows no part of what signs in, be it as badly written as it may.
func TestPlaceName(t *testing.T) {
	var nothing *Directory
	for address, want := range map[string]string{
		"http://127.0.0.1:4200/api":                "127.0.0.1:4200",
		"https://ada:s3cret@prefect.example.com/":  "prefect.example.com",
		"https://ada:s3/cret@prefect.example.com/": Hidden,
		"https://ada:s3#cret@prefect.example.com/": Hidden,
		"https://ada:s3?cret@prefect.example.com/": Hidden,
		"": "",
	} {
		if got := nothing.PlaceName(address); got != want {
			t.Errorf("%s is called %q, want %q", address, got, want)
		}
	}
}
