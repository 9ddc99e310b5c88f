package settings

import (
	"strconv"
	"strings"
)

// Before reports whether release a of Prefect came out before release b. Of a pre-release, such as 3.5.0rc1, only the
// numbers in front count. An a that is no release, such as an empty one, stands for the newest.
func Before(a, b string) bool {
	if a == "" || a[0] < '0' || a[0] > '9' {
		return false
	}
	for a != "" || b != "" {
		var m, n int
		m, a = cutNumber(a)
		n, b = cutNumber(b)
		if m != n {
			return m < n
		}
	}
	return false
}

// cutNumber takes the first number off a release.
func cutNumber(release string) (int, string) {
	number, rest, _ := strings.Cut(release, ".")
	digits := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' })
	if digits >= 0 {
		number, rest = number[:digits], ""
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0, rest
	}
	return n, rest
}
