//go:build neovim

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A neovim is a real editor without a screen, in which the test types.
type neovim struct {
	t      *testing.T
	socket string
}

func openNeovim(t *testing.T, binary, file string) *neovim {
	t.Helper()
	home := t.TempDir()
	n := &neovim{t, filepath.Join(home, "nvim.sock")}
	editor := exec.Command("nvim", "--headless", "--clean", "-n", "--listen", n.socket, "-u", "testdata/init.lua", file)
	editor.Env = append(os.Environ(), "HOME="+home, "XDG_RUNTIME_DIR="+home, "PREFECT_LS="+binary)
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

// keys types.
func (n *neovim) keys(keys string) {
	n.t.Helper()
	if out, err := exec.Command("nvim", "--server", n.socket, "--remote-send", keys).CombinedOutput(); err != nil {
		n.t.Fatalf("typing %s: %v\n%s", keys, err, out)
	}
}

func (n *neovim) eval(expression string) string {
	out, err := exec.Command("nvim", "--server", n.socket, "--remote-expr", expression).CombinedOutput() // Neovim 0.7 prints it as an error
	if err != nil {
		return "error: " + err.Error()
	}
	return strings.TrimSpace(string(out))
}

// await looks at an expression until it has the value that is waited for.
func (n *neovim) await(expression, want string) {
	n.t.Helper()
	deadline := time.Now().Add(patience)
	got := n.eval(expression)
	for got != want {
		if time.Now().After(deadline) {
			n.t.Fatalf("%s is %q, want %q", expression, got, want)
		}
		time.Sleep(20 * time.Millisecond)
		got = n.eval(expression)
	}
}

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
	n := openNeovim(t, build(t), file)

	n.await(`luaeval('#vim.diagnostic.get(0) == 1 and vim.diagnostic.get(0)[1].code')`, "api-url-from-browser")
	n.keys(`4G$:lua vim.lsp.buf.code_action()<CR>`)
	n.await(`getline(4)`, api)
	n.await(`luaeval('#vim.diagnostic.get(0)')`, "0")

	n.keys(`GoPREFECT_LOGGING_LE<C-x><C-o>`)
	n.await(`pumvisible()`, "1")
	n.keys(`<C-y><Esc>`)
	n.await(`getline('.')`, `PREFECT_LOGGING_LEVEL =`)

	n.keys(`:w<CR>`)
	n.await(`&modified`, "0")
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := "active = \"prod\"\n\n[profiles.prod]\n" + api + "\nPREFECT_LOGGING_LEVEL = \n"; string(written) != want {
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
			n := openNeovim(t, binary, file)
			n.await(`luaeval('#vim.diagnostic.get(0) == 1 and vim.diagnostic.get(0)[1].code')`, test.code)

			n.keys(test.line + `G$:lua vim.lsp.buf.code_action()<CR>`)
			n.await(`getline(`+test.line+`)`, test.fixed)
			n.await(`luaeval('#vim.diagnostic.get(0)')`, "0")

			n.keys(`:lua vim.lsp.buf.document_symbol()<CR>`)
			n.await(`luaeval('string.find(vim.inspect(vim.fn.getqflist()) .. vim.inspect(vim.fn.getloclist(0)), "`+strings.ReplaceAll(test.symbol, ".", "%.")+`") ~= nil')`, "true")
			n.keys(`:cclose | lclose<CR>`)

			n.keys(`Go` + test.typed + `<C-x><C-o>`)
			n.await(`pumvisible()`, "1")
			n.keys(`<C-y><Esc>`)
			n.await(`getline('.')`, test.item)

			n.keys(`0:lua vim.lsp.buf.hover()<CR>`)
			n.await(`luaeval('(function() for _, w in ipairs(vim.api.nvim_list_wins()) do if vim.api.nvim_win_get_config(w).relative ~= "" then return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(w), 0, 1, false)[1] end end return "" end)()')`, test.hover)
		})
	}
}
