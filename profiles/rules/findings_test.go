package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestFindings holds what the pages have no room for: each source, what is found on which line, and what the preferred
// fixes make of it ("" where there are none). What Prefect does with it was tried with Prefect 3.8.8.
func TestFindings(t *testing.T) {
	cases := []struct{ file, source, want, fixed string }{
		// Of two spellings of a name, the one that is met last for the first time wins.
		{".env", "PREFECT_LOGGING_LEVEL=DEBUG\nprefect_logging_level=ERROR\nPREFECT_LOGGING_LEVEL=INFO\n",
			"1 duplicate-setting, 3 duplicate-setting", "prefect_logging_level=ERROR\n"},
		// A name without "=" unsets the value above it.
		{".env", "PREFECT_LOGGING_LEVEL=DEBUG\nPREFECT_LOGGING_LEVEL\n", "1 duplicate-setting", "PREFECT_LOGGING_LEVEL\n"},
		{".env", "PREFECT_DEBUG_MODE=1\nPREFECT_DEBUG_MODE='1'\n", "", ""},
		{"profiles.toml", "[profiles]\na = { PREFECT_API_DATABASE_ECHO = \"true\", PREFECT_SERVER_DATABASE_ECHO = \"false\" }\n",
			"2 duplicate-setting, 2 legacy-name", "[profiles]\na = { PREFECT_SERVER_DATABASE_ECHO = \"false\" }\n"},
		{"profiles.toml", "[profiles.a]\nPREFECT_DEBUG_MODE = \"1\"\n[profiles.b]\nPREFECT_DEBUG_MODE = \"0\"\n", "", ""},

		// JSON for a whole group.
		{".env", "PREFECT_API='{\"url\": \"http://127.0.0.1:4200/api\"}'\nPREFECT_SERVER=null\nPREFECT_CLI\n", "", ""},
		{".env", "PREFECT_SERVER=[]\n", "1 group-variable", ""},
		{".env", "prefect_api=http://x/api\n", "1 group-variable", "PREFECT_API_URL=http://x/api\n"},
		{".env", "PREFECT_API=http://x/api\nPREFECT_API_URL=http://y/api\n", "1 group-variable", ""},
		{"profiles.toml", "[profiles.p]\nPREFECT_API = { url = \"http://x/api\" }\n", "2 group-variable", ""},
		{"profiles.toml", "[profiles.p]\nPREFECT_API = \"null\"\n", "2 group-variable", ""},

		// The home folder only matters where it moves the file of the profiles.
		{".env", "PREFECT_HOME=~/.prefect\n", "", ""},
		{".env", "PREFECT_HOME=/home/ada/.prefect\n", "", ""},
		{".env", "PREFECT_HOME=/srv/p\nPREFECT_PROFILES_PATH=/srv/p/profiles.toml\n", "", ""},
		{".env", "PREFECT_HOME=/srv/p\nprefect_profiles_path=/srv/p/profiles.toml\n", "1 ineffective-here, 2 ineffective-here", ""},
		{"profiles.toml", "[profiles.p]\nPREFECT_PROFILES_PATH = \"~/p.toml\"\n", "2 ineffective-here", ""},
		{".env", "PREFECT_LOGGING_LEVEL=INFO\nPREFECT_LOGGING_EXTRA_LOGGERS=a\n", "", ""},

		// What Prefect, or python-dotenv, does replace.
		{".env", "PREFECT_RESULTS_LOCAL_STORAGE_PATH=~/results\nPREFECT_LOGGING_CONFIG_PATH=${HOME}/l.yml\nPREFECT_PROFILES_PATH='${HOME}/p.toml'\n", "", ""},
		{".env", "PREFECT_API_SSL_CERT_FILE=$HOME/ca.pem\n", "1 unexpanded-path", "PREFECT_API_SSL_CERT_FILE=${HOME}/ca.pem\n"},
		{"prefect.toml", "[results]\nlocal_storage_path = \"${HOME}/results\"\n", "2 unexpanded-path", ""},
		{"prefect.toml", "profiles_path = \"$PREFECT_HOME/p.toml\"\n", "1 unexpanded-path", ""},
		{"prefect.toml", "ui_url = \"~\"\n", "", ""},

		// Keys.
		{".env", "PREFECT_API_KEY=\"pnu_000000000000000000000000000000000000\\n\"\n", "1 api-key-format", "PREFECT_API_KEY=\"pnu_000000000000000000000000000000000000\"\n"},
		{".env", "PREFECT_API_KEY=“pnu_000000000000000000000000000000000000”\n", "1 api-key-format", "PREFECT_API_KEY=pnu_000000000000000000000000000000000000\n"},
		{".env", "PREFECT_API_KEY='pnu_0000 0000'\n", "1 api-key-format", ""},
		{".env", "PREFECT_API_KEY=${KEY}\n", "", ""},
		{"profiles.toml", "[profiles.p]\nPREFECT_API_KEY = \"${KEY}\"\n", "2 api-key-format", ""},
		{".env", "PREFECT_API_URL=http://prefect.internal/api\nPREFECT_API_KEY=token-of-our-proxy\n", "", ""},
		{".env", "PREFECT_API_AUTH_STRING=' admin:example'\n", "1 auth-string-format", "PREFECT_API_AUTH_STRING='admin:example'\n"},
		{".env", "PREFECT_API_AUTH_STRING=admin:exam=ple\n", "", ""},
		{".env", "PREFECT_API_AUTH_STRING=a:b\nPREFECT_API_KEY=pnu_000000000000000000000000000000000000\n", "1 auth-string-hides-key", ""},
		{".env", "PREFECT_API_AUTH_STRING=\nPREFECT_API_KEY=pnu_000000000000000000000000000000000000\n", "1 empty-value", ""},

		// Files that are meant to be shared.
		{"prefect.toml", "[server.database]\nconnection_url = \"postgresql+asyncpg://u:${PREFECT_SERVER_DATABASE_PASSWORD}@h/d\"\n", "", ""},
		{"prefect.toml", "[server.database]\nconnection_url = \"postgresql+asyncpg://u@h/d?a=b:c@d\"\n", "", ""},
		{"prefect.toml", "[server.database]\nconnection_url = \"postgresql+asyncpg://u:p@ss/w@h/d\"\n", "2 secret-in-shared-file", ""},
		{".env", "PREFECT_SERVER_DATABASE_PASSWORD=example\n", "", ""},

		// Two settings that have to fit.
		{"profiles.toml", "[profiles.a]\nPREFECT_LOGGING_TO_API_MAX_LOG_SIZE = 5000000\n[profiles.b]\nPREFECT_LOGGING_TO_API_BATCH_SIZE = 9000000\n", "2 log-larger-than-batch", ""},
		{"prefect.toml", "[logging.to_api]\nbatch_size = 100\nmax_log_size = 100\n", "", ""},
		{"prefect.toml", "[logging.to_api]\nbatch_size = 100\n", "2 log-larger-than-batch", ""},
		{".env", "PREFECT_LOGGING_TO_API='{\"batch_size\": 9000000}'\nPREFECT_LOGGING_TO_API_MAX_LOG_SIZE=5000000\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg\nPREFECT_API_DATABASE_HOST=h\nPREFECT_SERVER_DATABASE_USER=\nPREFECT_SERVER_DATABASE_NAME=n\n",
			"2 legacy-name, 3 empty-value", "PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg\nPREFECT_SERVER_DATABASE_HOST=h\nPREFECT_SERVER_DATABASE_USER=\nPREFECT_SERVER_DATABASE_NAME=n\n"},
		{".env", "PREFECT_SERVER_DATABASE_DRIVER=sqlite+aiosqlite\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:a%40b+c@h/d\nPREFECT_SERVER_DATABASE_PASSWORD='a@b c'\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE_PASSWORD=x\nPREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:${PREFECT_SERVER_DATABASE_PASSWORD}@h/d\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=POSTGRES://u@h/d\n", "1 database-driver-not-async", "PREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u@h/d\n"},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=mysql://u@h/d\n", "1 database-driver-not-async", ""},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=prefect.db\n", "1 database-driver-not-async", ""},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=sqlite+aiosqlite:///:memory:\n", "", ""},
		{"prefect.toml", "debug_mode = true\n[logging]\nlevel = \"debug\"\n[internal]\nlogging_level = \"ERROR\"\n", "5 log-level-overridden", ""},

		// Values.
		{".env", "PREFECT_SERVER_API_PORT=0\nPREFECT_WORKER_WEBSERVER_PORT=65535\n", "", ""},
		{".env", "PREFECT_SERVER_API_PORT=99999999999999999999\n", "1 port-out-of-range", ""},
		{".env", "PREFECT_SERVER_API_PORT=-1\n", "1 port-out-of-range", ""},
		{".env", "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=events,flow_runs\n", "", ""},
		{".env", "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=\n", "1 vacuum-not-off", "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=[]\n"},
		{"prefect.toml", "[server.services.db_vacuum]\nenabled = [\"events\", \"flows\"]\n", "2 unknown-vacuum-type", ""},
		{".env", "PREFECT_LOGGING_EXTRA_LOGGERS=[\"dask\"]\nPREFECT_PLUGINS_ALLOW=a,b,\n", "", ""},
		{".env", "PREFECT_PLUGINS_ALLOW=['a','b']\n", "1 garbled-names", "PREFECT_PLUGINS_ALLOW=a,b\n"},
		{".env", "PREFECT_CLIENT_CUSTOM_HEADERS='{\"x-team\": \"data\", \"prefect-csrf-token\": \"x\"}'\n", "1 protected-header", ""},
		{".env", "PREFECT_SERVER_UI_SERVE_BASE=\n", "", ""},

		// A variable in a file that names settings by their places goes to its table, unless that has a value already.
		{"prefect.toml", "[api]\nPREFECT_LOGGING_LEVEL = \"INFO\" # why\n\n[logging]\ncolors = true\n", "2 unknown-setting",
			"[api]\n\n[logging]\ncolors = true\nlevel = \"INFO\" # why\n"},
		{"prefect.toml", "PREFECT_API_URL = \"http://x/api\"\n\n[api]\nenable_http2 = true\n", "1 unknown-setting",
			"\n[api]\nenable_http2 = true\nurl = \"http://x/api\"\n"},
		{"prefect.toml", "PREFECT_SERVER_API_PORT = 4200\n[server]\n", "1 unknown-setting", "[server]\n\n[server.api]\nport = 4200\n"},
		{"prefect.toml", "api = {}\nPREFECT_API_URL = \"http://x/api\"\n", "2 unknown-setting", "api = { url = \"http://x/api\" }\n"},
		{"prefect.toml", "PREFECT_SERVER_API_PORT = 4200\nserver.logging_level = \"INFO\"\n", "1 unknown-setting", "server.api.port = 4200\nserver.logging_level = \"INFO\"\n"},
		{"prefect.toml", "[api]\nPREFECT_API_URL = \"http://x/api\"\nurl = \"http://y/api\"\n", "2 unknown-setting", ""},
		{"prefect.toml", "api = { PREFECT_DEBUG_MODE = true, enable_http2 = true }\n", "1 unknown-setting", "api = { enable_http2 = true }\ndebug_mode = true\n"},
		{"pyproject.toml", "[tool.prefect.server]\nPREFECT_DEBUG_MODE = true\n", "2 unknown-setting", "[tool.prefect.server]\n\n[tool.prefect]\ndebug_mode = true\n"},
		{"profiles.toml", "[profiles.p]\nPREFECT_UI_ULR = \"http://x\"\nPREFECT_UI_URL = \"http://y\"\n", "2 unknown-setting", ""},

		// So does a variable without PREFECT_.
		{"prefect.toml", "[server]\napi_url = \"http://x/api\"\n", "2 unknown-setting", "[server]\n\n[api]\nurl = \"http://x/api\"\n"},
		{"prefect.toml", "[server]\nhost = \"0.0.0.0\"\nport = 4200\n", "2 unknown-setting, 3 unknown-setting", "[server]\napi.host = \"0.0.0.0\"\napi.port = 4200\n"},
		{"prefect.toml", "ui.url = \"http://x\"\n", "1 unknown-setting", "ui_url = \"http://x\"\n"},
		{"prefect.toml", "[logging]\nlogging_level = \"INFO\"\n", "2 unknown-setting", "[logging]\nlevel = \"INFO\"\n"},

		// A table is renamed if that gives its keys a meaning; else the keys are told where they belong.
		{"prefect.toml", "[ui]\nenabled = true\nhost = \"x\"\n", "1 wrong-table", "[server.ui]\nenabled = true\nhost = \"x\"\n"},
		{"prefect.toml", "[ui]\nhost = \"x\"\n", "1 wrong-table", ""},
		{"prefect.toml", "[ui]\n", "1 wrong-table", "[server.ui]\n"},
		{"prefect.toml", "[prefect]\napi_url = \"http://x/api\"\nname = \"x\"\n[logging]\nlevel = \"INFO\"\n", "1 wrong-table, 2 unknown-setting",
			"[prefect]\nname = \"x\"\n[logging]\nlevel = \"INFO\"\n\n[api]\nurl = \"http://x/api\"\n"},
		{"prefect.toml", "[storage]\nPREFECT_DEBUG_MODE = true\n", "1 wrong-table, 2 unknown-setting", "debug_mode = true\n\n[storage]\n"},

		// Places of settings that Prefect has dropped.
		{"prefect.toml", "[server.services.flow_run_notifications]\nenabled = false\nloop_seconds = 4\n", "2 removed-setting, 3 unknown-setting", ""},
		{"prefect.toml", "server.services.flow_run_notifications = { enabled = false }\n", "1 removed-setting", ""},
		{"pyproject.toml", "[tool.prefect.experiments]\ntelemetry_enabled = true\nwarn = true\n", "2 removed-setting", ""},
		{"prefect.toml", "[server.services.event_persister]\nbatch_size_delete = 100\n", "2 removed-setting", ""},

		// Who sets PREFECT_API_URL means something else by PREFECT_SERVER_URL.
		{".env", "PREFECT_SERVER_URL=http://x/api\n", "1 unknown-setting", "PREFECT_API_URL=http://x/api\n"},
		{".env", "PREFECT_API_URL=http://x/api\nPREFECT_SERVER_URL=http://x\n", "2 unknown-setting", ""},
		{".env", "PREFECT_CLOUD_API_KEY=\n", "1 unknown-setting", "PREFECT_API_KEY=\n"},

		// Addresses that have to be filled in, and a service of Docker Compose that has not.
		{".env", "PREFECT_API_URL=http://SERVER_IP:4200/api\n", "1 api-url-placeholder", ""},
		{".env", "PREFECT_API_URL=http://prefect_server:4200/api\n", "", ""},
		{".env", "PREFECT_API_URL=https://api.prefect.cloud/api/accounts/--replace-me--/workspaces/--replace-me--\n", "1 api-url-placeholder", ""},

		{".env", "PREFECT_API_URL=https://prefect-xxxx-ew.a.run.app/api\n", "1 api-url-placeholder", ""},
		{".env", "PREFECT_API_URL=https://xxx-prod.example.com/api\nPREFECT_SERVER_UI_API_URL=https://xxxv.example.com/api\n", "", ""},

		// An address of Prefect Cloud without a workspace, be it as short as it may.
		{".env", "PREFECT_API_URL=https://api.prefect.cloud\n", "1 api-url-without-ids", ""},
		{".env", "PREFECT_API_URL=http://api.prefect.cloud/api/\n", "1 api-url-without-ids", ""},
		{".env", "PREFECT_API_URL=api.prefect.cloud\n", "1 api-url-without-ids", ""},

		// Where the UI's pages are said to be.
		{".env", "PREFECT_UI_URL=http://[::]:4200\n", "1 ui-url-listen-address", "PREFECT_UI_URL=http://[::1]:4200\n"},
		{".env", "PREFECT_UI_URL=0.0.0.0:4200/prefect\n", "1 ui-url-listen-address", "PREFECT_UI_URL=127.0.0.1:4200/prefect\n"},
		{".env", "PREFECT_UI_URL=http://0.0.0.0:4200/api\n", "1 ui-url-with-api, 1 ui-url-listen-address", "PREFECT_UI_URL=http://0.0.0.0:4200\n"},
		{".env", "PREFECT_UI_URL=http://${HOST:-0.0.0.0}:4200\n", "", ""},

		// python-dotenv ends what stands for an unset variable at the first brace.
		{".env", "PREFECT_UI_URL=${A:-${B:-x}}\n", "1 dotenv-nested-interpolation", ""},
		{".env", "PREFECT_UI_URL='${A:-http://${B}}'\n", "1 dotenv-nested-interpolation", ""},
		{".env", "PREFECT_UI_URL=${A:-http://}${B:-x}/${C}\nOTHER=${A:-${B}}\n", "", ""},
		{".env", "PREFECT_UI_URL=${A:-${B}}\nB=http://x\n", "1 dotenv-nested-interpolation", ""},

		{".env", "PREFECT_API_URL=http://h]/api\n", "1 api-url-invalid-host", ""},
		{".env", "PREFECT_API_URL=http://[fe80::1%25eth0]:4200/api\nPREFECT_SERVER_UI_API_URL=http://[::ffff:192.0.2.1]/api\n", "", ""},
		{".env", "PREFECT_API_URL=ephemeral\n", "1 api-url-without-scheme", ""},
		{".env", "PREFECT_API_URL=localhost\n", "1 api-url-without-scheme", "PREFECT_API_URL=http://localhost/api\n"},
		{".env", "PREFECT_API_KEY=$KEY\n", "1 api-key-format", ""},

		// A host without a driver, unless something else tells of the database.
		{"prefect.toml", "[server.database]\nhost = \"h\"\nport = 5432\n", "2 database-parts-missing", ""},
		{"prefect.toml", "[server.database]\nhost = \"h\"\nconnection_url = \"postgresql+asyncpg://u@h/d\"\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE_DRIVER=sqlite+aiosqlite\nPREFECT_SERVER_DATABASE_HOST=h\n", "", ""},
		{".env", "PREFECT_SERVER_DATABASE='{\"driver\": \"postgresql+asyncpg\"}'\nPREFECT_SERVER_DATABASE_HOST=h\n", "", ""},

		// The grammar of .env.
		{".env", "PREFECT_UI_URL=\"a\\nb\"\n", "", ""},
		{".env", "PREFECT_LOGGING_CONFIG_PATH=\"C:\\\\etc\\new\\\\it's.yml\"\n", "1 dotenv-escape", "PREFECT_LOGGING_CONFIG_PATH=C:\\etc\\new\\it's.yml\n"},
		{".env", "PREFECT_LOGGING_CONFIG_PATH=\"C:\\\\etc\\\\new.yml\"\n", "", ""},
		{".env", "A=1\nPREFECT_UI_URL=http://${A}${B}${C:-c}${D}\nC=3\nB=2", "2 dotenv-interpolation-empty", "A=1\nC=3\nB=2\nPREFECT_UI_URL=http://${A}${B}${C:-c}${D}"},
		{".env", "PREFECT_UI_URL=http://${B}\r\nE=${PREFECT_UI_URL}\r\nB=2\r\n", "1 dotenv-interpolation-empty", ""},
		{".env", "PREFECT_UI_URL=http://${B}\n\ufeffX=1\nB=2\n", "1 dotenv-interpolation-empty", ""}, // the mark would come to open the file
		{".env", "PREFECT_UI_URL=${PREFECT_UI_URL}\n", "", ""},
		{".env", "export PREFECT_UI_URL=#none\n", "1 dotenv-comment-as-value", "# export PREFECT_UI_URL=#none\n"},
		{".env", "PREFECT_SERVER_DATABASE_PASSWORD=#secret\n", "", ""},
		{".env", "PREFECT_DEBUG_MODE=1\n# B\xfcro\n", "2 dotenv-encoding", ""},
		{".env", "PREFECT_UI_URL=\xfc\n", "1 dotenv-encoding", ""},
		{".env", "NAME=\xfc\n", "", ""},
		{".env", "\xfe\xff\x00P\x00R\x00E\x00F\x00E\x00C\x00T\x00_\x00X\x00=\x001", "1 dotenv-encoding", ""},
		{".env", "\ufeff# a comment\nPREFECT_DEBUG_MODE=1\n", "", ""},

		// What the preferred fix is, and that there is none.
		{"profiles.toml", "active = \"dve\"\n[profiles.prod]\n[profiles.dev]\n", "1 active-profile-not-defined", "active = \"dev\"\n[profiles.prod]\n[profiles.dev]\n"},
		{"profiles.toml", "active = 'dve'\n[profiles.dev]\n", "1 active-profile-not-defined", "active = 'dev'\n[profiles.dev]\n"},
		{"profiles.toml", "active = \"local\"\n[profiles.locals]\n", "1 active-profile-not-defined", "active = \"local\"\n[profiles.locals]\n\n[profiles.local]\nPREFECT_API_URL = \"http://127.0.0.1:4200/api\"\n"},
		{"profiles.toml", "[profiles.p]\nactive = \"p\"\n", "2 misplaced-active", "active = \"p\"\n\n[profiles.p]\n"},
		{".env", "PREFECT_SERVER_API_AUTH_STRING=YWRtaW46ZXhhbXBsZQ==\n", "1 auth-string-format", "PREFECT_SERVER_API_AUTH_STRING=admin:example\n"},
		{".env", "PREFECT_SERVER_API_AUTH_STRING=OmV4YW1wbGU=\n", "1 auth-string-format", ""},
		{"prefect.toml", "[experiments.plugins]\nenabled = true\n", "2 legacy-name", ""},
		{".env", "PREFECT_UI_URL=http://${B}${C}\nC=3\nB=2\n", "1 dotenv-interpolation-empty", "C=3\nB=2\nPREFECT_UI_URL=http://${B}${C}\n"},
		{".env", "A=1\nPREFECT_UI_URL=http://${A}\n", "", ""},
		{".env", "PREFECT_API_URL=/api\nPREFECT_SERVER_UI_API_URL=/api\n", "1 api-url-without-scheme", ""},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:$PREFECT_SERVER_DATABASE_PASSWORD@h/d\nPREFECT_SERVER_DATABASE_PASSWORD=x\n",
			"1 database-password-unused", "PREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:${PREFECT_SERVER_DATABASE_PASSWORD}@h/d\nPREFECT_SERVER_DATABASE_PASSWORD=x\n"},
		{"profiles.toml", "active = \"team\"\n", "1 active-profile-not-defined", "active = \"team\"\n\n[profiles.team]\n"},
		{".env", "PREFECT_SERVER_DATABASE_CONNECTION_URL=postgresql+asyncpg://u:x0@h/d\nPREFECT_SERVER_DATABASE_PASSWORD=x0\n", "", ""},
		{".env", "PREFECT_API_URL=http://h/x/api/api\n", "1 api-url-doubled-api", "PREFECT_API_URL=http://h/x/api\n"},
		{".env", "PREFECT_API_URL=http://h/api/api/x\n", "1 api-url-doubled-api", ""},
		{".env", "PREFECT_API_URL=https://api.prefect.cloud/api/account/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/workspaces/f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a\n", "1 api-url-singular-path", "PREFECT_API_URL=https://api.prefect.cloud/api/accounts/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/workspaces/f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a\n"},
		{".env", "PREFECT_API_KEY=pnu_00000000000000000000000000000000000-\n", "1 api-key-format", ""},
		{".env", "PREFECT_SERVER='{\"api\": {\"port\": NaN}}'\n", "", ""},
		{".env", "X=1\nPREFECT_PLUGINS_ALLOW=${X},'b'\n", "", ""},
		{".env", "PREFECT_HOME=/Users/ada/.prefect\n", "", ""},
		{".env", "PREFECT_HOME=C:\\Users\\ada\\.prefect\n", "", ""},
		{".env", "PREFECT_HOME=/a/b/.prefect\n", "1 ineffective-here", ""},
	}
	for _, c := range cases {
		wantFound(t, "", c.file, c.source, c.want, c.fixed)
	}
}

// wantFound holds what is found in a file that a release of Prefect reads, and what the preferred fixes make of it.
func wantFound(t *testing.T, prefect, file, source, want, wantFixed string) {
	t.Helper()
	problems := Check(profiles.ReadFor(prefect, profiles.KindOf(file), source))
	if got := found(source, problems); got != want {
		t.Errorf("Prefect %s: %s\n%sis found to be %q, want %q", prefect, file, source, got, want)
	}
	if fixed, fixable := fix(source, problems); fixable && fixed != wantFixed || !fixable && wantFixed != "" {
		t.Errorf("Prefect %s: %s\n%sis fixed to\n%q, want\n%q", prefect, file, source, fixed, wantFixed)
	}
}

// TestNoSecretShown plants a secret in every form that a rule objects to, and looks for it in all that is said.
func TestNoSecretShown(t *testing.T) {
	const canary = "c4n4ryc4n4ryc4n4ry"
	forms := []string{
		canary, " " + canary + "\n", "Bearer " + canary, "pcu_" + canary, "pnu_" + canary, "\"" + canary + "\"", "<" + canary + ">", canary + " " + canary,
		"postgresql://u:" + canary + "@h/d?sslmode=require", canary + "://u@h", "u:" + canary + "@h://x", "$PREFECT_SERVER_DATABASE_PASSWORD" + canary, `C:\x` + canary, `['` + canary + `']`,
	}
	var addresses []string
	for _, before := range []string{"https://u:", "https://", "u:"} {
		for _, behind := range []string{"/x@h/api", "#x@h/api", "?x@h/api", "@h/api", " @h/api/"} {
			addresses = append(addresses, before+canary+behind)
		}
	}
	found := 0
	for name, forms := range map[string][]string{
		"PREFECT_API_KEY": forms, "PREFECT_API_AUTH_STRING": forms, "PREFECT_SERVER_API_AUTH_STRING": forms, "PREFECT_SERVER_DATABASE_PASSWORD": forms,
		"PREFECT_SERVER_DATABASE_CONNECTION_URL": forms, "PREFECT_API_URL": addresses, "PREFECT_UI_URL": addresses,
	} {
		for _, form := range forms {
			for file, source := range map[string]string{
				"profiles.toml": fmt.Sprintf("[profiles.p]\n%s = %q\nPREFECT_API_URL = \"https://api.prefect.cloud/api\"\n", name, form),
				".env":          fmt.Sprintf("%s='%s'\n%s=other\n", name, form, name),
				"a.env":         fmt.Sprintf("%s='%s'\n", name, form),
			} {
				for _, p := range Check(profiles.Read(profiles.KindOf(file), source)) {
					found++
					if said := saidOf(p); strings.Contains(said, canary) {
						t.Errorf("%s shows the secret: %s", p.Rule.Code, said)
					}
				}
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d findings", found)
	}
}

// saidOf is all that a person is told of a problem.
func saidOf(p Problem) string {
	said := p.Message
	for _, f := range p.Fixes {
		said += "\n" + f.Title
	}
	for _, r := range p.Related {
		said += "\n" + r.Message
	}
	return said
}

// TestOlderPrefect holds what is found, and made of it, where an older release reads the file.
func TestOlderPrefect(t *testing.T) {
	for _, c := range []struct{ prefect, file, source, want, fixed string }{
		{"3.0.0", "profiles.toml", "[profiles.p]\nprefect_ui_api_url = \"http://x/api\"\n", "2 unknown-setting", "[profiles.p]\nPREFECT_UI_API_URL = \"http://x/api\"\n"},
		{"3.1.0", "profiles.toml", "[profiles.p]\nprefect_ui_api_url = \"http://x/api\"\n", "2 unknown-setting", "[profiles.p]\nPREFECT_SERVER_UI_API_URL = \"http://x/api\"\n"},
		{"3.3.7", "prefect.toml", "[server.services.flow_run_notifications]\nenabled = false\n", "", ""},
		{"3.4.0", "prefect.toml", "[server.services.flow_run_notifications]\nenabled = false\n", "2 removed-setting", ""},
	} {
		wantFound(t, c.prefect, c.file, c.source, c.want, c.fixed)
	}
	p := Check(profiles.ReadFor("3.0.0", profiles.DotEnv, "PREFECT_ORION_UI_API_URL=http://x/api\n"))
	if len(p) != 1 || len(p[0].Fixes) != 1 || p[0].Fixes[0].Edits[0].New != "PREFECT_UI_API_URL" {
		t.Errorf("what took the place of a dropped name has a name that Prefect 3.0.0 does not know: %v", p)
	}
}

// found lists problems as "LINE CODE, LINE CODE".
func found(source string, problems []Problem) string {
	lines := text.NewLines(source)
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%d %s", lines.At(p.Span.Start)+1, p.Rule.Code))
	}
	return strings.Join(all, ", ")
}

// TestKeysInNames plants a key wherever a file has a name: neither a message nor the title of a fix shows it.
func TestKeysInNames(t *testing.T) {
	const canary = "pnu_c4n4ryc4n4ryc4n4ryc4n4ryc4n4ryc4n4ry"
	titled := 0
	for file, sources := range map[string][]string{
		"profiles.toml": {
			"[" + canary + "]\n", "[profile." + canary + "]\n", "[profiles." + canary + ".x]\n", "active = \"" + canary + "\"\n[profiles.p]\n", canary + " = 1\n",
			"[profiles.p]\n" + canary + " = 1\n", "[profiles.p]\nPREFECT_API_URL." + canary + " = 1\n", "[" + canary + "]\nactive = \"x\"\n",
			"[profiles.p]\nPREFECT_LOGGING_LEVEL = \"" + canary + "\"\n", "[profiles.p]\nPREFECT_UI_URL = \"http://" + canary + "/api\"\n",
		},
		".env":         {"PREFECT_" + canary + "=1\n", "PREFECT_LOGGING_LEVEL=${" + canary + "\n", "PREFECT_UI_URL=${A:-${" + canary + "}}\n", "set PREFECT_API_KEY " + canary + "\n"},
		"prefect.toml": {"[" + canary + "]\n", "[api]\n" + canary + " = 1\n", "[profiles." + canary + "]\n", "[prefect." + canary + "]\nx = 1\n"},
	} {
		for _, source := range sources {
			for _, p := range Check(profiles.Read(profiles.KindOf(file), source)) {
				if slices.ContainsFunc(p.Fixes, func(f Fix) bool { return strings.Contains(f.Title, "pnu_****") }) {
					titled++
				}
				if said := saidOf(p); strings.Contains(said, canary) {
					t.Errorf("%s: %s shows the key of\n%s%s", file, p.Rule.Code, source, said)
				}
			}
		}
	}
	if titled == 0 {
		t.Error("no title of a fix has a key to mask")
	}
}
