type Members = Readonly<Record<string, unknown>>;

/** The ids of the requests in a body, as far as it is JSON. */
export function idsOf(body: Buffer | string | undefined): ReadonlySet<string | number> {
  let value: unknown;
  try {
    // White space, which includes a byte order mark here, is no part of a line over stdio.
    value = JSON.parse(String(body).trim());
  } catch {
    return new Set();
  }
  const messages: readonly unknown[] = Array.isArray(value) ? value : [value];
  return new Set(
    messages
      .filter(isMembers)
      .map(({ id }) => id)
      .filter(isId),
  );
}

/** What is wrong with something that the server said as a message, or as several in a list. */
export function checkMessage(value: unknown, ids: ReadonlySet<string | number>): readonly string[] {
  if (Array.isArray(value))
    return value.length === 0 ? ['An answer is an empty list.'] : value.flatMap(each => checkMessage(each, ids));
  if (!isMembers(value) || value['jsonrpc'] !== '2.0') return ['An answer is no message of JSON-RPC 2.0.'];
  if ('method' in value) return checkAsked(value);
  const kinds = ['result', 'error'].filter(name => name in value);
  if (kinds.length !== 1)
    return [`An answer has ${kinds.length === 0 ? 'neither result nor error' : 'result and error'}.`];
  const problems = checkId(value['id'], ids, kinds[0] === 'error');
  return kinds[0] === 'error'
    ? [...problems, ...checkError(value['error'])]
    : [...problems, ...checkResult(value['result'])];
}

/** What the server says on its own. */
function checkAsked({ method, params, result, error }: Members): readonly string[] {
  if (typeof method !== 'string' || result !== undefined || error !== undefined)
    return ['A message of the server is malformed.'];
  return params === undefined || isMembers(params) ? [] : ['The params of a message of the server are no mapping.'];
}

function checkId(id: unknown, ids: ReadonlySet<string | number>, isError: boolean): readonly string[] {
  if (id === null || id === undefined) return isError ? [] : ['A result has no id.'];
  return isId(id) && ids.has(id) ? [] : [`An answer has the id ${JSON.stringify(id)}, which nobody sent.`];
}

function checkResult(result: unknown): readonly string[] {
  return isMembers(result) ? [] : ['A result is no mapping.'];
}

function checkError(error: unknown): readonly string[] {
  if (!isMembers(error)) return ['An error is no mapping.'];
  const { code, message } = error;
  if (typeof code !== 'number' || !Number.isInteger(code)) return ['An error has no code.'];
  if (typeof message !== 'string' || message === '') return ['An error has no message.'];
  return /^Internal\b/i.test(message) ? [`The server has a defect: ${message}`] : [];
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' || typeof id === 'number';
}
