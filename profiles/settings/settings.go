// Package settings is the catalogue of every setting Prefect knows, and how Prefect casts a value to each of them.
package settings

// A Kind is the way in which Prefect reads the value of a setting.
type Kind string

// A Setting is one entry of the catalogue.
type Setting struct {
	Name        string   // canonical name, such as PREFECT_API_URL
	Legacy      []string // older names that still work outside TOML configuration files
	Path        string   // place in prefect.toml, such as api.url
	Kind        Kind
	Nullable    bool     // may be unset
	Bounds      string   // such as ">=0", or empty
	Choices     []string // every accepted text of an enumeration
	Default     string   // as text, or empty where there is none or it is computed
	Computed    bool     // the default depends on other settings
	Secret      bool
	Description string // our own words, Markdown
}
