import type { TemplatePart } from './parse-uri-template.ts';

/** Whether some URI matches both templates, by walking both at once. Queries may be empty, so they do not tell templates apart. */
export function canOverlap(a: readonly TemplatePart[], b: readonly TemplatePart[]): boolean {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  if (!haveSameEdges(left, right)) return false;
  const width = right.length + 1;
  const seen = new Set<number>();
  const queue: [number, number][] = [[0, 0]];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const [i, j] = state;
    if (i === left.length && j === right.length) return true;
    if (seen.has(i * width + j)) continue;
    seen.add(i * width + j);
    const [first, second] = [left[i], right[j]];
    if (first?.repeats === true) queue.push([i + 1, j]);
    if (second?.repeats === true) queue.push([i, j + 1]);
    if (first === undefined || second === undefined || !canShare(first, second)) continue;
    queue.push([first.repeats ? i : i + 1, second.repeats ? j : j + 1]);
  }
  return false;
}

/** One character of a URI: this very one, any within a segment, or any at all; `repeats` allows none or many. */
interface Token {
  readonly char: string | 'segment' | 'any';
  readonly repeats: boolean;
}

function tokensOf(parts: readonly TemplatePart[]): readonly Token[] {
  return parts.flatMap(part => (part.kind === 'literal' ? literalTokens(part.text) : expressionTokens(part)));
}

function literalTokens(text: string): Token[] {
  return text.split('').map(char => ({ char, repeats: false }));
}

function expressionTokens({ operator, variables }: Extract<TemplatePart, { kind: 'expression' }>): Token[] {
  if (operator === '?' || operator === '&') return [];
  const wide = operator === '+' || operator === '#';
  const value: Token[] = [
    { char: wide ? 'any' : 'segment', repeats: false },
    { char: wide ? 'any' : 'segment', repeats: true },
  ];
  const separator = operator === '' || wide ? ',' : operator;
  const prefix = operator === '' || operator === '+' ? '' : operator;
  return variables.flatMap(({ name }, index) => [
    ...literalTokens((index === 0 ? prefix : separator) + (operator === ';' ? `${name}=` : '')),
    ...value,
  ]);
}

function canShare(a: Token, b: Token): boolean {
  if (a.char.length === 1 && b.char.length === 1) return a.char === b.char;
  if (a.char.length > 1 && b.char.length > 1) return true;
  const [char, kind] = a.char.length === 1 ? [a.char, b.char] : [b.char, a.char];
  return kind === 'any' || !'/?#'.includes(char);
}

/** Most pairs differ in their fixed beginning or end. */
function haveSameEdges(a: readonly Token[], b: readonly Token[]): boolean {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const [first, second] = [a[i], b[i]];
    if (first === undefined || second === undefined || first.char.length > 1 || second.char.length > 1) break;
    if (first.char !== second.char) return false;
  }
  for (let i = 1; i <= a.length && i <= b.length; i += 1) {
    const [first, second] = [a.at(-i), b.at(-i)];
    if (first === undefined || second === undefined || first.char.length > 1 || second.char.length > 1) break;
    if (first.char !== second.char) return false;
  }
  return true;
}
