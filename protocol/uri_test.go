package protocol

import "testing"

func TestURI(t *testing.T) {
	for uri, path := range map[string]string{
		"file:///home/ada/.prefect/profiles.toml":   "/home/ada/.prefect/profiles.toml",
		"file:///home/ada/my%20flows/%E6%B5%81.env": "/home/ada/my flows/流.env",
		"file:///a%23b/.env":                        "/a#b/.env",
		"file:///C:/Users/Ada/.env":                 `C:\Users\Ada\.env`,
		"file://server/share/.env":                  `\\server\share\.env`,
	} {
		if got, ok := PathOf(uri); !ok || got != path {
			t.Errorf("PathOf(%s) = %q, %v; want %q", uri, got, ok, path)
		}
		if got := URIOf(path); got != uri {
			t.Errorf("URIOf(%s) = %s, want %s", path, got, uri)
		}
	}
	if got, ok := PathOf("file:///c%3A/Users/Ada/.env"); !ok || got != `C:\Users\Ada\.env` {
		t.Errorf("the drive of VS Code's URI is not recognised: %q, %v", got, ok)
	}
	for uri, path := range map[string]string{
		"file:///a:/x": `A:\x`, "file:///z:/x": `Z:\x`, "file:///1:/x": "/1:/x", "file:///@:/x": "/@:/x", "file:///{:/x": "/{:/x", "file://localhost/x": "/x",
	} {
		if got, ok := PathOf(uri); !ok || got != path {
			t.Errorf("PathOf(%s) = %q, %v; want %q", uri, got, ok, path)
		}
	}
	for _, uri := range []string{"untitled:.env", "vscode-vfs://github/a/.env", "%", ""} {
		if got, ok := PathOf(uri); ok {
			t.Errorf("PathOf(%q) = %q, want none", uri, got)
		}
	}
}

func TestNameOf(t *testing.T) {
	for uri, name := range map[string]string{
		"file:///home/ada/.prefect/profiles.toml": "profiles.toml",
		"untitled:.env":                    ".env",
		"untitled:/tmp/prefect.toml":       "prefect.toml",
		"vscode-vfs://github/a/b/.env?x=1": ".env",
		"file:///c%3A/a/%2Eenv":            ".env",
		"":                                 "",
	} {
		if got := NameOf(uri); got != name {
			t.Errorf("NameOf(%q) = %q, want %q", uri, got, name)
		}
	}
}
