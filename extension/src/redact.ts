type Rule = readonly [pattern: RegExp, replacement: string];

// A whole word. It is taken at once, since text that may be as long as a file must not be tried from each of its letters.
const secretName = String.raw`(?<!\w)(?=\w*(?:API_?KEY|AUTH_STRING|PASSWORD))(?=(?<name>\w+))\k<name>`;

// A value after a name: in escaped quotes (it stands in a JSON string), in double or single quotes, or bare to the end of its line.
const value = String.raw`(?:\\"(?:(?!\\").)*(?:\\")?|"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"'\\][^"\\\n]*)`;

const rules: readonly Rule[] = [
  // Prefect Cloud's keys, by their shape. The last four characters tell one key from another; of a short one they are too much.
  [/\b(p(?:nu|nb|cu)_)\w{8,}(\w{4})\b/g, "$1****$2"],
  [/\b(p(?:nu|nb|cu)_)\w+/g, "$1****"],
  // NAME=value, NAME = "value"
  [new RegExp(String.raw`(${secretName}\s*=\s*)${value}`, "gi"), "$1****"],
  // "name": "value"
  [
    new RegExp(String.raw`("${secretName}"\s*:\s*")(?:[^"\\]|\\.)+`, "gi"),
    "$1****",
  ],
  // scheme://user:value@host
  [/(:\/\/[^\s:@/"']*:)[^\s@/"']+@/g, "$1****@"],
];

// The text of a file in a message about an opened or edited one. Not masked but left out: a key that is typed comes letter by
// letter, and no letter looks like a key.
const fileText = /"text"(\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

// What a person typed for the server, which may be a key of any shape.
const typed =
  /^(Sending response 'prefect\/input[^]*?"value"\s*:\s*")(?:[^"\\]|\\.)*/;

// The variables of terminals, of which any may be a secret.
const variables =
  /("(?:workspaceE|e)nvironment"\s*:\s*\{)(?:"(?:[^"\\]|\\.)*"|[^"{}])*/g;

/** `text` without keys, passwords, the text of files, what was typed and what terminals get. */
export function redact(text: string): string {
  const withoutTyped = text.replace(typed, "$1****").replace(variables, "$1");
  const withoutFiles = withoutTyped.replace(
    fileText,
    (_, colon: string, content: string) =>
      `"text"${colon}"<${content.length} characters>"`,
  );
  return rules.reduce(
    (redacted, [pattern, replacement]) =>
      redacted.replace(pattern, replacement),
    withoutFiles,
  );
}
