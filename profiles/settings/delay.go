package settings

import "slices"

const (
	aNumberOrNumbers = "a number or a list of numbers"
	aDelay           = "a number or a comma-separated list of numbers"
)

// castNumberOrNumbers takes a number, whole if it can be, or an array of them.
func castNumberOrNumbers(given native) (Value, string) {
	if list, isList := given.([]native); isList {
		return castNumbers(list)
	}
	if f, isFloat := given.(float64); isFloat {
		return f, ""
	}
	if i, reason := castInteger(given); reason == "" {
		return i, ""
	}
	if f, reason := castNumber(given); reason == "" {
		return f, ""
	}
	return nil, not(given, aNumberOrNumbers)
}

// castRetryDelays takes what castNumberOrNumbers takes, and text that is split at commas. Empty parts do not
// count; nothing but empty parts leaves the setting unset.
func castRetryDelays(given native) (Value, string) {
	text, isText := given.(string)
	if !isText {
		value, reason := castNumberOrNumbers(given)
		if _, isList := given.([]native); reason != "" && !isList {
			reason = not(given, aDelay)
		}
		return value, reason
	}
	parts := slices.DeleteFunc(splitTrimmed(text), func(part string) bool { return part == "" })
	delays := make([]native, len(parts))
	for i, part := range parts {
		delay, ok := parseDelay(part)
		if !ok {
			return nil, not(part, aDelay)
		}
		delays[i] = delay
	}
	switch len(delays) {
	case 0:
		return nil, ""
	case 1:
		return delays[0], ""
	}
	return castNumbers(delays)
}

// parseDelay reads a number, or what only counts as a whole number.
func parseDelay(text string) (native, bool) {
	if f, ok := parseNumber(text); ok {
		return f, true
	}
	return parseInteger(text)
}

func castNumbers(list []native) (Value, string) {
	numbers := make([]float64, len(list))
	for i, element := range list {
		number, reason := castNumber(element)
		if reason != "" {
			return nil, not(element, aNumber)
		}
		numbers[i] = number.(float64)
	}
	return numbers, ""
}
