//go:build neovim

package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

// A neovim is a real editor without a screen, set up as docs/editors.md tells its users, in which the test types.
type neovim struct {
	t      *testing.T
	socket string
	login  string // what is typed to log in
}

func openNeovim(t *testing.T, binary, home, file string) *neovim {
	t.Helper()
	person, err := filepath.Abs("testdata/neovim.lua")
	if err != nil {
		t.Fatal(err)
	}
	page := readEditorsPage(t)
	scratch := t.TempDir()
	init := filepath.Join(scratch, "init.lua")
	if err := os.WriteFile(init, []byte(page.init), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(binary, filepath.Join(scratch, "prefect-ls")); err != nil {
		t.Fatal(err)
	}
	n := &neovim{t, filepath.Join(scratch, "nvim.sock"), page.command}
	editor := exec.Command("nvim", "--headless", "--clean", "-n", "--listen", n.socket, "--cmd", "luafile "+person, "-u", init, file)
	editor.Dir = filepath.Dir(file)
	editor.Env = append(os.Environ(), "HOME="+home, "XDG_RUNTIME_DIR="+scratch, "PATH="+scratch+string(os.PathListSeparator)+os.Getenv("PATH"))
	if err := editor.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = editor.Process.Kill()
		_ = editor.Wait()
	})
	n.await("1", "1")
	return n
}

// An editorsPage is what docs/editors.md tells the user of the Neovim that is installed.
type editorsPage struct {
	init    string // what to put into init.lua
	command string // what to type to log in
}

func readEditorsPage(t *testing.T) (page editorsPage) {
	t.Helper()
	source, err := os.ReadFile("../../../docs/editors.md")
	if err != nil {
		t.Fatal(err)
	}
	version, err := exec.Command("nvim", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```lua\n(.*?)```").FindAllStringSubmatch(string(source), -1)
	commands := regexp.MustCompile("(?m)^\\| Neovim.*`(:lua .*)`").FindAllStringSubmatch(string(source), -1)
	if len(blocks) != 2 || len(commands) != 2 {
		t.Fatalf("the page has %d snippets and %d commands for Neovim, want two each: from 0.11 on, and before", len(blocks), len(commands))
	}
	i := 0
	if regexp.MustCompile(`^NVIM v0\.([0-9]|10)\.`).Match(version) {
		i = 1
	}
	return editorsPage{blocks[i][1], commands[i][1]}
}

// remote is a command that has the running editor do something. It may leave a log where it runs.
func (n *neovim) remote(option, what string) *exec.Cmd {
	command := exec.Command("nvim", "--server", n.socket, option, what)
	command.Dir = filepath.Dir(n.socket)
	return command
}

// keys types.
func (n *neovim) keys(keys string) {
	n.t.Helper()
	if out, err := n.remote("--remote-send", keys).CombinedOutput(); err != nil {
		n.t.Fatalf("typing %s: %v\n%s", keys, err, out)
	}
}

func (n *neovim) eval(expression string) string {
	out, err := n.remote("--remote-expr", expression).CombinedOutput() // Neovim 0.7 prints it as an error
	if err != nil {
		return "error: " + err.Error()
	}
	return strings.TrimSpace(string(out))
}

// await looks at an expression until it has the value that is waited for.
func (n *neovim) await(expression, want string) {
	n.t.Helper()
	n.until(expression, want, func() string { return n.eval(expression) })
}

// until looks at something until it is as wanted.
func (n *neovim) until(what, want string, look func() string) {
	n.t.Helper()
	deadline := time.Now().Add(patience)
	got := look()
	for got != want {
		if time.Now().After(deadline) {
			n.t.Fatalf("%s is %q, want %q; messages:\n%s", what, got, want, n.eval(`execute("messages")`))
		}
		time.Sleep(20 * time.Millisecond)
		got = look()
	}
}

// wish decides what is taken of all that is offered from now on: what starts with one of these, or else nothing.
func (n *neovim) wish(wishes ...string) {
	n.t.Helper()
	quoted := strings.ReplaceAll(strings.Join(wishes, "\x00"), "'", "''")
	n.await(`len(extend(g:, {"wishes": ['`+strings.ReplaceAll(quoted, "\x00", "', '")+`']}).wishes)`, strconv.Itoa(len(wishes)))
}

// command has the server execute a command.
func (n *neovim) command(name string) {
	n.t.Helper()
	n.keys(`<Esc>` + strings.Replace(n.login, "prefect.login", name, 1) + `<CR>`)
}

// awaitMessage waits until the editor has shown what matches a pattern, and returns its first group.
func (n *neovim) awaitMessage(pattern string) (group string) {
	n.t.Helper()
	expression := regexp.MustCompile(pattern)
	n.until("a message like "+pattern, "shown", func() string {
		found := expression.FindStringSubmatch(n.eval(`execute("messages")`))
		if found == nil {
			return ""
		}
		group = found[len(found)-1]
		return "shown"
	})
	return group
}

// act takes a code action at the place where a pattern matches, and answers what it asks.
func (n *neovim) act(place string, wishes ...string) {
	n.t.Helper()
	n.wish(wishes...)
	n.keys(`gg/` + place + `<CR>:lua vim.lsp.buf.code_action()<CR>`)
}

// complete types the start of a setting on a new last line, and takes what completes it to something that begins with want: a Neovim that
// fills in snippets puts a value there too.
func (n *neovim) complete(typed, want string) {
	n.t.Helper()
	n.keys(`Go` + typed + `<C-x><C-o>`)
	n.await(`pumvisible()`, "1")
	n.keys(`<C-y>`)
	n.await(`stridx(getline('.') .. " ", "`+want+`")`, "0")
	n.until("the mode", "n", func() string {
		n.keys(`<C-\><C-n>`)
		return n.eval("mode()")
	})
}

// awaitFile waits until a file on disk is what is wanted.
func (n *neovim) awaitFile(path, want string) {
	n.t.Helper()
	n.until(path, want, func() string {
		source, err := os.ReadFile(path)
		if err != nil {
			return err.Error()
		}
		return string(source)
	})
}

// Expressions of Neovim.
const (
	served = `luaeval('#Clients()')`
	codes  = `luaeval('table.concat(vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0)), " ")')`
)

// TestNeovim shows a diagnostic, applies its fix and completes a setting with nothing but Neovim's built-in client.
func TestNeovim(t *testing.T) {
	const (
		account   = `0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9`
		workspace = `f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a`
		api       = `PREFECT_API_URL = "https://api.prefect.cloud/api/accounts/` + account + `/workspaces/` + workspace + `"`
	)
	file := filepath.Join(t.TempDir(), "profiles.toml")
	pasted := "active = \"prod\"\n\n[profiles.prod]\nPREFECT_API_URL = \"https://app.prefect.cloud/account/" + account + "/workspace/" + workspace + "/dashboard\"\n"
	if err := os.WriteFile(file, []byte(pasted), 0o600); err != nil {
		t.Fatal(err)
	}
	n := openNeovim(t, build(t), t.TempDir(), file)

	n.await(`luaeval('#vim.diagnostic.get(0) == 1 and vim.diagnostic.get(0)[1].code')`, "api-url-from-browser")
	n.keys(`4G$:lua vim.lsp.buf.code_action()<CR>`)
	n.await(`getline(4)`, api)
	n.await(`luaeval('#vim.diagnostic.get(0)')`, "0")

	n.complete(`PREFECT_LOGGING_LE`, `PREFECT_LOGGING_LEVEL = `)

	n.keys(`:w<CR>`)
	n.await(`&modified`, "0")
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "active = \"prod\"\n\n[profiles.prod]\n" + api + "\nPREFECT_LOGGING_LEVEL = "; !strings.HasPrefix(string(written), want) {
		t.Errorf("the file holds\n%s\nwant\n%s", written, want)
	}
}

// TestNeovimKinds shows, for each kind of file, a diagnostic and its fix, a completion, a hover and the outline.
func TestNeovimKinds(t *testing.T) {
	binary := build(t)
	for name, test := range map[string]struct {
		source, code string // a file with one mistake
		line, fixed  string // the number of the line with the mistake, and what the fix makes of it
		typed, item  string // on a new last line, and what completion makes of it
		hover        string // the start of what hovering the last line shows
		symbol       string // one of the outline
	}{
		"profiles.toml": {
			"active = \"a\"\n\n[profiles.a]\nPREFECT_LOGGING_LEVEL = \"WARN\"\n", "invalid-value",
			"4", `PREFECT_LOGGING_LEVEL = "WARNING"`,
			"PREFECT_API_REQUEST_TIM", "PREFECT_API_REQUEST_TIMEOUT =", "**PREFECT_API_REQUEST_TIMEOUT**", "PREFECT_LOGGING_LEVEL",
		},
		".env": {
			"PREFECT_LOGGING_LEVEL=WARN\n", "invalid-value",
			"1", `PREFECT_LOGGING_LEVEL=WARNING`,
			"PREFECT_API_REQUEST_TIM", "PREFECT_API_REQUEST_TIMEOUT=", "**PREFECT_API_REQUEST_TIMEOUT**", "PREFECT_LOGGING_LEVEL",
		},
		"prefect.toml": {
			"[loging]\nlevel = \"INFO\"\n\n[server.api]\n", "wrong-table",
			"1", `[logging]`,
			"keepal", "keepalive_timeout =", "**server.api.keepalive_timeout**", "server.api",
		},
		"pyproject.toml": {
			"[tool.prefect.logging]\nlevel = \"WARN\"\n\n[tool.prefect.server.api]\n", "invalid-value",
			"2", `level = "WARNING"`,
			"keepal", "keepalive_timeout =", "**server.api.keepalive_timeout**", "tool.prefect.logging",
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(file, []byte(test.source), 0o600); err != nil {
				t.Fatal(err)
			}
			n := openNeovim(t, binary, t.TempDir(), file)
			n.await(`luaeval('#vim.diagnostic.get(0) == 1 and vim.diagnostic.get(0)[1].code')`, test.code)

			n.keys(test.line + `G$:lua vim.lsp.buf.code_action()<CR>`)
			n.await(`getline(`+test.line+`)`, test.fixed)
			n.await(`luaeval('#vim.diagnostic.get(0)')`, "0")

			n.keys(`:lua vim.lsp.buf.document_symbol()<CR>`)
			n.await(`luaeval('string.find(vim.inspect(vim.fn.getqflist()) .. vim.inspect(vim.fn.getloclist(0)), "`+strings.ReplaceAll(test.symbol, ".", "%.")+`") ~= nil')`, "true")
			n.keys(`:cclose | lclose<CR>`)

			n.complete(test.typed, test.item)

			n.keys(`0:lua vim.lsp.buf.hover()<CR>`)
			n.await(`luaeval('(function() for _, w in ipairs(vim.api.nvim_list_wins()) do if vim.api.nvim_win_get_config(w).relative ~= "" then return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(w), 0, 1, false)[1] end end return "" end)()')`, test.hover)
		})
	}
}

// TestNeovimSwitch switches to a profile by a code action, takes that back by a command, renames the profile, and switches to it once
// more while the file is not open.
func TestNeovimSwitch(t *testing.T) {
	const source = "active = \"dev\" # mine\n\n[profiles.dev]\n\n[profiles.prod]\nPREFECT_LOGGING_LEVEL = \"DEBUG\"\n"
	binary, v := build(t), travel(t, source)
	n := openNeovim(t, binary, v.home, v.file())
	n.await(served, "1")

	n.act("prod]", "Switch to profile 'prod'")
	n.await(`getline(1)`, `active = "prod" # mine`)
	n.awaitMessage("Profile 'prod' is active now. Save profiles.toml to make it count.")
	n.command("prefect.undo")
	n.await(`getline(1)`, `active = "dev" # mine`)
	n.awaitMessage("Undone: Use profile 'prod'.")

	n.keys(`:lua vim.lsp.buf.rename('live')<CR>`)
	n.await(`getline(5)`, `[profiles.live]`)
	n.keys(`:w<CR>`)
	renamed := strings.Replace(source, "profiles.prod", "profiles.live", 1)
	n.awaitFile(v.file(), renamed)

	n.keys(`:e ` + filepath.Join(v.home, ".env") + `<CR>:bdelete #<CR>`)
	n.await(served+` . bufloaded("`+v.file()+`")`, "10")
	n.wish("live")
	n.command("prefect.useProfile")
	n.awaitFile(v.file(), strings.Replace(renamed, `"dev"`, `"live"`, 1))
	n.awaitMessage("Profile 'live' is active now.$")
}

// TestNeovimAcross leads from a line that counts for nothing to the one in another file that wins over it.
func TestNeovimAcross(t *testing.T) {
	binary, v := build(t), travel(t, "active = \"prod\"\n\n[profiles.prod]\nPREFECT_LOGGING_LEVEL = \"DEBUG\"\n")
	winner := filepath.Join(v.home, "flows", ".env")
	if err := os.Mkdir(filepath.Dir(winner), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(winner, []byte("# for this folder\nPREFECT_LOGGING_LEVEL=INFO\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	n := openNeovim(t, binary, v.home, winner)
	n.await(served, "1")
	n.keys(`:e ` + v.file() + `<CR>`)
	n.await(codes, "shadowed-setting")
	n.keys(`:4<CR>:lua vim.lsp.buf.definition()<CR>`)
	n.await(`expand("%:p") . ":" . line(".")`, winner+":2")
}

// TestNeovimSecrets keeps a key to its owner: in a file that others on the machine can read, and in one that git would take.
func TestNeovimSecrets(t *testing.T) {
	const key = `PREFECT_API_KEY="` + cloudtest.Ada + `"` + "\n"
	binary, v := build(t), travel(t, "[profiles.prod]\n"+key)
	open := os.FileMode(0o644)
	for path := v.file(); path != filepath.Clean(os.TempDir()); path = filepath.Dir(path) { // up to where anybody may go
		if err := os.Chmod(path, open); err != nil {
			t.Fatal(err)
		}
		open = 0o755
	}
	repository := filepath.Join(v.home, "flows")
	env := filepath.Join(repository, ".env")
	if err := os.Mkdir(repository, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(env, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("git", "init", "-q", repository).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	n := openNeovim(t, binary, v.home, v.file())

	n.await(codes, "exposed-by-mode")
	n.act("PREFECT_API_KEY", "Restrict profiles.toml to your user (chmod 600)")
	n.awaitMessage("Nobody but you can read or change profiles.toml now.")
	n.await(`getfperm("`+v.file()+`")`, "rw-------")
	n.await(codes, "")

	n.keys(`:e ` + env + `<CR>`)
	n.await(codes, "exposed-by-git")
	n.act("PREFECT_API_KEY", "Add .env to .gitignore")
	ignore := filepath.Join(repository, ".gitignore")
	n.await(`get(getbufline("`+ignore+`", 1), 0, "")`, ".env")
	n.keys(`:wall<CR>`)
	n.awaitFile(ignore, ".env\n\n") // Neovim keeps the empty line that a new file begins with
	n.await(codes, "")
}

// TestNeovimLogin logs in to Prefect Cloud from the editor, with the approval given in a browser.
func TestNeovimLogin(t *testing.T) {
	const source = "# mine\nactive = \"prod\"\n\n[profiles.prod] # to be filled\n"
	binary, v := build(t), travel(t, source)
	n := openNeovim(t, binary, v.home, v.file())
	n.await(served, "1")

	n.act("prod]", "Log in to Prefect Cloud", "Continue in browser", "acme/dev", "Update profile 'prod'")
	page := n.awaitMessage(`Open (http\S+)`)
	approve(t, v.cloud, page)
	n.awaitMessage("Logged in as ada. Profile 'prod' now uses acme/dev.")
	n.keys(`:w<CR>`)
	n.await(`&modified`, "0")
	written := regexp.MustCompile(`pnu_\w{36}"`).ReplaceAllString(v.read(), `KEY"`)
	written = strings.TrimRight(written, "\n") + "\n" // Neovim 0.10 leaves an empty line after what it puts at the end of a file
	if want := source + "PREFECT_API_URL = \"" + v.cloud.APIURL("acme/dev") + "\"\nPREFECT_API_KEY = \"KEY\"\n"; written != want {
		t.Errorf("the file holds\n%s\nwant\n%s", written, want)
	}
}

// approve does what the browser does when a person approves of a login on its page: it has a key made and brings it to the editor.
func approve(t *testing.T, c *cloudtest.Cloud, page string) {
	t.Helper()
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	post(t, c.UI(), u.Query().Get("callback")+"/success", post(t, c.UI(), c.UI()+"/auth/grant", ""))
}

// post sends a page's JSON to an address and returns the answer.
func post(t *testing.T, origin, address, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", origin)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d %s: %v", address, response.StatusCode, answer, err)
	}
	return string(answer)
}
