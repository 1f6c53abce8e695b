/** One piece of a text that may hold references. Offsets are into that text. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      /** What stands behind `:-`. */
      readonly fallback: string | undefined;
      /** What stands behind `:?`. */
      readonly message: string | undefined;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'malformed'; readonly reason: string; readonly start: number; readonly end: number };

/** Splits a text into plain stretches and `${…}` references, in one pass; `$${` gives a plain `${`. */
export function scanReferences(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('$${', at)) {
      plain += '${';
      at += 3;
      continue;
    }
    const piece = text.startsWith('${', at) ? referenceAt(text, at) : undefined;
    if (piece === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
    pieces.push(piece);
    at = piece.end;
  }
  if (plain !== '') pieces.push({ kind: 'text', text: plain });
  return pieces;
}

/** Schemes that plug-ins read. */
export type SourceScheme = 'vault' | 'op';

/** The scheme that decides about a whole value, or undefined: it counts at the very beginning only. */
export function findScheme(text: string): 'file' | SourceScheme | undefined {
  const found = /^(file|vault|op):\/\//.exec(text)?.[1];
  return found === 'file' || found === 'vault' || found === 'op' ? found : undefined;
}

/** Whether resolving would change the text, or could fail. */
export function hasReference(text: string): boolean {
  return findScheme(text) !== undefined || text.includes('${');
}

type Reference = Exclude<Piece, { kind: 'text' }>;

/** What is not written like a reference at all (`${NO-PE}`) is plain text, as it always was. */
function referenceAt(text: string, start: number): Reference | undefined {
  const head = /^\$\{([A-Za-z0-9_]+)(\}|:)/.exec(text.slice(start, start + 300));
  const name = head?.[1];
  if (head === null || name === undefined) return undefined;
  const after = start + head[0].length;
  if (head[2] === '}') return { kind: 'variable', name, fallback: undefined, message: undefined, start, end: after };
  const close = text.indexOf('}', after);
  if (close === -1) return { kind: 'malformed', reason: 'has no closing brace', start, end: text.length };
  const operator = text[after];
  const rest = text.slice(after + 1, close);
  const end = close + 1;
  if (rest.includes('${')) return { kind: 'malformed', reason: 'holds another one', start, end };
  if (operator === '-') return { kind: 'variable', name, fallback: rest, message: undefined, start, end };
  if (operator === '?') return { kind: 'variable', name, fallback: undefined, message: rest, start, end };
  return { kind: 'malformed', reason: 'has neither :- nor :? behind its name', start, end };
}
