package profiles

import "prefect-ls/profiles/syntax"

// Bundled are the settings of a profile that Prefect brings along (src/prefect/settings/profiles.toml, as of 3.8).
func Bundled(name string) (settings []syntax.NewPair, ok bool) {
	ephemeral := pair("PREFECT_SERVER_EPHEMERAL_ENABLED", "true")
	switch name {
	case "ephemeral":
		return []syntax.NewPair{ephemeral}, true
	case "local":
		return []syntax.NewPair{pair("PREFECT_API_URL", "http://127.0.0.1:4200/api")}, true
	case "test":
		return []syntax.NewPair{ephemeral, pair("PREFECT_SERVER_DATABASE_CONNECTION_URL", "sqlite+aiosqlite:///:memory:")}, true
	case "cloud":
		return nil, true
	}
	return nil, false
}

func pair(name, value string) syntax.NewPair {
	return syntax.NewPair{Key: []string{name}, Literal: syntax.Quote(value)}
}

// BundledNames are the profiles that Prefect brings along.
func BundledNames() []string { return []string{"ephemeral", "local", "test", "cloud"} }
