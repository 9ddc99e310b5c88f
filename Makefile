# The verbs of this project. README.md says what each is for.
SHELL   := /bin/bash
VERSION := $(shell sed -n 's/^  "version": "\(.*\)",$$/\1/p' package.json)
export PATH := $(CURDIR)/.cache/bin:$(PATH)

.PHONY: build test lint generate demo package bench

build: node_modules
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/prefect-ls ./server/cmd/prefect-ls
	npm run --silent build

test: lint
	.ci/install browser neovim prefect
	go test -race ./...
	.ci/live
	go test -race -tags neovim -run TestNeovim ./server/cmd/prefect-ls
	npm test --silent
	$(MAKE) build
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

demo: build
	npm run --silent demo

package: build
	npm run --silent package

bench:
	go test -run '^$$' -bench . -benchmem ./...

node_modules: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules
