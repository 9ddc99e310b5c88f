package feature

import "prefect-ls/profiles/settings"

// customary are the values that people give settings in place of their defaults, as guides have them. Each is valid as it stands, or
// has tab stops for what is not.
var customary = [...]struct {
	setting string
	proposal
}{
	{"PREFECT_API_URL", proposal{value: "http://127.0.0.1:4200/api", detail: "a Prefect server on this machine"}},
	{"PREFECT_API_URL", proposal{
		value:   "https://api.prefect.cloud/api/accounts/ACCOUNT_ID/workspaces/WORKSPACE_ID",
		detail:  "a workspace of Prefect Cloud",
		snippet: "https://api.prefect.cloud/api/accounts/${1:ACCOUNT_ID}/workspaces/${2:WORKSPACE_ID}",
	}},
	{"PREFECT_SERVER_API_BASE_PATH", proposal{value: "/prefect/api", detail: "below a path, behind a proxy"}},
	{"PREFECT_SERVER_API_HOST", proposal{value: "0.0.0.0", detail: "all addresses of this machine"}},
	{"PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE", proposal{value: "prefect_redis.lease_storage", detail: "Redis, for several servers"}},
	{"PREFECT_SERVER_DATABASE_CONNECTION_URL", proposal{
		value:   "postgresql+asyncpg://user:<password>@localhost:5432/prefect",
		detail:  "a PostgreSQL database",
		snippet: "postgresql+asyncpg://${1:user}:${2:<password>}@${3:localhost}:${4:5432}/${5:prefect}",
	}},
	{"PREFECT_SERVER_DATABASE_CONNECTION_URL", proposal{
		value:   "sqlite+aiosqlite:////full/path/to/prefect.db",
		detail:  "a file of SQLite",
		snippet: "sqlite+aiosqlite:///${1:/full/path/to/prefect.db}",
	}},
	{"PREFECT_SERVER_EVENTS_CAUSAL_ORDERING", proposal{value: "prefect_redis.ordering", detail: "Redis, for several servers"}},
	{"PREFECT_SERVER_EVENTS_MESSAGING_BROKER", proposal{value: "prefect_redis.messaging", detail: "Redis, for several servers"}},
	{"PREFECT_SERVER_EVENTS_MESSAGING_CACHE", proposal{value: "prefect_redis.messaging", detail: "Redis, for several servers"}},
	{"PREFECT_SERVER_UI_SERVE_BASE", proposal{value: "/prefect", detail: "below a path, behind a proxy"}},
}

// customaryFor are the customary values of a setting, the likeliest first.
func customaryFor(s *settings.Setting) []proposal {
	var proposals []proposal
	for i := range customary {
		if customary[i].setting == s.Name {
			proposals = append(proposals, customary[i].proposal)
		}
	}
	return proposals
}
