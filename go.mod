module prefect-ls

go 1.26

require (
	github.com/BurntSushi/toml v1.6.0
	github.com/fsnotify/fsnotify v1.9.0
	github.com/tliron/commonlog v0.2.21
	github.com/tliron/glsp v0.2.3-0.20250617204849-59d6e3155c81
)
