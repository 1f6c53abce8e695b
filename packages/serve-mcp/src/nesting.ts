/**
 * Messages nested deeper are refused. Python's JSON reads less than 1,000 levels, JavaScript's writes some thousand, and what
 * a message holds is nested further on its way to a handler.
 */
export const maxNesting = 500;

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** @param json - the text of a valid JSON document */
export function isNestedTooDeep(json: string): boolean {
  // As good as all messages are too short to be.
  if (json.length < maxNesting * 2) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) at = endOfText(json, at);
    else if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    if (depth > maxNesting) return true;
  }
  return false;
}

/** Where the text that begins here ends: at a quote with an even number of backslashes before it. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let before = end - 1;
    while (json.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return json.length;
}
