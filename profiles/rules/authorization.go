package rules

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
)

// An authorization is how requests to the API sign in with what is in effect (PrefectClient.__init__ in
// src/prefect/client/orchestration/__init__.py).
type authorization struct {
	url     *layers.Setting // the API URL
	address profiles.APIURL // what it says
	cloud   bool            // it is an address of Prefect Cloud, and Prefect takes it for one
	key     *layers.Setting // the API key, where that is sent
	auth    *layers.Setting // the auth string, where that is sent
}

// authorizationOf reports false where nothing is sent to a known address, or something else signs in: Prefect does not
// start, has no address, or is given the header itself.
func authorizationOf(f *profiles.File, in *layers.Result) (a authorization, ok bool) {
	a.url = in.Lookup("PREFECT_API_URL")
	if len(in.Refusals) > 0 || a.url.Text() == "" || setsAuthorization(in) {
		return a, false
	}
	a.address = profiles.ParseAPIURL(a.url.Text())
	a.cloud = a.address.IsCloud() && in.Target().Type == layers.Cloud
	key, auth := in.Lookup("PREFECT_API_KEY"), in.Lookup("PREFECT_API_AUTH_STRING")
	keyFirst := settings.Before(f.Prefect, "3.4.1")
	switch hasKey, hasAuth := key.Text() != "", auth.Text() != ""; {
	case hasKey && (keyFirst || !hasAuth):
		a.key = key
	case hasAuth:
		a.auth = auth
	}
	return a, true
}

// setsAuthorization reports whether the headers of PREFECT_CLIENT_CUSTOM_HEADERS take the place of what Prefect sends.
func setsAuthorization(in *layers.Result) bool {
	headers, _ := in.Lookup("PREFECT_CLIENT_CUSTOM_HEADERS").Typed.(map[string]string)
	for name := range headers {
		if strings.EqualFold(name, "Authorization") {
			return true
		}
	}
	return false
}

// isCloudKey reports whether text is an API key of Prefect Cloud, by its form.
func isCloudKey(text string) bool {
	return settings.MaskKeys(text) != text && !isPlaceholder(trimmed(text))
}

// mark is the place in f of the first of the given settings that is written in a file, if that file is f.
func mark(f *profiles.File, candidates ...*layers.Setting) (*profiles.Entry, bool) {
	for _, s := range candidates {
		if s.Source.Entry != nil {
			return s.Source.Entry, s.Source.File == f
		}
	}
	return nil, false
}
