// Package rules holds what is checked in a Prefect configuration file.
//
// One rule is two files: unknown_setting.go finds the mistake, unknown_setting.md explains it to the person
// who made it. The examples on the page are the rule's tests, so a page cannot be wrong for long.
package rules

import (
	"iter"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// All lists the rules in the order they run.
func All() []*Rule {
	return []*Rule{
		tomlSyntax,
		dotenvSyntax,
		dotenvShellSyntax,
		notATable,
		unknownTable,
		wrongTable,
		profileNameNotQuoted,
		misplacedActive,
		activeNotAName,
		activeProfileNotDefined,
		unknownSetting,
		removedSetting,
		newerSetting,
		duplicateSetting, // before legacy-name, so that both on one line stand in order
		legacyName,
		invalidValue,
		// What else one file alone tells of the values in it.
		dotenvEncoding,
		dotenvEscape,
		dotenvInterpolationEmpty,
		dotenvNestedInterpolation,
		dotenvCommentAsValue,
		groupVariable,
		ineffectiveHere,
		unexpandedPath,
		emptyValue,
		cliWouldCorrupt,
		garbledNames,
		apiKeyFormat,
		authStringFormat,
		authStringHidesKey,
		secretInSharedFile,
		protectedHeader,
		logLargerThanBatch,
		logLevelOverridden,
		portOutOfRange,
		databaseDriverNotAsync,
		databasePartsMissing,
		databasePasswordUnused,
		databaseSSLMode,
		vacuumNotOff,
		unknownVacuumType,
		uiURLWithAPI,
		uiURLListenAddress,
		apiURLUndeclaredCloud,
		// An API URL gets the first of these that applies, and one fix for all that is wrong with it.
		apiURLInvalidHost,
		apiURLPlaceholder,
		apiURLStrayCharacters,
		apiURLFromBrowser,
		apiURLFormerCloud,
		apiURLWithoutIDs,
		apiURLWithoutScheme,
		apiURLCloudOverHTTP,
		apiURLCloudHostCase,
		apiURLInvalidPort,
		apiURLListenAddress,
		apiURLHTTPSToLoopback,
		apiURLSingularPath,
		apiURLDoubledAPI,
		apiURLWithoutAPI,
		apiURLMalformedID,
		apiURLIdenticalIDs,
		apiURLWrongPath,
		apiURLQuery,
		apiURLTrailingSlash,
		apiURLUserInfo,
		// What only all sources together tell.
		contradictingSettings,
		invalidInEffect,
		activeOverridden,
		profilesSavedElsewhere,
		cloudWithAuthString,
		cloudWithoutKey,
		keySentToServer,
		keyFromElsewhere,
		shadowedSetting,
		// What the server said when somebody asked it.
		keyRejected,
		workspaceNotFound,
		// Who gets at the file.
		exposedByGit,
		exposedByMode,
	}
}

// Lookup finds the rule with the given code.
func Lookup(code string) (*Rule, bool) {
	for _, r := range All() {
		if r.Code == code {
			return r, true
		}
	}
	return nil, false
}

// A Rule is one kind of mistake. It has one of the functions whose names begin with Check.
type Rule struct {
	Code          string   // names the mistake in kebab-case, never the cure; never renamed
	Severity      Severity // of its problems, unless one says otherwise
	Page          string   // Markdown: title, why it matters, "Example", "Use instead"
	Check         func(f *profiles.File, report func(Problem))
	CheckURL      func(u profiles.APIURL) *Problem // of one API URL, or nil; its place and fix are added to it
	Silenced      bool                             // by PREFECT_SILENCE_API_URL_MISCONFIGURATION, as Prefect's own warning about it is
	FixTitle      string                           // of the fix that CheckURL's problems get
	CheckInEffect func(f *profiles.File, in *layers.Result, report func(Problem))
	CheckFacts    func(f *profiles.File, in *layers.Result, facts Facts, report func(Problem))
	CheckExposure func(f *profiles.File, x Exposure, report func(Problem))
}

// Facts are what no file says. The zero Facts are none.
type Facts struct {
	Answer Answer // of the server in effect, to the key in effect
}

// An Answer is what a server said when it was asked last. It is known only where a person had it asked.
type Answer uint8

// The answers that are somebody's mistake.
const (
	NotAsked Answer = iota // or all is well
	KeyRejected
	WorkspaceNotFound
)

// Title is the first heading of the rule's page.
func (r *Rule) Title() string {
	first, _, _ := strings.Cut(r.Page, "\n")
	return strings.TrimPrefix(first, "# ")
}

// Severity says what a problem does to Prefect. Its values are those of LSP.
type Severity int

// The severities.
const (
	Error       Severity = iota + 1 // Prefect fails, or contacts another place than the line says
	Warning                         // Prefect starts, but not as written
	Information                     // works, though hardly as meant
	Hint                            // works, and could be said better
)

func (s Severity) String() string {
	return [...]string{"off", "error", "warning", "information", "hint"}[s]
}

// ParseSeverity reads what String writes.
func ParseSeverity(name string) (Severity, bool) {
	for s := range Hint + 1 {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}

// A Problem is one place where a rule is broken.
type Problem struct {
	Rule     *Rule    // set by what runs the rule
	Severity Severity // the rule's, where it is left out
	Span     text.Span
	Message  string
	Related  []Related
	Fixes    []Fix // the likeliest first
	Outdated bool  // what it marks works, but is on its way out
}

// Related is another place that has to do with a problem.
type Related struct {
	File    *profiles.File // nil for the file of the problem
	Span    text.Span
	Message string
}

// A Fix is one way to mend a problem.
type Fix struct {
	Title     string
	Preferred bool // surely what was meant
	Safe      bool // cannot change which server Prefect contacts, or with whose key
	Edits     []text.Edit
	File      *profiles.File // that the edits are of; nil for the file of the problem
	Remedy    Remedy         // what is to be done in place of edits
}

// A Remedy is a fix of something else than the text of Prefect's files.
type Remedy uint8

// The remedies for the file of a problem.
const (
	IgnoreInGit  Remedy = iota + 1 // a line for it in .gitignore
	RestrictMode                   // nobody but its owner may read or write it
)

// Check runs every rule that looks at one file alone over f, and returns the problems in file order, but for those that a comment
// silences.
func Check(f *profiles.File) []Problem { return suppress(f, inFileOrder(checkAll(f))) }

// checkAll is [Check] with the problems that a comment silences.
func checkAll(f *profiles.File) []Problem {
	var found []Problem
	var urlRules []*Rule
	for _, rule := range All() {
		switch {
		case rule.CheckURL != nil:
			urlRules = append(urlRules, rule)
		case rule.Check != nil:
			rule.Check(f, func(p Problem) { found = append(found, p.of(rule)) })
		}
	}
	return append(found, checkURLs(f, urlRules)...)
}

func inFileOrder(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
	return problems
}

func (p Problem) of(rule *Rule) Problem {
	p.Rule = rule
	p.Message = settings.MaskKeys(p.Message)
	for i := range p.Fixes {
		p.Fixes[i].Title = settings.MaskKeys(p.Fixes[i].Title)
	}
	if p.Severity == 0 {
		p.Severity = rule.Severity
	}
	return p
}

// given yields the entries that give a setting a value which can be judged: of all settings, or of those named.
func given(f *profiles.File, names ...string) iter.Seq[*profiles.Entry] {
	return func(yield func(*profiles.Entry) bool) {
		for i := 0; i < len(f.Entries) && len(names) == 0; i++ {
			if e := &f.Entries[i]; isGiven(e) && !yield(e) {
				return
			}
		}
		for _, name := range names {
			for _, e := range f.Giving(name) {
				if isGiven(e) && !yield(e) {
					return
				}
			}
		}
	}
}

// isGiven reports whether e gives a setting a value which can be judged.
func isGiven(e *profiles.Entry) bool {
	return e.Setting != nil && e.Value.Kind != syntax.Missing && e.Value.Kind != syntax.Bad
}

// isInterpolated reports whether the value is filled in from elsewhere when Prefect reads the file.
func isInterpolated(e *profiles.Entry) bool {
	return e.Binding != nil && strings.Contains(e.Value.Text, "${")
}

// place is where the value of e stands; where it is empty, its name, as nobody can see an empty place.
func place(e *profiles.Entry) text.Span {
	if e.Value.Span.Len() == 0 {
		return e.Key
	}
	return e.Value.Span
}
