package cloud

import (
	"fmt"
	"time"
)

// A Reason is why something did not work, one for each thing that a person would do about it.
type Reason string

// The reasons.
const (
	NotAKey            Reason = "not-a-key"           // it has not the form of a key
	Cloud1Key          Reason = "cloud-1-key"         // a key of Prefect Cloud 1, which is gone
	KeyRejected        Reason = "key-rejected"        // 401 of Cloud: wrong, expired or revoked
	AuthRejected       Reason = "auth-rejected"       // 401 of a self-hosted server
	Forbidden          Reason = "forbidden"           // 403: IP allow list, PrivateLink or role
	NoAccess           Reason = "no-access"           // 404 of Cloud: no such account or workspace, or the key is no member of it
	NoAPI              Reason = "no-api"              // something answers, but not Prefect's API
	RateLimited        Reason = "rate-limited"        // 429
	ServerFailed       Reason = "server-failed"       // 5xx and 408
	Unexpected         Reason = "unexpected"          // any other status
	BadAddress         Reason = "bad-address"         // the address of the API is none
	PlainHTTP          Reason = "plain-http"          // credentials would go over the network for all to read
	Redirected         Reason = "redirected"          // to another host, or for ever
	BadCAFile          Reason = "bad-ca-file"         // the file of certificate authorities cannot be used
	UnknownCA          Reason = "unknown-ca"          // the certificate is signed by nobody known
	CertificateExpired Reason = "certificate-expired" // the certificate is too old or too new
	WrongHost          Reason = "wrong-host"          // the certificate is somebody else's
	NotTLS             Reason = "not-tls"             // https to something that does not speak it
	BadProxy           Reason = "bad-proxy"           // the proxy is not there, or does not let us pass
	UnknownHost        Reason = "unknown-host"        // DNS
	Refused            Reason = "refused"             // nobody listens
	Offline            Reason = "offline"             // no way to the network
	Timeout            Reason = "timeout"             // no answer in time
	Interrupted        Reason = "interrupted"         // the connection broke
	TooLarge           Reason = "too-large"           // the answer is
	Cancelled          Reason = "cancelled"           // by our side
	Denied             Reason = "denied"              // the person did, in the browser
	NoAnswer           Reason = "no-answer"           // of the browser, in time
	NoListener         Reason = "no-listener"         // nothing could be opened for the browser to answer to
)

// An Error is what all functions of this package fail with. Its text is for the person and says what to do, and there is no key,
// password or auth string in it.
type Error struct {
	Reason     Reason
	Host       string        // who was asked, with the port if there is one; empty if nobody
	Status     int           // of HTTP; 0 if there was no answer
	Detail     string        // what the other side or the system says, in one line; may be empty
	RetryAfter time.Duration // how long the other side asks to be left alone; 0 if it does not say
	cause      error         // of package context, or nil
}

// Unwrap is [context.Canceled] or [context.DeadlineExceeded] if the caller's context ended the call.
func (e *Error) Unwrap() error { return e.cause }

// IsUnreachable reports whether the other side could not be asked or had no time to answer, so that nothing is known about the key:
// what was known before still holds.
func (e *Error) IsUnreachable() bool {
	switch e.Reason {
	case RateLimited, ServerFailed, UnknownCA, CertificateExpired, WrongHost, NotTLS, BadProxy, UnknownHost, Refused, Offline, Timeout, Interrupted, Cancelled:
		return true
	}
	return false
}

// Error implements error.
func (e *Error) Error() string {
	if e.Detail == "" || e.Reason == KeyRejected { // what Cloud says of such a key is less than the message
		return e.message()
	}
	return e.message() + " (" + e.Detail + ")"
}

func (e *Error) message() string {
	switch e.Reason {
	case NotAKey:
		return "This does not look like a Prefect API key, which starts with pnu_ or pnb_. Copy the whole key and try again."
	case Cloud1Key:
		return "This is a key of Prefect Cloud 1, which is no more. Create a new key in Prefect Cloud."
	case KeyRejected:
		return e.Host + " rejected this key (401). It may be expired or revoked; keys made by a login in the browser last 30 days. Log in again."
	case AuthRejected:
		return e.Host + " rejected the credentials (401). PREFECT_API_AUTH_STRING must equal the server's PREFECT_SERVER_API_AUTH_STRING."
	case Forbidden:
		return e.Host + " does not let this key in (403). The account's IP allow list may be blocking this network, the account may " +
			"require PrivateLink, or the key's role may not suffice: ask an administrator of the account."
	case NoAccess:
		return "There is no such account or workspace, or this key has no access to it (404). Choose another workspace, or ask to be invited."
	case NoAPI:
		return e.Host + " answers, but not as Prefect's API does" + e.status() + ". Check the address: it usually ends in /api."
	case RateLimited:
		return e.Host + " has had too many requests (429). " + e.tryAgain()
	case ServerFailed:
		return e.Host + " has a problem of its own" + e.status() + ". " + e.tryAgain()
	case Unexpected:
		return e.Host + " did not accept the request" + e.status() + "."
	case BadAddress:
		return "The address of the API is not usable. It must look like https://api.prefect.cloud/api."
	case PlainHTTP:
		return "Credentials are not sent to " + e.Host + " over plain http, where anyone on the way could read them. Use https."
	case Redirected:
		return e.Host + " leads elsewhere, and credentials do not follow. Set the address that it leads to."
	case BadCAFile:
		return "The file of trusted certificate authorities cannot be used. Check PREFECT_API_SSL_CERT_FILE and SSL_CERT_FILE."
	case UnknownCA:
		return "The certificate of " + e.Host + " is signed by an authority that is not known here. If your network inspects traffic, " +
			"set PREFECT_API_SSL_CERT_FILE to the file with its certificate."
	case CertificateExpired:
		return "The certificate of " + e.Host + " is not valid today. Check this computer's clock; otherwise only the host's owner can help."
	case WrongHost:
		return "The certificate shown by " + e.Host + " belongs to another host. Check the address, and the network for a login page."
	case NotTLS:
		return e.Host + " does not speak https. Check the address: a local server usually starts with http://."
	case BadProxy:
		return "The proxy on the way to " + e.Host + " cannot be used" + e.status() + ". Check the proxy of your editor, or HTTPS_PROXY, HTTP_PROXY and NO_PROXY."
	case UnknownHost:
		return "Could not find " + e.Host + ". Check the network connection and the spelling of the address."
	case Refused:
		return "Nothing listens at " + e.Host + ". Is the server running, and the port right?"
	case Offline:
		return "Could not reach " + e.Host + ": this computer seems to be offline."
	case Timeout:
		return e.Host + " did not answer in time. Check the network and the proxy, or try again later."
	case Interrupted:
		return "The connection to " + e.Host + " broke off. Try again."
	case TooLarge:
		return "The answer of " + e.Host + " is larger than Prefect's ever are. Check the address."
	case Cancelled:
		return "Cancelled."
	case Denied:
		return "The login was declined in the browser."
	case NoAnswer:
		return "The browser did not answer in time. Try again, or paste an API key."
	case NoListener:
		return "The answer of the browser cannot be received on this computer. Paste an API key instead."
	}
	return string(e.Reason)
}

// status is the status in parentheses, if there was one.
func (e *Error) status() string {
	if e.Status == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d)", e.Status)
}

func (e *Error) tryAgain() string {
	if e.RetryAfter <= 0 {
		return "Try again later."
	}
	return fmt.Sprintf("Try again in %s.", e.RetryAfter.Round(time.Second))
}
