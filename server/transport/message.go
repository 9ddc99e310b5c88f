package transport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Error codes of JSON-RPC 2.0 and LSP 3.17.
const (
	ParseError           = -32700
	InvalidRequest       = -32600
	MethodNotFound       = -32601
	InvalidParams        = -32602
	InternalError        = -32603
	ServerNotInitialized = -32002
	UnknownErrorCode     = -32001
	RequestFailed        = -32803
	ContentModified      = -32801
	RequestCancelled     = -32800
)

// An Error is the error member of a response. A handler that returns one decides what the peer
// gets; from [Conn.Call], wrapped, it is what the peer answered.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	Data    any    `json:"data,omitempty"`
}

func (e *Error) Error() string { return fmt.Sprintf("%s (%d)", e.Message, e.Code) }

// A Message is a request or a notification of the peer.
type Message struct {
	// ID is the request's id as the peer wrote it: a JSON string or number. A notification has none.
	ID     json.RawMessage
	Method string
	// Params is a JSON object or array, or null where the message has none; it is never empty.
	Params json.RawMessage
}

// IsRequest reports whether the peer waits for a reply to m.
func (m Message) IsRequest() bool { return m.ID != nil }

// null is the JSON value.
const null = "null"

// An envelope is any JSON-RPC message, still undecoded. A member that is absent is nil.
type envelope struct {
	Version json.RawMessage `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  json.RawMessage `json:"method"`
	Params  json.RawMessage `json:"params"`
	Result  json.RawMessage `json:"result"`
	Error   json.RawMessage `json:"error"`
}

// open reads the members of a message. Its error has code ParseError or InvalidRequest.
func open(body []byte) (envelope, *Error) {
	var e envelope
	err := json.Unmarshal(body, &e)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return e, &Error{Code: ParseError, Message: fmt.Sprintf("malformed JSON at byte %d of %d", syntax.Offset, len(body))}
	}
	if err != nil {
		return e, &Error{Code: InvalidRequest, Message: "a message must be a JSON object; batches are not part of LSP"}
	}
	return e, nil
}

// message checks that e is a request or a notification.
func (e envelope) message() (Message, *Error) {
	m := Message{ID: e.ID, Params: e.Params}
	if m.Params == nil {
		m.Params = json.RawMessage(null)
	}
	var problem string
	switch {
	case string(e.Version) != `"2.0"`:
		problem = `jsonrpc must be "2.0"`
	case e.ID != nil && !validID(e.ID):
		problem = "id must be a string or a number"
	case json.Unmarshal(e.Method, &m.Method) != nil || e.Method[0] != '"':
		problem = "method must be a string"
	case string(m.Params) != null && m.Params[0] != '{' && m.Params[0] != '[':
		problem = "params must be an object or an array"
	default:
		return m, nil
	}
	return m, &Error{Code: InvalidRequest, Message: problem}
}

// replyID is the id for an answer to e: its own, or null if that cannot be one.
func (e envelope) replyID() json.RawMessage {
	if validID(e.ID) {
		return e.ID
	}
	return json.RawMessage(null)
}

func validID(id json.RawMessage) bool {
	return len(id) > 0 && (id[0] == '"' || id[0] == '-' || '0' <= id[0] && id[0] <= '9')
}

// failure is the error of a response, or nil if it has none.
func (e envelope) failure() *Error {
	if e.Error == nil || string(e.Error) == null {
		return nil
	}
	var failure Error
	if json.Unmarshal(e.Error, &failure) != nil {
		return &Error{Code: UnknownErrorCode, Message: "malformed error response"}
	}
	return &failure
}

// Messages are put together by hand, because json.Marshal would rewrite the id.

func encodeResult(id json.RawMessage, result any) ([]byte, error) {
	return encode(id, "result", result)
}

func encodeError(id json.RawMessage, failure *Error) []byte {
	b, err := encode(id, "error", failure)
	if err != nil { // the Data has no JSON form
		b, _ = encode(id, "error", &Error{Code: failure.Code, Message: failure.Message})
	}
	return b
}

func encode(id json.RawMessage, member string, value any) ([]byte, error) {
	v, err := marshal(value)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, len(id)+len(member)+len(v)+len(`{"jsonrpc":"2.0","id":,"":}`))
	b = append(b, `{"jsonrpc":"2.0","id":`...)
	b = append(b, id...)
	b = append(b, `,"`...)
	b = append(b, member...)
	b = append(b, `":`...)
	b = append(b, v...)
	return append(b, '}'), nil
}

// call is a request or, without an id, a notification of ours.
type call struct {
	Version string `json:"jsonrpc"`
	ID      int64  `json:"id,omitempty"`
	Method  string `json:"method"`
	Params  any    `json:"params,omitempty"`
}

// marshal is json.Marshal without the escapes that only HTML needs.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// frame puts a header before body.
func frame(body []byte) []byte {
	b := make([]byte, 0, len(body)+40)
	b = append(b, "Content-Length: "...)
	b = strconv.AppendInt(b, int64(len(body)), 10)
	b = append(b, "\r\n\r\n"...)
	return append(b, body...)
}
