package cloudtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// version is what a self-hosted server would say of itself; the address of the API may stand for one, too.
const version = "3.8.8"

type object = map[string]any

// table is what exists under which address.
func (c *Cloud) table() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/health", func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, true) })
	mux.HandleFunc("GET /api/admin/version", func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, version) })
	mux.HandleFunc("GET /api/me/{$}", c.known(me))
	mux.HandleFunc("GET /api/me/workspaces", c.known(myWorkspaces))
	mux.HandleFunc("GET /api/me/accounts", c.known(myAccounts))
	mux.HandleFunc("GET /api/accounts/{account}", c.known(oneAccount))
	mux.HandleFunc("GET /api/accounts/{account}/workspaces/{workspace}", c.known(oneWorkspace))
	mux.HandleFunc("POST /api/accounts/{account}/workspaces/{workspace}/{objects}/filter", c.known(nothing))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) { complain(w, http.StatusNotFound, "Not Found") })
	mux.HandleFunc("GET /auth/client", authPage)
	mux.HandleFunc("POST /auth/grant", c.grant)
	mux.HandleFunc("GET /{$}", page("Prefect Cloud", "This is a small one, for tests."))
	mux.HandleFunc("GET /account/{account}/workspace/{workspace}", workspacePage)
	return mux
}

// known lets those in whose key is good.
func (c *Cloud) known(serve func(http.ResponseWriter, *http.Request, holder)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		c.mu.Lock()
		who, found := c.keys[key]
		c.mu.Unlock()
		switch {
		case !found:
			complain(w, http.StatusUnauthorized, "Invalid authentication credentials")
		case who.status != 0:
			complain(w, who.status, who.detail)
		default:
			serve(w, r, who)
		}
	}
}

func me(w http.ResponseWriter, _ *http.Request, who holder) {
	write(w, http.StatusOK, object{
		"id": "cccccccc-0000-4000-8000-000000000001", "handle": who.handle, "email": who.handle + "@example.com",
		"first_name": who.firstName, "last_name": who.lastName,
	})
}

func myWorkspaces(w http.ResponseWriter, _ *http.Request, who holder) {
	list := []object{}
	for _, ws := range who.workspaces {
		list = append(list, object{
			"account_id": ws.account.id, "account_name": ws.account.name, "account_handle": ws.account.handle,
			"workspace_id": ws.id, "workspace_name": ws.name, "workspace_handle": ws.handle, "workspace_description": "",
		})
	}
	write(w, http.StatusOK, list)
}

func myAccounts(w http.ResponseWriter, _ *http.Request, who holder) {
	list, seen := []object{}, map[string]bool{}
	for _, ws := range who.workspaces {
		if a := ws.account; !seen[a.id] {
			seen[a.id] = true
			list = append(list, object{"account_id": a.id, "account_name": a.name, "account_handle": a.handle})
		}
	}
	write(w, http.StatusOK, list)
}

func oneAccount(w http.ResponseWriter, r *http.Request, who holder) {
	id := r.PathValue("account")
	i := slices.IndexFunc(who.workspaces, func(ws workspace) bool { return ws.account.id == id })
	if i < 0 {
		complain(w, http.StatusNotFound, "Account not found")
		return
	}
	a := who.workspaces[i].account
	write(w, http.StatusOK, object{"id": a.id, "name": a.name, "handle": a.handle, "plan_type": "PRO"})
}

func oneWorkspace(w http.ResponseWriter, r *http.Request, who holder) {
	if ws, ok := who.member(w, r); ok {
		write(w, http.StatusOK, object{"id": ws.id, "account_id": ws.account.id, "name": ws.name, "handle": ws.handle, "description": ""})
	}
}

// nothing answers what looks for anything within a workspace.
func nothing(w http.ResponseWriter, r *http.Request, who holder) {
	if _, ok := who.member(w, r); ok {
		write(w, http.StatusOK, []object{})
	}
}

// member is the workspace of a request. Who is no member is told that there is none.
func (h holder) member(w http.ResponseWriter, r *http.Request) (workspace, bool) {
	accountID, id := r.PathValue("account"), r.PathValue("workspace")
	i := slices.IndexFunc(h.workspaces, func(ws workspace) bool { return ws.id == id && ws.account.id == accountID })
	if i < 0 {
		complain(w, http.StatusNotFound, "Workspace not found")
		return workspace{}, false
	}
	return h.workspaces[i], true
}

func complain(w http.ResponseWriter, status int, detail string) {
	write(w, status, object{"detail": detail})
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // who asked may be gone
}
