package settings

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// suggest lists texts that a person may have meant by a value that Prefect refuses, the likeliest first.
// Prefect takes every one of them in the same source, written as a string.
func (s *Setting) suggest(given native, from Source) []string {
	var accepted []string
	for _, text := range s.guesses(given) {
		_, reason := s.cast(text, from)
		if reason == "" && !slices.Contains(accepted, text) && text != given {
			accepted = append(accepted, text)
		}
	}
	return accepted
}

// guesses lists what suggest chooses from.
func (s *Setting) guesses(given native) []string {
	text, isText := given.(string)
	if !isText {
		return s.guessesForNative(given)
	}
	bare := strings.Trim(trimPythonSpace(text), "'\"`“”‘’")
	if bare == "" {
		return nil
	}
	guesses := []string{trimPythonSpace(text), bare}
	switch s.Kind {
	case Boolean, VacuumTypes:
		return append(guesses, meantBoolean(bare)...)
	case LogLevel, Choice:
		return append(guesses, s.meantChoice(bare)...)
	case Integer, Number, NumberOrNumbers:
		return append(append(guesses, meantNumber(bare, s.Kind)...), s.nearestBound(bare)...)
	case Duration, SecondsDuration:
		return append(guesses, meantDuration(bare)...)
	case StatusCodes, RetryDelays:
		return append(guesses, meantList(bare))
	case StringObject:
		return append(guesses, meantObject(bare)...)
	case DurationObject:
		return append(guesses, strings.ReplaceAll(bare, "'", `"`))
	}
	return guesses
}

func (s *Setting) guessesForNative(given native) []string {
	switch given := given.(type) {
	case []native:
		return []string{commaList(given)}
	case map[string]native:
		if object, err := json.Marshal(given); err == nil {
			return []string{string(object)}
		}
		return nil
	case dateTime:
		return []string{string(given)}
	}
	text := fmt.Sprint(given)
	if f, isFloat := given.(float64); isFloat {
		text = strconv.FormatFloat(f, 'g', -1, 64)
	}
	switch s.Kind {
	case LogLevel, Choice:
		return s.meantChoice(text)
	case Integer, Number:
		return s.nearestBound(text)
	}
	return []string{text}
}

// meantNumber reads a number written for a person or a program: 4,200 and 1_000 and 0x10 and 1e3 and 60s.
func meantNumber(text string, kind Kind) []string {
	var guesses []string
	if kind == NumberOrNumbers {
		guesses = append(guesses, "["+meantList(text)+"]")
	}
	for _, unit := range [...]string{"seconds", "second", "secs", "sec", "s"} {
		if number, found := strings.CutSuffix(strings.ToLower(text), unit); found {
			guesses = append(guesses, strings.TrimSpace(number))
			break
		}
	}
	guesses = append(guesses, strings.Trim(text, ",;"), thousands(text))
	if kind != Integer {
		guesses = append(guesses, strings.Replace(text, ",", ".", 1))
	}
	if i, err := strconv.ParseInt(text, 0, 64); err == nil {
		guesses = append(guesses, strconv.FormatInt(i, 10))
	}
	if f, ok := parseNumber(text); ok && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		guesses = append(guesses, strconv.FormatFloat(f, 'f', 0, 64))
	}
	return guesses
}

// thousands removes commas that divide a whole number into groups of three, or returns text as it is.
func thousands(text string) string {
	groups := strings.Split(text, ",")
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return text
		}
	}
	return strings.Join(groups, "")
}

// nearestBound is the number next to one that is out of bounds, where the bound itself is allowed or the
// setting is a whole number.
func (s *Setting) nearestBound(text string) []string {
	n, ok := parseNumber(text)
	if !ok {
		return nil
	}
	for _, b := range s.Bounds {
		if b.holds(n) {
			continue
		}
		step := map[string]float64{">": 1, "<": -1}[b.Op]
		if step != 0 && s.Kind != Integer {
			return nil
		}
		return []string{strconv.FormatFloat(b.Limit+step, 'f', -1, 64)}
	}
	return nil
}

// meantList writes a list with other separators, brackets or extra commas as a comma list.
func meantList(text string) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|[](){} \t'\"", r) })
	return strings.Join(parts, ",")
}

// meantObject reads NAME=value and Name: value, several of them at commas, and Python's single quotes.
func meantObject(text string) []string {
	guesses := []string{strings.ReplaceAll(text, "'", `"`)}
	object := map[string]string{}
	for pair := range strings.SplitSeq(text, ",") {
		name, value, found := strings.Cut(pair, "=")
		if !found {
			name, value, found = strings.Cut(pair, ":")
		}
		name = strings.TrimSpace(name)
		if !found || name == "" || strings.ContainsAny(name, "{}[]\"' ") {
			return guesses
		}
		object[name] = strings.TrimSpace(value)
	}
	data, err := json.Marshal(object)
	if err != nil {
		return guesses
	}
	return append(guesses, string(data))
}

// meantDuration reads numbers with the units people use, such as 90, 5s, 1h30m and 2 weeks.
func meantDuration(text string) []string {
	total := 0.0
	rest := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for rest != "" {
		unit := strings.TrimLeft(rest, "0123456789.")
		number, err := strconv.ParseFloat(rest[:len(rest)-len(unit)], 64)
		if err != nil {
			return nil
		}
		rest = strings.TrimLeft(unit, "abcdefghijklmnopqrstuvwxyzµ")
		scale, known := unitSeconds(unit[:len(unit)-len(rest)])
		if !known {
			return nil
		}
		total += number * scale
		rest = strings.TrimLeft(rest, ",")
	}
	if math.Abs(total) >= (maxDays+1)*daySeconds {
		return nil
	}
	return []string{secondsOf(total, math.Round).ISO()}
}

// unitSeconds is the length of a unit in seconds; no unit means seconds.
func unitSeconds(unit string) (float64, bool) {
	switch strings.TrimSuffix(unit, "s") {
	case "", "sec", "second":
		return 1, true
	case "m", "min", "minute":
		if unit == "ms" {
			return 0.001, true
		}
		return 60, true
	case "h", "hr", "hour":
		return 3600, true
	case "d", "day":
		return daySeconds, true
	case "w", "wk", "week":
		return 7 * daySeconds, true
	}
	return 0, false
}
