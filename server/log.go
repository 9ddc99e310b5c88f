package server

import (
	"io"
	"sync"
	"sync/atomic"

	"prefect-ls/profiles/settings"

	"github.com/tliron/commonlog"
)

// A LogBackend writes log lines for commonlog. It has no buffer, so that the last line before a crash is not lost;
// its level can be changed at any time; and no Prefect API key gets through it.
type LogBackend struct {
	level atomic.Int32
	mu    sync.Mutex // keeps lines whole
	out   io.Writer
}

// NewLogBackend returns a backend that writes to out at level info.
func NewLogBackend(out io.Writer) *LogBackend {
	b := &LogBackend{out: out}
	b.level.Store(int32(commonlog.Info))
	return b
}

// SetLogLevel changes what is logged: error, warning, info or debug; empty means info.
func SetLogLevel(name string) {
	levels := map[string]commonlog.Level{
		"error": commonlog.Error, "warning": commonlog.Warning, "": commonlog.Info, "info": commonlog.Info, "debug": commonlog.Debug,
	}
	if level, ok := levels[name]; ok {
		commonlog.SetMaxLevel(level)
	}
}

// NewMessage implements [commonlog.Backend].
func (b *LogBackend) NewMessage(level commonlog.Level, _ int, name ...string) commonlog.Message {
	if !b.AllowLevel(level, name...) {
		return nil
	}
	return commonlog.NewLinearMessage(func(m *commonlog.LinearMessage) {
		line := "[" + level.String() + "] " + settings.MaskKeys(m.Message) + "\n" // a stack trace keeps its lines
		b.mu.Lock()
		defer b.mu.Unlock()
		_, _ = io.WriteString(b.out, line) // there is nowhere left to report to
	})
}

// AllowLevel implements [commonlog.Backend].
func (b *LogBackend) AllowLevel(level commonlog.Level, _ ...string) bool {
	return level <= commonlog.Level(b.level.Load())
}

// SetMaxLevel implements [commonlog.Backend]. All names have the same level.
func (b *LogBackend) SetMaxLevel(level commonlog.Level, _ ...string) {
	b.level.Store(int32(level)) //nolint:gosec // commonlog has seven levels
}

// GetMaxLevel implements [commonlog.Backend].
func (b *LogBackend) GetMaxLevel(...string) commonlog.Level { return commonlog.Level(b.level.Load()) }

// GetWriter implements [commonlog.Backend].
func (b *LogBackend) GetWriter() io.Writer { return b.out }

// Configure implements [commonlog.Backend]. The level is set by the client; see [SetLogLevel].
func (b *LogBackend) Configure(int, *string) {}
