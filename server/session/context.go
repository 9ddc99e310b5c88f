package session

import "context"

type contextKey struct{}

// NewContext returns a context that carries the snapshot a request is answered from.
func NewContext(ctx context.Context, snap *Snapshot) context.Context {
	return context.WithValue(ctx, contextKey{}, snap)
}

// FromContext is the snapshot that the context carries.
func FromContext(ctx context.Context) *Snapshot {
	snap, _ := ctx.Value(contextKey{}).(*Snapshot)
	return snap
}
