package profiles

import (
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// readEnv takes Prefect's variables from an .env file. Their names are case-insensitive; other tools' variables are none of our business.
func (f *File) readEnv() {
	for i := range f.Env.Bindings {
		b := &f.Env.Bindings[i]
		if b.Broken || !settings.IsPrefectName(b.Name) {
			continue
		}
		value := syntax.Value{Kind: syntax.String, Span: b.Value, Text: b.Text}
		if b.Equals < 0 {
			value.Kind = syntax.Missing
		}
		setting, _ := settings.ByName(strings.ToUpper(b.Name))
		f.Entries = append(f.Entries, Entry{Name: b.Name, Setting: setting, Key: b.Key, Value: value, Binding: b})
	}
}
