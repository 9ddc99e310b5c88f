package cloud

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// A Proxy says which proxy to go through. The zero Proxy is that of HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the process.
type Proxy struct {
	URL string // of a proxy in place of that of the process, for all but this computer; may be empty
	// Except names the hosts that are spoken to without any proxy, as NO_PROXY does: separated by commas, each with all below it or a block
	// of addresses, perhaps with a port; * for all.
	Except string
	// SkipVerify has the certificate of the proxy at URL not checked, where that is spoken to over https.
	SkipVerify bool
}

// pass is the proxy that a request goes through. Its error does not repeat the address, which may hold a password.
func (p Proxy) pass(r *http.Request) (*url.URL, error) {
	proxy := func() (*url.URL, error) { return url.Parse(p.URL) }
	switch {
	case p.excepts(r.URL), p.URL != "" && IsLoopback(r.URL.Hostname()):
		return nil, nil
	case p.URL == "":
		proxy = func() (*url.URL, error) { return http.ProxyFromEnvironment(r) }
	}
	address, err := proxy()
	if err != nil {
		return nil, &Error{Reason: BadProxy, Detail: "its address is not a URL"}
	}
	return address, nil
}

func (p Proxy) excepts(address *url.URL) bool {
	host := strings.ToLower(address.Hostname())
	ip, _ := netip.ParseAddr(host)
	for entry := range strings.SplitSeq(strings.ToLower(p.Except), ",") {
		entry = strings.TrimSpace(entry)
		name, port, err := net.SplitHostPort(entry)
		if err != nil {
			name, port = strings.Trim(entry, "[]"), ""
		}
		domain := strings.TrimLeft(name, "*.")
		block, err := netip.ParsePrefix(name)
		isMatch := entry == "*" || err == nil && block.Contains(ip) || domain != "" && strings.HasSuffix("."+host, "."+domain)
		if isMatch && (port == "" || port == portOf(address)) {
			return true
		}
	}
	return false
}

func portOf(address *url.URL) string {
	switch {
	case address.Port() != "":
		return address.Port()
	case address.Scheme == "https":
		return "443"
	}
	return "80"
}

// dialTLS speaks TLS, to the proxy without a look at its certificate; nil where nothing is special about that.
func (p Proxy) dialTLS(config *tls.Config) func(ctx context.Context, network, address string) (net.Conn, error) {
	proxy, err := url.Parse(p.URL)
	if err != nil || proxy.Scheme != "https" || !p.SkipVerify {
		return nil
	}
	lax := config.Clone()
	lax.InsecureSkipVerify = true
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == net.JoinHostPort(proxy.Hostname(), portOf(proxy)) {
			return (&tls.Dialer{Config: lax}).DialContext(ctx, network, address)
		}
		return (&tls.Dialer{Config: config}).DialContext(ctx, network, address)
	}
}

func checkProxy(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &Error{Reason: BadProxy, Status: answer.StatusCode}
}
