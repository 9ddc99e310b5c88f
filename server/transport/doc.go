// Package transport is the LSP base protocol: JSON-RPC 2.0 messages in Content-Length frames,
// over a reader and a writer. It knows nothing of documents; the lifecycle of a language server
// (initialize, shutdown, exit) belongs to its handler too.
//
// # Order and concurrency
//
// A language server must do two things that pull apart. Edits have to be applied in the order they
// were sent, and a request has to see exactly the edits that were sent before it. Yet a slow request
// must hold up neither the next edit nor its own cancellation. So a message is handled in two steps:
//
//	stream -> reader -> queue -> dispatcher: Handler(ctx, m) -> finish()
//	          |                  (one goroutine, in order)      (a goroutine per message)
//	          +-> $/cancelRequest, responses to Call: at once
//
// The dispatcher hands every message to the [Handler], one after the other, in the order of arrival.
// This is the place to apply an edit, or to take the snapshot that a request will be answered from.
// The function which the Handler returns does the rest, concurrently with everything else: its
// result is the reply to a request. With immutable snapshots nothing more is needed to get order
// right, and no lock is held while anyone waits.
//
// # What may overtake
//
// Cancels and responses do not queue. The reader acts on them as it meets them, because whoever
// waits for them may be the very one that holds up the queue. So a cancel reaches a request that is
// still queued (the Handler then never sees it), and a [Conn.Call] may return before notifications
// that were sent ahead of its response are handled.
//
// # Why the queue cannot deadlock
//
// A queue of fixed length is a trap. A handler calls the client and waits; the client sends edits
// until the queue is full; the reader stops; the response sits unread behind the edits, for ever.
// A queue without a limit only moves the trap into memory. Here the limit is on bytes, of all
// messages taken in and not yet done with, and what happens at the limit depends on what can
// still move:
//
//   - If the dispatcher is behind and no Call is unanswered, the reader waits for the dispatcher.
//     That must end, as nothing the dispatcher waits for can be in the unread part of the stream;
//     meanwhile the pipe fills up and slows the client down, as pipes do.
//   - If a Call is unanswered, or starts while the reader waits, the reader goes on. Requests over
//     the limit are refused with an error. Notifications are kept even so: to lose an edit would
//     be worse than to hold it.
//   - Refusals over the limit are written by the reader itself, so a client that sends without
//     reading is slowed down as well.
//
// One duty remains with the Handler: its first step must not wait for another request to end.
//
// # Bad input
//
// A message that is malformed is answered with an error, and the connection lives on. JSON cannot
// hold a line that ends in "Content-Length: 1", so such a line is a header wherever it is met.
// Whenever the length of a frame is unknown, refused or shown to be wrong by a body that is not
// JSON, reading resumes at the next line of that form, even one in the midst of what was taken for
// the body. Hence this guarantee: after any bytes whatever, a well-formed frame that starts on a
// new line is read as such, at the latest when as many bytes have followed as the largest frame
// may have.
//
// # Secrets
//
// Parameters and results may hold keys. The log gets methods, ids, sizes and errors, never those;
// of a panic it gets the stack, and the value only if the Go runtime made it.
package transport
