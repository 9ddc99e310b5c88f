package settings

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

const (
	aWholeNumber = "a whole number"
	aNumber      = "a number"
	maxDigits    = 4300 // of an integer in text; Python's own limit
)

// castInteger takes what pydantic takes for an int.
func castInteger(given native) (Value, string) {
	switch given := given.(type) {
	case bool:
		return number(given), ""
	case int64, *big.Int:
		return given, ""
	case float64:
		if i := int64(given); float64(i) == given && given > math.MinInt64 && given < math.MaxInt64 {
			return i, ""
		}
	case string:
		if i, ok := parseInteger(given); ok {
			return i, ""
		}
	}
	return nil, not(given, aWholeNumber)
}

// parseInteger takes an optional sign, digits with single underscores between them, and zeros after a point.
// As in pydantic, leading zeros go first, with any underscores among them, and a minus may stand behind them.
func parseInteger(text string) (Value, bool) {
	text = strings.TrimSpace(text)
	if whole, zeros, hasPoint := strings.Cut(text, "."); hasPoint {
		if zeros == "" || strings.Trim(zeros, "0") != "" {
			return nil, false
		}
		text = whole
	}
	minus := strings.HasPrefix(text, "-")
	digits := text
	if minus || strings.HasPrefix(text, "+") {
		digits = text[1:]
	}
	if strings.HasPrefix(digits, "0") {
		if digits = strings.TrimLeft(digits, "0_"); digits == "" {
			return int64(0), strings.HasSuffix(text, "0")
		}
		if !minus && strings.HasPrefix(digits, "-") {
			minus, digits = true, strings.TrimPrefix(digits[1:], "_")
			if len(digits) > 1 && digits[0] == '0' {
				return nil, false
			}
		}
	}
	digits, ok := stripUnderscores(digits)
	if !ok || strings.Trim(digits, "0123456789") != "" || len(digits) > maxDigits {
		return nil, false
	}
	if minus {
		digits = "-" + digits
	}
	return fromDigits(digits, 10), true
}

// stripUnderscores removes single underscores, unless they stand at an end. It refuses an empty text.
func stripUnderscores(digits string) (string, bool) {
	if digits == "" || strings.HasPrefix(digits, "_") || strings.HasSuffix(digits, "_") || strings.Contains(digits, "__") {
		return "", false
	}
	return strings.ReplaceAll(digits, "_", ""), true
}

// castNumber takes what pydantic takes for a float.
func castNumber(given native) (Value, string) {
	switch given := given.(type) {
	case bool:
		return float64(number(given)), ""
	case int64:
		return float64(given), ""
	case *big.Int:
		if f, _ := new(big.Float).SetInt(given).Float64(); !math.IsInf(f, 0) {
			return f, ""
		}
	case float64:
		return given, ""
	case string:
		if f, ok := parseNumber(given); ok {
			return f, ""
		}
	}
	return nil, not(given, aNumber)
}

// parseNumber takes decimals, exponents, inf and nan, with single underscores inside or space around.
func parseNumber(text string) (float64, bool) {
	trimmed := strings.TrimSpace(text)
	plain, ok := stripUnderscores(trimmed)
	if !ok || plain != trimmed && trimmed != text {
		return 0, false
	}
	text = plain
	unsigned := strings.ToLower(text)
	if unsigned[0] == '+' || unsigned[0] == '-' {
		unsigned = unsigned[1:]
	}
	switch unsigned {
	case "nan":
		return math.NaN(), true
	case "inf", "infinity":
		if text[0] == '-' {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	if strings.Trim(unsigned, "0123456789.e+-") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

// number is what Python counts a boolean as.
func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// amount is the number behind a value, in seconds for a duration, for comparison with a bound.
func amount(value Value) float64 {
	switch value := value.(type) {
	case int64:
		return float64(value)
	case *big.Int:
		return math.Inf(value.Sign())
	case Timedelta:
		return float64(value.Seconds) + float64(value.Micros)/1e6
	default:
		return value.(float64)
	}
}

func (b Bound) holds(n float64) bool {
	switch b.Op {
	case ">=":
		return n >= b.Limit
	case ">":
		return n > b.Limit
	case "<=":
		return n <= b.Limit
	default:
		return n < b.Limit
	}
}

// reason says which side of the bound a value is on.
func (b Bound) reason(value Value) string {
	limit := strconv.FormatFloat(b.Limit, 'f', -1, 64)
	if d, ok := value.(Timedelta); ok {
		return d.Human() + map[string]string{
			">=": " is too short: it must be at least ",
			">":  " is too short: it must be longer than ",
			"<=": " is too long: it must be at most ",
			"<":  " is too long: it must be shorter than ",
		}[b.Op] + secondsOf(b.Limit, math.Round).Human() + "."
	}
	return subject(value) + map[string]string{
		">=": " is too small: the least is ",
		">":  " is too small: it must be more than ",
		"<=": " is too large: the most is ",
		"<":  " is too large: it must be less than ",
	}[b.Op] + limit + "."
}
