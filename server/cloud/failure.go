package cloud

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"

	"prefect-ls/profiles/settings"
)

// refusal is what an answer with another status than 200 means.
func refusal(answer *http.Response, body []byte, r request) *Error {
	e := &Error{Reason: Unexpected, Status: answer.StatusCode, Detail: complaint(body), RetryAfter: retryAfter(answer.Header)}
	switch status := answer.StatusCode; {
	case status == http.StatusUnauthorized:
		e.Reason = r.rejected
	case status == http.StatusForbidden:
		e.Reason = Forbidden
	case status == http.StatusNotFound:
		e.Reason = r.missing
	case status == http.StatusMethodNotAllowed, status < http.StatusBadRequest:
		e.Reason = NoAPI
	case status == http.StatusProxyAuthRequired:
		e.Reason = BadProxy
	case status == http.StatusTooManyRequests:
		e.Reason = RateLimited
	case status == http.StatusRequestTimeout, status >= http.StatusInternalServerError:
		e.Reason = ServerFailed
	}
	return e
}

// complaint is what the API says in a body. Cloud says it as detail, a self-hosted server also as exception_message.
func complaint(body []byte) string {
	var said struct {
		Detail  any    `json:"detail"`
		Message string `json:"exception_message"`
	}
	if json.Unmarshal(body, &said) != nil {
		return ""
	}
	if text, ok := said.Detail.(string); ok {
		return text
	}
	return said.Message
}

// retryAfter reads the header Retry-After, which holds seconds or a date.
func retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(date))
	}
	return 0
}

// failureOf tells why a call with a context of the caller failed.
func failureOf(caller context.Context, err error, host string) *Error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		e = &Error{Reason: reasonOf(err), Detail: innermost(err).Error()}
	}
	e.Host = host
	if ended := caller.Err(); ended != nil {
		e.cause = ended
		e.Reason, e.Detail = Cancelled, ""
		if errors.Is(ended, context.DeadlineExceeded) {
			e.Reason = Timeout
		}
	} else if e.Reason == Timeout {
		e.Detail = ""
	}
	return e
}

// reasonOf tells what went wrong below HTTP.
func reasonOf(err error) Reason {
	switch {
	case is[*net.OpError](err, func(e *net.OpError) bool { return e.Op == "proxyconnect" }):
		return BadProxy
	case is[x509.HostnameError](err, nil):
		return WrongHost
	case is[x509.CertificateInvalidError](err, func(e x509.CertificateInvalidError) bool { return e.Reason == x509.Expired }):
		return CertificateExpired
	case is[*tls.CertificateVerificationError](err, nil), is[x509.UnknownAuthorityError](err, nil):
		return UnknownCA
	case is[tls.RecordHeaderError](err, nil), errors.Is(err, http.ErrSchemeMismatch):
		return NotTLS
	case is[net.Error](err, net.Error.Timeout):
		return Timeout // also when the name is not found in time
	case is[*net.DNSError](err, nil):
		return UnknownHost
	case strings.Contains(err.Error(), "malformed"): // so package http says, without a type, that it is not HTTP
		return NoAPI
	}
	return reasonOfSystem(err)
}

// reasonOfSystem tells what the system reports. The bare numbers are those of Windows, where package syscall does not have them.
func reasonOfSystem(err error) Reason {
	number, _ := errors.AsType[syscall.Errno](err)
	switch number {
	case syscall.ECONNREFUSED, 10061:
		return Refused
	case syscall.ENETUNREACH, syscall.ENETDOWN, syscall.EHOSTUNREACH, 10050, 10051, 10065:
		return Offline
	}
	return Interrupted
}

// is reports whether err is or wraps an E that satisfies a condition; nil stands for any E.
func is[E error](err error, condition func(E) bool) bool {
	e, ok := errors.AsType[E](err)
	return ok && (condition == nil || condition(e))
}

// innermost is the error at the end of the chain, without the address that the outer ones repeat.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// clean makes text of unknown origin fit for a message: one line, not long, and no key and none of the secrets in it.
func clean(text string, secrets []string) string {
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, "****")
	}
	text = settings.MaskKeys(text)
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	const longest = 300
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
