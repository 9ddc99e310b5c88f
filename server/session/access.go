package session

import (
	"strings"
	"unique"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/server/cloud"
)

// An Access is a way to a server: the address of its API and what to sign in with. Two are equal if both are.
type Access struct {
	APIURL string    // PREFECT_API_URL as it is in effect; empty for none
	Key    cloud.Key // zero where there is none, and where what there is cannot be a key
	auth   unique.Handle[string]
}

// Auth is PREFECT_API_AUTH_STRING, which is a secret, or empty.
func (a Access) Auth() string {
	if a.auth == (unique.Handle[string]{}) {
		return ""
	}
	return a.auth.Value()
}

func newAccess(apiURL, key, auth string) Access {
	a := Access{APIURL: strings.TrimRight(apiURL, "/"), auth: unique.Make(auth)}
	a.Key, _ = cloud.ParseKey(key) // its rule says what is wrong with it
	return a
}

// Access is how code in the folder gets to its server.
func (f *Folder) Access() Access {
	text := func(name string) string { return f.Result.Lookup(name).Text() }
	return newAccess(f.Result.Target().APIURL, text("PREFECT_API_KEY"), text("PREFECT_API_AUTH_STRING"))
}

// AccessOf is how a profile gets to its server, as far as its file says.
func AccessOf(file *profiles.File, profile string) Access {
	given := map[string]string{}
	for i := range file.Entries {
		if e := &file.Entries[i]; e.Profile == profile && e.Setting != nil && e.Value.Kind == syntax.String {
			given[e.Setting.Name] = e.Value.Text
		}
	}
	return newAccess(given["PREFECT_API_URL"], given["PREFECT_API_KEY"], given["PREFECT_API_AUTH_STRING"])
}

// A CloudAddress is where Prefect Cloud is, without a slash at the end.
type CloudAddress struct {
	API, UI string
}

// Cloud is where Prefect Cloud is for the person, whose keys are sent there. What a file of the folder says of it does not count:
// it may be somebody else's.
func (f *Folder) Cloud() CloudAddress {
	own := f.own()
	text := func(name string) string { return own.Lookup(name).Text() }
	return CloudAddress{
		API: strings.TrimRight(text("PREFECT_CLOUD_API_URL"), "/"),
		UI:  strings.TrimRight(text("PREFECT_CLOUD_UI_URL"), "/"),
	}
}

// IsWithin reports whether the address of an API is one of Prefect Cloud.
func (c CloudAddress) IsWithin(apiURL string) bool {
	return apiURL == c.API || strings.HasPrefix(apiURL, c.API+"/")
}

// A Trust is which certificates of servers are taken, by the person's own word alone.
type Trust struct {
	CAFile     string // PREFECT_API_SSL_CERT_FILE or SSL_CERT_FILE: the authorities to trust besides the system's, or empty
	SkipVerify bool   // PREFECT_API_TLS_INSECURE_SKIP_VERIFY
}

// Trust is which certificates are taken in the folder. A file of the folder can have them checked, but not left unchecked.
func (f *Folder) Trust() Trust {
	own := f.own()
	isOn := func(in *layers.Result) bool { return in.Lookup(skipVerify).Typed == true }
	return Trust{CAFile: own.Lookup(caFile).Text(), SkipVerify: isOn(own) && isOn(f.Result)}
}

// TrustOf is which certificates are taken with a profile, whichever is in use: by its word in the file, or else that of the environment.
func (f *Folder) TrustOf(file *profiles.File, profile string) Trust {
	var trust Trust
	for i := range file.Entries {
		e := &file.Entries[i]
		if e.Profile != profile || e.Setting == nil {
			continue
		}
		switch e.Setting.Name {
		case caFile:
			trust.CAFile = e.Value.Text
		case skipVerify:
			value, _ := e.Setting.Cast(e.Value, settings.Profile)
			trust.SkipVerify = value == true
		}
	}
	own := f.own()
	if s := own.Lookup(caFile); s.Source.Kind == layers.Environment || trust.CAFile == "" && s.Source.Kind != layers.Profile {
		trust.CAFile = s.Text()
	}
	if s := own.Lookup(skipVerify); s.Source.Kind == layers.Environment {
		trust.SkipVerify = s.Typed == true
	}
	return trust
}

const (
	caFile     = "PREFECT_API_SSL_CERT_FILE"
	skipVerify = "PREFECT_API_TLS_INSECURE_SKIP_VERIFY"
)

// IsOwn reports whether the person's own configuration, and no file of the folder, decides on the API URL and its page.
func (f *Folder) IsOwn() bool {
	own, here := f.own().Target(), f.Result.Target()
	return own.APIURL == here.APIURL && own.UIURL == here.UIURL
}

// OwnsProfiles reports whether the person's own configuration, and no file of the folder, decides on where profiles are saved, and names
// a place that does not depend on the folder.
func (f *Folder) OwnsProfiles() bool {
	path := f.Result.Saved.Path
	return f.own().Saved.Path == path && isOwn(path)
}
