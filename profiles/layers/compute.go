package layers

import (
	"regexp"
	"strconv"
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// compute fills in what follows from other settings (models/root.py, post_hoc_settings; models/_defaults.py).
func (r *resolver) compute() {
	res := r.result
	r.computePaths()
	if file, set := r.variable("SSL_CERT_FILE"); set {
		s := r.own("PREFECT_API_SSL_CERT_FILE")
		if !s.IsSet() {
			s.become(file, nil)
			s.Source.Name = "SSL_CERT_FILE"
		}
	}
	if s := r.own("PREFECT_CLOUD_UI_URL"); s.Typed == nil {
		s.become(cloudUI(res.text("PREFECT_CLOUD_API_URL")), res.Lookup("PREFECT_CLOUD_API_URL"))
	}
	api := res.Lookup("PREFECT_API_URL")
	if s := r.own("PREFECT_UI_URL"); s.Typed == nil && res.text("PREFECT_API_URL") != "" {
		s.become(r.uiURL(), api)
	}
	if s := r.own("PREFECT_SERVER_UI_API_URL"); s.Typed == nil {
		r.computeServerUI(s)
	}
	for _, cause := range []string{"PREFECT_TESTING_TEST_MODE", "PREFECT_DEBUG_MODE"} {
		if on, _ := res.Lookup(cause).Typed.(bool); on {
			r.own("PREFECT_LOGGING_LEVEL").become("DEBUG", res.Lookup(cause))
			r.own("PREFECT_INTERNAL_LOGGING_LEVEL").become("DEBUG", res.Lookup(cause))
		}
	}
	r.computeDatabase()
}

// become gives the setting, which is the result's own, a computed value, which shadows the one it had. One that is refused stays as it is.
func (s *Setting) become(typed settings.Value, because *Setting) {
	if s.Invalid != nil {
		return
	}
	if s.IsSet() {
		s.Shadows = append([]Value{s.Value}, s.Shadows...)
	}
	s.Value = Value{Typed: typed}
	if because != nil && because.IsSet() {
		s.Source.Because = because.Setting
	}
}

// computePaths expands the home folder and what lies below it.
func (r *resolver) computePaths() {
	res := r.result
	home := r.own("PREFECT_HOME")
	if text, ok := home.Typed.(string); ok {
		home.Typed = r.expandUser(r.clean(text))
	}
	profiles := r.own("PREFECT_PROFILES_PATH")
	text, _ := profiles.Typed.(string)
	switch {
	case !profiles.IsSet(), r.release.before(fillsInHome) && strings.Contains(text, "PREFECT_HOME"):
		profiles.become(r.join(res.text(home.Name), "profiles.toml"), home)
	case !r.release.before(fillsInHome):
		written := strings.ReplaceAll(profiles.Written.Text, "$PREFECT_HOME", res.text(home.Name))
		profiles.Typed = r.clean(written)
	}
	base := res.text(home.Name)
	if !r.release.before(fillsInHome) && r.release.before(followsHome) {
		base, home = r.expandUser("~/.prefect"), nil
	}
	for name, file := range map[string]string{
		"PREFECT_RESULTS_LOCAL_STORAGE_PATH": "storage",
		"PREFECT_LOGGING_CONFIG_PATH":        "logging.yml",
		"PREFECT_SERVER_MEMO_STORE_PATH":     "memo_store.toml",
	} {
		if s := r.own(name); !s.IsSet() {
			s.become(r.join(base, file), home)
		}
	}
}

// cloudUI is the address of Prefect Cloud's pages, as it follows from that of its API.
func cloudUI(api string) string {
	const standard = "https://api.prefect.cloud/api"
	if api == standard {
		return "https://app.prefect.cloud"
	}
	if regexp.MustCompile(`^https://api[.\w]*.prefect.[^.]+/`).MatchString(api) {
		api = strings.Replace(api, "https://api", "https://app", 1)
	}
	return strings.TrimSuffix(api, "/api")
}

// uiURL is the address of the pages that belong to the API in effect.
func (r *resolver) uiURL() string {
	url := r.result.text("PREFECT_API_URL")
	cloud, ui := r.result.text("PREFECT_CLOUD_API_URL"), r.result.text("PREFECT_CLOUD_UI_URL")
	if strings.HasPrefix(url, cloud) && ui != "" {
		url = strings.ReplaceAll(url, cloud, ui)
	}
	url = strings.ReplaceAll(strings.TrimSuffix(url, "/api"), "/api/", "/")
	url = strings.ReplaceAll(url, "/accounts/", "/account/")
	return strings.ReplaceAll(url, "/workspaces/", "/workspace/")
}

// computeServerUI is the address that the pages of a self-hosted server call.
func (r *resolver) computeServerUI(s *Setting) {
	if api := r.result.Lookup("PREFECT_API_URL"); r.result.text(api.Name) != "" {
		s.become(r.result.text(api.Name), api)
		return
	}
	host, port := r.result.Lookup("PREFECT_SERVER_API_HOST"), r.result.Lookup("PREFECT_SERVER_API_PORT")
	because := host
	if !host.IsSet() {
		because = port
	}
	if port.Invalid == nil {
		s.become("http://"+r.result.text(host.Name)+":"+number(port.Typed)+"/api", because)
	}
}

// computeDatabase is the address of the database where none is given, with the password filled in.
func (r *resolver) computeDatabase() {
	res := r.result
	url := r.own("PREFECT_SERVER_DATABASE_CONNECTION_URL")
	if url.Invalid == nil && url.Typed == nil {
		r.computeConnectionURL(url)
	}
	text, _ := url.Typed.(string)
	if !strings.Contains(text, "PREFECT_API_DATABASE_PASSWORD") && !strings.Contains(text, "PREFECT_SERVER_DATABASE_PASSWORD") {
		return
	}
	password, set := res.Lookup("PREFECT_SERVER_DATABASE_PASSWORD").Typed.(string)
	if !set {
		r.refuse(url.Setting, url.Source, "The address names the password, and PREFECT_SERVER_DATABASE_PASSWORD is not set.")
		return
	}
	text = strings.ReplaceAll(text, "${PREFECT_API_DATABASE_PASSWORD}", password)
	url.Typed = strings.ReplaceAll(text, "${PREFECT_SERVER_DATABASE_PASSWORD}", password)
}

func (r *resolver) computeConnectionURL(url *Setting) {
	const prefix = "PREFECT_SERVER_DATABASE_"
	res := r.result
	driver, name := res.Lookup(prefix+"DRIVER"), res.Lookup(prefix+"NAME")
	switch res.text(driver.Name) {
	case "postgresql+asyncpg":
		r.computePostgres(url, driver)
	case "sqlite+aiosqlite":
		if file := res.text(name.Name); file != "" {
			url.become("sqlite+aiosqlite:///"+file, name)
			return
		}
		fallthrough
	default:
		url.become("sqlite+aiosqlite:///"+res.text("PREFECT_HOME")+"/prefect.db", res.Lookup("PREFECT_HOME"))
	}
}

func (r *resolver) computePostgres(url, driver *Setting) {
	required := []string{"HOST", "USER", "NAME"}
	if r.release.before(needsNoPassword) {
		required = append(required, "PASSWORD")
	}
	part := func(name string) *Setting { return r.result.Lookup("PREFECT_SERVER_DATABASE_" + name) }
	for _, name := range required {
		if part(name).Typed == nil {
			r.refuse(part(name).Setting, driver.Source, "With this driver, "+part(name).Name+" must be set.")
			return
		}
	}
	text := func(name string) string { return r.result.text(part(name).Name) }
	var b strings.Builder
	b.WriteString(text("DRIVER") + "://" + escape(text("USER"), " +"))
	if password := text("PASSWORD"); password != "" {
		b.WriteString(":" + escape(password, " +"))
	}
	host := text("HOST")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	port := "5432"
	if given := part("PORT").Typed; given != nil && given != int64(0) {
		port = number(given)
	}
	b.WriteString("@" + host + ":" + port + "/" + escape(text("NAME"), " +/"))
	url.become(b.String(), driver)
}

// escape writes text as Python's urllib.parse.quote does.
func escape(text, safe string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("_.-~"+safe, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.WriteString("%" + string(digits[c>>4]) + string(digits[c&15]))
	}
	return b.String()
}

// number writes an integer setting as Python does.
func number(v settings.Value) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case interface{ String() string }: // *big.Int
		return v.String()
	}
	return ""
}

// check refuses values that Prefect refuses, and those that contradict each other, and caps one that Prefect caps.
func (r *resolver) check() {
	for _, s := range r.result.Settings {
		if s.Invalid != nil {
			r.refuse(s.Setting, s.Source, s.Invalid.Reason)
		}
	}
	size, batch := r.own("PREFECT_LOGGING_TO_API_MAX_LOG_SIZE"), r.result.Lookup("PREFECT_LOGGING_TO_API_BATCH_SIZE")
	if less(batch.Typed, size.Typed) {
		r.refuse(size.Setting, size.Source, "The longest log must not be larger than a batch, PREFECT_LOGGING_TO_API_BATCH_SIZE.")
		return
	}
	most := r.result.Lookup("PREFECT_CLOUD_MAX_LOG_SIZE")
	if less(most.Typed, size.Typed) && r.result.isCloud() && !r.release.before(capsLogSize) {
		size.become(most.Typed, most)
	}
}

// less compares integer settings. Numbers beyond int64 are not compared.
func less(a, b settings.Value) bool {
	x, xok := a.(int64)
	y, yok := b.(int64)
	return xok && yok && x < y
}

// clean writes a path as Python's pathlib does.
func (r *resolver) clean(path string) string {
	if r.Windows {
		path = strings.ReplaceAll(path, "/", `\`)
		return strings.TrimRight(path, `\`)
	}
	setting, _ := settings.ByName("PREFECT_HOME")
	cleaned, _ := setting.Cast(syntax.Value{Kind: syntax.String, Text: path}, settings.Environment)
	return cleaned.(string)
}

// join appends the parts to a path.
func (r *resolver) join(path string, parts ...string) string {
	separator := "/"
	if r.Windows {
		separator = `\`
	}
	path = r.clean(path)
	if path == "." {
		path = ""
	}
	for _, part := range parts {
		if path != "" && !strings.HasSuffix(path, separator) {
			path += separator
		}
		path += part
	}
	return path
}

// expandUser replaces a "~" at the start of a path by the home folder. That of another person is left as it is:
// only the machine knows it, or that there is no such person and Prefect does not start.
func (r *resolver) expandUser(path string) string {
	rest, tilde := strings.CutPrefix(path, "~")
	if !tilde || rest != "" && rest[0] != '/' && (rest[0] != '\\' || !r.Windows) {
		return path
	}
	return r.clean(r.Home + rest)
}
