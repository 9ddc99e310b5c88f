package cloudtest

import (
	"crypto/rand"
	_ "embed" // the page
	"html/template"
	"net/http"
	"net/url"
)

//go:embed page.html
var pageHTML string

// content is what differs from page to page.
type content struct {
	Title, Text string
	Callback    string // of a login, where there is one
}

func (c content) show(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = template.Must(template.New("").Parse(pageHTML)).Execute(w, c) // who asked may be gone
}

func page(title, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { content{Title: title, Text: text}.show(w, http.StatusOK) }
}

func workspacePage(w http.ResponseWriter, r *http.Request) {
	for _, ws := range workspaces() {
		if ws.id == r.PathValue("workspace") && ws.account.id == r.PathValue("account") {
			content{Title: ws.account.handle + "/" + ws.handle, Text: ws.account.name + ": " + ws.name}.show(w, http.StatusOK)
			return
		}
	}
	content{Title: "Not found", Text: "There is no such workspace."}.show(w, http.StatusNotFound)
}

// authPage asks the person, who is always Ada, whether a program may have a key, and brings the answer to its callback.
func authPage(w http.ResponseWriter, r *http.Request) {
	callback := r.URL.Query().Get("callback")
	if u, err := url.Parse(callback); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		content{Title: "No program asks", Text: "The address lacks ?callback=."}.show(w, http.StatusBadRequest)
		return
	}
	content{
		Title:    "Authorize a program?",
		Text:     "A program on this computer asks for an API key for Ada Lovelace.",
		Callback: callback,
	}.show(w, http.StatusOK)
}

// grant makes a key for Ada, as the page asks for when she approves.
func (c *Cloud) grant(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refusal != "" {
		complain(w, http.StatusForbidden, c.refusal)
		return
	}
	key := "pnu_" + (rand.Text() + rand.Text())[:36]
	c.keys[key] = c.keys[Ada]
	write(w, http.StatusOK, object{"api_key": key})
}

// Refuse lets logins in the browser fail for a reason even when they are approved; an empty one lets them succeed again.
func (c *Cloud) Refuse(reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refusal = reason
}
