package settings

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
)

const (
	aDuration        = "a duration, such as PT1H30M, 01:30:00 or 7 days"
	aSecondsDuration = "a number of seconds or a duration, such as 5400, PT1H30M, 01:30:00 or 7 days"

	daySeconds = 24 * 60 * 60
	maxDays    = 999_999_999 // of Python's timedelta, either way
)

// A Timedelta is a length of time: Seconds, which may be negative, plus 0 to 999999 Micros.
type Timedelta struct {
	Seconds int64
	Micros  int32
}

// secondsOf is a number of seconds as a duration; round makes whole microseconds of it.
func secondsOf(seconds float64, round func(float64) float64) Timedelta {
	whole, fraction := math.Modf(seconds)
	return Timedelta{Seconds: int64(whole)}.plus(int64(round(fraction * 1e6)))
}

func (d Timedelta) plus(micros int64) Timedelta {
	micros += int64(d.Micros)
	carried := int64(math.Floor(float64(micros) / 1e6))
	return Timedelta{Seconds: d.Seconds + carried, Micros: int32(micros - carried*1_000_000)} //nolint:gosec // 0 to 999999
}

func (d Timedelta) negated() Timedelta {
	return Timedelta{Seconds: -d.Seconds}.plus(-int64(d.Micros))
}

// fits reports whether Python's timedelta can hold d.
func (d Timedelta) fits() bool {
	return d.Seconds >= -maxDays*daySeconds && d.Seconds < (maxDays+1)*daySeconds
}

// Human is the duration in words, such as "1 day 2 hours" or "1.5 seconds".
func (d Timedelta) Human() string {
	if d.Seconds < 0 {
		return "minus " + d.negated().Human()
	}
	var words []string
	rest := d.Seconds
	for _, unit := range [...]struct {
		name    string
		seconds int64
	}{{"day", daySeconds}, {"hour", 3600}, {"minute", 60}} {
		if n := rest / unit.seconds; n > 0 {
			words = append(words, counted(strconv.FormatInt(n, 10), unit.name))
			rest %= unit.seconds
		}
	}
	if rest > 0 || d.Micros > 0 || len(words) == 0 {
		words = append(words, counted(decimal(rest, d.Micros), "second"))
	}
	return strings.Join(words, " ")
}

// ISO is the duration as ISO 8601 writes it, such as PT3600S.
func (d Timedelta) ISO() string {
	if d.Seconds < 0 {
		return "-" + d.negated().ISO()
	}
	return "PT" + decimal(d.Seconds, d.Micros) + "S"
}

func counted(n, unit string) string {
	if n == "1" {
		return "1 " + unit
	}
	return n + " " + unit + "s"
}

func decimal(seconds int64, micros int32) string {
	text := strconv.FormatInt(seconds, 10)
	if micros > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%06d", micros), "0")
	}
	return text
}

// castDuration takes what pydantic takes for a timedelta: a text in one of three forms, or a number of seconds
// that is not text.
func castDuration(given native) (Value, string) {
	text, isText := given.(string)
	if !isText {
		return castSeconds(given, aDuration, math.Round)
	}
	if _, isNumber := parseNumber(text); isNumber {
		return nil, quoted(text) + " has no unit. Prefect wants a duration here, such as PT1H30M, 01:30:00 or 7 days, and does not take seconds as text."
	}
	if d, ok := parseDuration(text); ok && d.fits() {
		return d, ""
	}
	return nil, not(given, aDuration)
}

// castSecondsDuration takes numbers of seconds, as text too, with the rounding of Python's timedelta.
// Text that is no number is a duration.
func castSecondsDuration(given native) (Value, string) {
	if text, isText := given.(string); isText {
		seconds, isNumber := parsePythonFloat(text)
		if !isNumber {
			d, ok := parseDuration(text)
			if ok && d.fits() {
				return d, ""
			}
			return nil, not(given, aSecondsDuration)
		}
		given = seconds
	}
	return castSeconds(given, aSecondsDuration, math.RoundToEven)
}

// castSeconds takes a number of seconds that is not text.
func castSeconds(given native, expected string, round func(float64) float64) (Value, string) {
	d, ok := Timedelta{}, false
	switch given := given.(type) {
	case bool:
		d, ok = Timedelta{Seconds: number(given)}, true
	case int64:
		d, ok = Timedelta{Seconds: given}, true
	case float64:
		if ok = math.Abs(given) < (maxDays+1)*daySeconds; ok {
			d = secondsOf(given, round)
		}
	}
	if ok && d.fits() {
		return d, ""
	}
	return nil, tooLong(given, not(given, expected))
}

// tooLong is the reason for a number that is beyond what a duration can hold, else the one given.
func tooLong(given native, otherwise string) string {
	switch given := given.(type) {
	case int64, *big.Int:
		return subject(given) + " seconds are more than Prefect can hold."
	case float64:
		if !math.IsNaN(given) {
			return subject(given) + " seconds are more than Prefect can hold."
		}
	}
	return otherwise
}

// parseDuration reads the three forms that pydantic knows, after an optional sign:
// ISO 8601 (P1DT2H), days with an optional time (7 days, 1:00:00), and a time (100:30).
func parseDuration(text string) (Timedelta, bool) {
	unsigned := text
	if text != "" && (text[0] == '+' || text[0] == '-') {
		unsigned = text[1:]
	}
	var d Timedelta
	var ok bool
	switch {
	case strings.HasPrefix(unsigned, "P"):
		d, ok = parseISO(unsigned[1:])
		ok = ok && len(unsigned) > len("PT")
	case strings.ContainsAny(text, "dD") || len(unsigned) < len("00:00"):
		d, ok = parseDays(unsigned)
	default:
		d, ok = parseTime(unsigned, 24*100_000_000)
	}
	if !ok || d.Seconds >= (maxDays+1)*daySeconds {
		return Timedelta{}, false
	}
	if text[0] == '-' {
		d = d.negated()
	}
	return d, true
}

// parseISO reads what follows the P. Units may come in any order, and only the last number may have a fraction.
func parseISO(text string) (Timedelta, bool) {
	var total Timedelta
	units, inTime, ended := "YMWD", false, false
	days, seconds := int64(0), int64(0)
	for text != "" {
		if text[0] == 'T' {
			if inTime {
				return total, false
			}
			units, inTime = "HMS", true
			text = text[1:]
			continue
		}
		n, rest, ok := parseUint32(text)
		if !ok || ended {
			return total, false
		}
		fraction := 0.0
		fraction, rest, ended = parseFraction(rest)
		if rest == "" || !strings.Contains(units, rest[:1]) {
			return total, false
		}
		scale := isoScale(rest[0], inTime)
		whole, extra := math.Modf(fraction * float64(scale))
		if inTime {
			seconds += n*scale + int64(whole)
		} else {
			days += n*scale + int64(whole)
			whole, extra = math.Modf(extra * daySeconds)
			seconds += int64(whole)
		}
		total = total.plus(int64(math.Round(extra * 1e6)))
		if n*scale > math.MaxUint32 || days > math.MaxUint32 || seconds > math.MaxUint32 {
			return total, false
		}
		text = rest[1:]
	}
	total.Seconds += days*daySeconds + seconds
	return total, true
}

// isoScale is the length of a unit, in days before the T and in seconds after it.
func isoScale(unit byte, inTime bool) int64 {
	switch {
	case unit == 'Y':
		return 365
	case unit == 'W':
		return 7
	case unit == 'H':
		return 3600
	case unit == 'M' && inTime:
		return 60
	case unit == 'M':
		return 30
	}
	return 1
}

// parseUint32 reads leading digits whose number fits in 32 bits.
func parseUint32(text string) (n int64, rest string, ok bool) {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.ParseInt(text[:digits], 10, 64)
	return n, text[digits:], err == nil && n <= math.MaxUint32
}

// parseFraction reads a point or comma and the digits after it, of which there may be none.
func parseFraction(text string) (fraction float64, rest string, found bool) {
	if text == "" || text[0] != '.' && text[0] != ',' {
		return 0, text, false
	}
	rest = strings.TrimLeft(text[1:], "0123456789")
	digits, scale := 0.0, 1.0
	for _, digit := range text[1 : len(text)-len(rest)] {
		digits, scale = digits*10+float64(digit-'0'), scale*10
	}
	return digits / scale, rest, true
}

// parseDays reads a number of days, the word or letter, and an optional time of less than a day.
func parseDays(text string) (Timedelta, bool) {
	days, rest, ok := parseUint32(text)
	rest = strings.TrimPrefix(rest, " ")
	if !ok || rest == "" || rest[0] != 'd' && rest[0] != 'D' {
		return Timedelta{}, false
	}
	rest = rest[1:]
	if word, found := strings.CutPrefix(rest, "ay"); found {
		rest = strings.TrimPrefix(word, "s")
	} else if word, found := strings.CutPrefix(rest, "AY"); found {
		rest = strings.TrimPrefix(word, "S")
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, ","), " ")
	var time Timedelta
	if rest != "" {
		if time, ok = parseTime(rest, 23); !ok {
			return Timedelta{}, false
		}
	}
	time.Seconds += days * daySeconds
	return time, true
}

// parseTime reads hours:MM, hours:MM:SS or hours:MM:SS.fraction, at least five bytes of it.
func parseTime(text string, maxHours int64) (Timedelta, bool) {
	hourDigits, rest, found := strings.Cut(text, ":")
	if !found || len(text) < len("00:00") || len(hourDigits) > 10 || strings.Trim(hourDigits, "0123456789") != "" {
		return Timedelta{}, false
	}
	hours, err := strconv.ParseInt("0"+hourDigits, 10, 64)
	if err != nil || hours > maxHours {
		return Timedelta{}, false
	}
	minutes, rest, ok := parseSexagesimal(rest)
	if !ok {
		return Timedelta{}, false
	}
	d := Timedelta{Seconds: hours*3600 + minutes*60}
	if rest == "" {
		return d, true
	}
	seconds, rest, ok := parseSexagesimal(rest[1:])
	if !ok || text[len(hourDigits)+len(":00")] != ':' {
		return Timedelta{}, false
	}
	d.Seconds += seconds
	if rest == "" {
		return d, true
	}
	digits := rest[1 : len(rest)-len(strings.TrimLeft(rest[1:], "0123456789"))]
	ends := len(digits) == len(rest)-1
	if rest[0] != '.' && rest[0] != ',' || digits == "" || !ends && len(digits) < 6 {
		return Timedelta{}, false
	}
	micros, _ := strconv.ParseInt((digits + "00000")[:6], 10, 32) // pydantic reads nothing behind the sixth digit
	return d.plus(micros), true
}

// parseSexagesimal reads two digits from 00 to 59.
func parseSexagesimal(text string) (n int64, rest string, ok bool) {
	if len(text) < 2 || text[0] < '0' || text[0] > '5' || text[1] < '0' || text[1] > '9' {
		return 0, text, false
	}
	return int64(text[0]-'0')*10 + int64(text[1]-'0'), text[2:], true
}

// parsePythonFloat reads a text as Python's float does: like pydantic's, but with digits of any script,
// and underscores between digits only.
func parsePythonFloat(text string) (float64, bool) {
	ascii := []rune(strings.TrimSpace(text))
	for i, r := range ascii {
		if unicode.IsDigit(r) {
			ascii[i] = '0' + digitOf(r)
		}
	}
	for i, r := range ascii {
		between := i > 0 && i < len(ascii)-1 && isASCIIDigit(ascii[i-1]) && isASCIIDigit(ascii[i+1])
		if unicode.IsSpace(r) || r == '_' && !between {
			return 0, false
		}
	}
	f, ok := parseNumber(strings.ReplaceAll(string(ascii), "_", ""))
	return f, ok && !math.IsNaN(f)
}

func isASCIIDigit(r rune) bool { return '0' <= r && r <= '9' }

// digitOf is the value of a decimal digit of any script. Unicode keeps ten of them together, zero first.
func digitOf(r rune) rune {
	first := r
	for ; unicode.IsDigit(first - 1); first-- {
	}
	return (r - first) % 10
}

// trimPythonSpace removes what Python's str.strip does: Unicode's space and the four separators of ASCII.
func trimPythonSpace(text string) string {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' })
}
