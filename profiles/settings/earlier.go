package settings

// In is the setting as the given release of Prefect reads it. See [Before] for what stands for the newest.
func (s *Setting) In(prefect string) *Setting {
	for _, change := range kindChanges {
		if change.name == s.Name && Before(prefect, change.in) {
			earlier := *s
			earlier.Kind = change.from
			return &earlier
		}
	}
	return s
}

// kindChanges are the settings that a release since 3.0 reads in another way than the one before it.
var kindChanges = [...]struct {
	name string
	in   string // the release
	from Kind
}{
	{"PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS", "3.6.2", Duration},
	{"PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS", "3.4.2", NumberOrNumbers},
}
