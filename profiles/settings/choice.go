package settings

import (
	"slices"
	"strings"
)

// castChoice takes one of the setting's choices; a log level in any case.
func (s *Setting) castChoice(given native) (Value, string) {
	text, isText := given.(string)
	if isText && s.Kind == LogLevel {
		text = strings.ToUpper(text)
	}
	if isText && slices.Contains(s.Choices, text) {
		return text, ""
	}
	return nil, not(given, "one of "+strings.Join(s.Choices, ", "))
}

// meantChoice lists the choices that a person may have meant, the likeliest first.
func (s *Setting) meantChoice(text string) []string {
	word := strings.TrimSpace(text)
	if s.Kind == LogLevel {
		word = strings.ToUpper(word)
		if level, ok := levelOf(word); ok {
			return []string{level}
		}
	}
	for _, choice := range s.Choices {
		if strings.EqualFold(choice, word) {
			return []string{choice}
		}
	}
	for _, choice := range s.Choices {
		if len(word) >= 3 && hasPrefixFold(choice, word) || len(choice) >= 3 && hasPrefixFold(word, choice) {
			return []string{choice}
		}
	}
	if nearest, ok := Nearest(word, s.Choices); ok {
		return []string{nearest}
	}
	return nil
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// levelOf translates names and numbers that Python's logging knows, or other loggers use, and Prefect refuses.
func levelOf(word string) (string, bool) {
	switch word {
	case "WARN", "30":
		return "WARNING", true
	case "FATAL", "CRIT", "PANIC", "50":
		return "CRITICAL", true
	case "TRACE", "VERBOSE", "ALL", "NOTSET", "0", "5", "10":
		return "DEBUG", true
	case "NOTICE", "20":
		return "INFO", true
	case "ERR", "SEVERE", "40":
		return "ERROR", true
	}
	return "", false
}
