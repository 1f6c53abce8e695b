export type Operator = '' | '+' | '#' | '.' | '/' | ';' | '?' | '&';

export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'expression'; readonly operator: Operator; readonly variables: readonly TemplateVariable[] };

export interface TemplateVariable {
  readonly name: string;
  /** 0-based offset of the name in the template. */
  readonly start: number;
}

export interface TemplateProblem {
  readonly message: string;
  /** 0-based offsets into the template. */
  readonly start: number;
  readonly end: number;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly problem: TemplateProblem };

/** Splits a URI template (RFC 6570, levels 1 to 3) and refuses what could not be matched in one way only. */
export function parseUriTemplate(text: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === '}') return refuse('A closing brace has no opening one.', at, at + 1);
    if (char !== '{') {
      plain += char;
      at += 1;
      continue;
    }
    const close = text.indexOf('}', at);
    if (close === -1) return refuse('An opening brace has no closing one.', at, text.length);
    const expression = parseExpression(text.slice(at + 1, close), at + 1);
    if ('message' in expression) return { ok: false, problem: expression };
    if (plain !== '') parts.push({ kind: 'literal', text: plain });
    plain = '';
    const problem = findClash(parts, expression);
    if (problem !== undefined) return refuse(problem, at, close + 1);
    parts.push(expression);
    at = close + 1;
  }
  if (plain !== '') parts.push({ kind: 'literal', text: plain });
  return { ok: true, parts };
}

type Expression = Extract<TemplatePart, { kind: 'expression' }>;

function parseExpression(inner: string, offset: number): Expression | TemplateProblem {
  const problem = (message: string): TemplateProblem => ({
    message,
    start: offset,
    end: offset + Math.max(1, inner.length),
  });
  const operator = operatorOf(inner);
  if (operator === undefined) return problem(`The operator "${inner[0]}" is reserved and has no meaning yet.`);
  const variables: TemplateVariable[] = [];
  let start = offset + operator.length;
  for (const name of inner.slice(operator.length).split(',')) {
    if (name === '') return problem('A variable of the template has no name.');
    if (/\*$|:\d+$/.test(name)) return problem(`The modifier in "${name}" is not supported.`);
    if (!/^[\p{L}\p{N}_.]+$/u.test(name)) return problem(`"${name}" is not the name of a variable.`);
    variables.push({ name, start });
    start += name.length + 1;
  }
  return { kind: 'expression', operator, variables };
}

function operatorOf(inner: string): Operator | undefined {
  switch (inner[0]) {
    case '+':
    case '#':
    case '.':
    case '/':
    case ';':
    case '?':
    case '&':
      return inner[0];
    case '=':
    case ',':
    case '!':
    case '@':
    case '|':
      return undefined;
    default:
      return '';
  }
}

/** Why an expression cannot follow what stands before it, or undefined. */
function findClash(before: readonly TemplatePart[], { operator, variables }: Expression): string | undefined {
  const earlier = before.filter(part => part.kind === 'expression');
  const names = earlier.flatMap(part => part.variables.map(({ name }) => name));
  const twice = variables.find(
    ({ name }, index) => names.includes(name) || variables.findIndex(v => v.name === name) < index,
  );
  if (twice !== undefined) return `The variable "${twice.name}" occurs twice.`;
  const isReserved = (part: Expression) => part.operator === '+' || part.operator === '#';
  const isQuery = operator === '?' || operator === '&';
  if (earlier.some(part => part.operator === '?' || part.operator === '&') && operator !== '#') {
    return isQuery
      ? 'A template has one query expression only; list its variables in it.'
      : 'Only a fragment may follow the query.';
  }
  if (
    (operator === '+' || operator === '#') &&
    (variables.length > 1 || (operator === '+' && earlier.some(isReserved)))
  ) {
    return 'A variable that may hold slashes must be the only one of its kind, or it is not clear where it ends.';
  }
  const last = before.at(-1);
  const isPrefixed = operator !== '' && operator !== '+';
  if (last?.kind === 'expression' && (!isPrefixed || isReserved(last))) {
    return 'Between two variables there must be some text, or it is not clear where one ends.';
  }
  return undefined;
}

function refuse(message: string, start: number, end: number): ParsedTemplate {
  return { ok: false, problem: { message, start, end } };
}
