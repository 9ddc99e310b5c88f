package cloud

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// defaultAPI is where Prefect Cloud is, unless PREFECT_CLOUD_API_URL says otherwise.
const defaultAPI = "https://api.prefect.cloud/api"

const (
	timeout      = 10 * time.Second
	backoff      = 400 * time.Millisecond
	retries      = 2
	maxRedirects = 5
	maxAnswer    = 8 << 20  // bytes; some thousand workspaces
	maxComplaint = 64 << 10 // bytes of an answer that says what is wrong
)

// Options say where Prefect Cloud is and how to get there. The zero Options are right where nothing is configured.
type Options struct {
	API       string // PREFECT_CLOUD_API_URL; empty for https://api.prefect.cloud/api
	UserAgent string // empty for prefect-ls
	CAFile    string // PREFECT_API_SSL_CERT_FILE or SSL_CERT_FILE: authorities in PEM, trusted besides the system's
	Proxy     Proxy
	// SkipVerify has the certificate of a server of one's own not checked: PREFECT_API_TLS_INSECURE_SKIP_VERIFY. That of Prefect Cloud,
	// to which keys go, always is.
	SkipVerify bool
}

// A Client calls Prefect Cloud and Prefect servers. It may be used by many goroutines at once. It holds no key: a key goes with each
// call, and only to Cloud's own host, over https or within this computer.
type Client struct {
	api       *url.URL
	userAgent string
	http      *http.Client  // to Prefect Cloud
	own       *http.Client  // to servers of one's own
	timeout   time.Duration // of a call with all that is tried again
	backoff   time.Duration // before the second try; doubled before each further one
}

// New returns a client. Its error is an [*Error] with reason [BadAddress] or [BadCAFile].
func New(o Options) (*Client, error) {
	api, err := parseAddress(cmp.Or(o.API, defaultAPI))
	if err != nil {
		return nil, err
	}
	authorities, err := authorities(o.CAFile)
	if err != nil {
		return nil, err
	}
	checked := &tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}
	own := checked.Clone()
	own.InsecureSkipVerify = o.SkipVerify
	return &Client{
		api:       api,
		userAgent: cmp.Or(o.UserAgent, "prefect-ls"),
		timeout:   timeout,
		backoff:   backoff,
		http:      newHTTP(o.Proxy, checked),
		own:       newHTTP(o.Proxy, own),
	}, nil
}

func newHTTP(proxy Proxy, config *tls.Config) *http.Client {
	return &http.Client{
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{
			Proxy:                  proxy.pass,
			DialTLSContext:         proxy.dialTLS(config),
			OnProxyConnectResponse: checkProxy,
			TLSClientConfig:        config,
			ForceAttemptHTTP2:      true,
			MaxResponseHeaderBytes: maxComplaint,
			IdleConnTimeout:        30 * time.Second,
		},
	}
}

// parseAddress reads the base address of an API.
func parseAddress(text string) (*url.URL, error) {
	address, err := url.Parse(strings.TrimSpace(text))
	if err != nil || address.Hostname() == "" || address.Scheme != "http" && address.Scheme != "https" {
		return nil, &Error{Reason: BadAddress}
	}
	address.RawQuery, address.Fragment = "", ""
	return address, nil
}

// authorities are the system's and those in a file; nil, which means the system's, if there is no file.
func authorities(file string) (*x509.CertPool, error) {
	switch {
	case file == "":
		return nil, nil
	case !filepath.IsAbs(file): // whose file that is depends on the folder
		return nil, &Error{Reason: BadCAFile, Detail: file + " is not an absolute path"}
	}
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() { // a pipe may never begin, and a device never end
		return nil, &Error{Reason: BadCAFile, Detail: file + " is no regular file"}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &Error{Reason: BadCAFile, Detail: err.Error()}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(data) {
		return nil, &Error{Reason: BadCAFile, Detail: file + " has no certificate in PEM"}
	}
	return pool, nil
}

// checkRedirect follows where nothing is lost: within one host, and never from https to http.
func checkRedirect(next *http.Request, before []*http.Request) error {
	if from := before[0].URL; next.URL.Host != from.Host || next.URL.Scheme != from.Scheme || len(before) > maxRedirects {
		return &Error{Reason: Redirected, Detail: "to " + next.URL.Scheme + "://" + next.URL.Host}
	}
	return nil
}

// A request is what a call differs in from other calls.
type request struct {
	through       *http.Client
	authorization string   // the header; may be empty
	secrets       []string // what must not come back in an error, besides keys
	rejected      Reason   // what 401 means
	missing       Reason   // what 404 means
}

// signIn is the request with an auth string, of which no part must come back.
func (r request) signIn(auth string) request {
	encoded := base64.StdEncoding.EncodeToString([]byte(auth))
	header := "Basic " + encoded
	r.authorization, r.secrets = header, []string{header, encoded, auth}
	if _, password, found := strings.Cut(auth, ":"); found && password != "" {
		r.secrets = append(r.secrets, password)
	}
	return r
}

// get reads JSON into a value. A field of another type than expected is left empty; fields that are not known are ignored.
func (c *Client) get(ctx context.Context, address *url.URL, r request, into any) error {
	if (r.authorization != "" || address.User != nil) && address.Scheme != "https" && !IsLoopback(address.Hostname()) {
		return &Error{Reason: PlainHTTP, Host: address.Host}
	}
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for tried := 0; ; tried++ {
		data, err := c.once(limited, address, r)
		if err == nil {
			return decode(data, into, address.Host)
		}
		failure := failureOf(ctx, err, address.Host)
		failure.Detail = clean(failure.Detail, r.secrets)
		if tried == retries || !isPassing(failure.Status) || !c.pause(limited, tried, failure.RetryAfter) {
			return failure
		}
	}
}

// isPassing reports whether a status is one after which Prefect tries again, too.
func isPassing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// pause waits before the next try. It reports false, and does not wait, if the time of the call would be over then.
func (c *Client) pause(ctx context.Context, tried int, asked time.Duration) bool {
	wait := max(c.backoff<<tried, asked)
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return true // the next try says so
	case <-timer.C:
		return true
	}
}

func (c *Client) once(ctx context.Context, address *url.URL, r request) ([]byte, error) {
	outgoing, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, &Error{Reason: BadAddress}
	}
	outgoing.Header.Set("Accept", "application/json")
	outgoing.Header.Set("User-Agent", c.userAgent)
	if r.authorization != "" {
		outgoing.Header.Set("Authorization", r.authorization)
	}
	answer, err := r.through.Do(outgoing)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }() // what was wanted has been read
	if answer.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(answer.Body, maxComplaint)) // the status says enough
		return nil, refusal(answer, body, r)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		return nil, &Error{Reason: TooLarge}
	}
	return body, err
}

// decode reads what Prefect's API answers.
func decode(data []byte, into any, host string) error {
	err := json.Unmarshal(data, into)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return nil // one field has another type than it had; the others are read
	}
	if err != nil {
		return &Error{Reason: NoAPI, Host: host, Status: http.StatusOK}
	}
	return nil
}

// IsLoopback reports whether a host is this computer.
func IsLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
