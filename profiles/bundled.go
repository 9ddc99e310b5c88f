package profiles

// Bundled are the lines of a profile that Prefect brings along (src/prefect/settings/profiles.toml, as of 3.8).
func Bundled(name string) (lines []string, ok bool) {
	switch name {
	case "ephemeral":
		return []string{`PREFECT_SERVER_EPHEMERAL_ENABLED = "true"`}, true
	case "local":
		return []string{`PREFECT_API_URL = "http://127.0.0.1:4200/api"`}, true
	case "test":
		return []string{
			`PREFECT_SERVER_EPHEMERAL_ENABLED = "true"`,
			`PREFECT_SERVER_DATABASE_CONNECTION_URL = "sqlite+aiosqlite:///:memory:"`,
		}, true
	case "cloud":
		return nil, true
	}
	return nil, false
}

// BundledNames are the profiles that Prefect brings along.
func BundledNames() []string { return []string{"ephemeral", "local", "test", "cloud"} }
