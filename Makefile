# The verbs of this project. README.md says what each is for.
SHELL   := /bin/bash
export PATH := $(CURDIR)/.cache/bin:$(PATH)

.PHONY: build test lint generate demo package bench

build: node_modules
	npm run --silent build

test: lint
	.ci/install browser neovim prefect
	go test -race ./...
	.ci/live
	go test -race -tags neovim -run TestNeovim ./server/cmd/prefect-ls
	npm test --silent
	npm run --silent test:packaging
	npm run --silent test:e2e

lint: node_modules
	.ci/install golangci-lint
	golangci-lint run
	GOOS=windows go vet ./...
	npm run --silent check-types
	npm run --silent lint
	npm run --silent format:check

# Whatever is generated is written by the test that otherwise fails when it is stale.
generate: node_modules
	UPDATE=1 go test ./profiles/... ./protocol/... ./server/... .
	UPDATE=1 npm run --silent test:packaging -- notices
	UPDATE=1 npm test --silent -- documentation

demo: node_modules
	npm run --silent demo

package: node_modules
	npm run --silent package

bench:
	go test -run '^$$' -bench . -benchmem ./...

node_modules: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules
