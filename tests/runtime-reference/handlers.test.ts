import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPython } from './support/make-environment.ts';
import { readBlock } from './support/read-block.ts';
import { type ServedReference, serveReference, whyNotHere } from './support/serve-reference.ts';

const reason = whyNotHere();
if (reason !== undefined) process.stderr.write(`skipped, handlers of the runtime reference: ${reason}\n`);

describe.skipIf(reason !== undefined)('handlers of the runtime reference', () => {
  let reference: ServedReference;
  const call = (tool: string, args?: object): Promise<unknown> => reference.call(tool, args);
  const url = (path: string): string => `${reference.http.url}${path}`;
  const requestsTo = (path: string) => reference.http.requests.filter(request => request.path.startsWith(path));

  beforeAll(async () => {
    reference = await serveReference();
  });
  afterAll(() => reference?.close());

  test('Database Access: rows are dicts, by parameter, index and iteration', async () => {
    expect(await call('database_access', { user_id: 2 })).toEqual({
      first: { id: 2, name: 'Grace' },
      results: [{ id: 2, name: 'Grace' }],
    });
    expect(await call('database_access', { user_id: 3 })).toEqual({ first: null, results: [] });
    expect(reference.server.stderr()).toMatch(/Grace\n/);
  });

  test('Configuration & Secrets: secrets, settings and whole files, already while the module loads', async () => {
    expect(await call('configuration')).toEqual({
      api_key: 'value-of-api-key',
      token: 'token-of-service',
      headers: { 'X-Team': 'flowers' },
      project_name: 'reference',
      debug_mode: false,
      site_project: 'reference',
      secrets: ['api_key', 'api_service', 'external_api', 'api_token', 'stripe', 'graphql_api', 'redis'],
    });
  });

  test('Lifecycle Hooks: the client of on_init is there for calls', async () => {
    expect(await call('lifecycle_client')).toEqual({ type: 'Client', is_closed: false });
    expect(reference.server.stderr()).toMatch(/Client initialized\n/);
  });

  test('Async Functions: aiohttp fetches at the same time, in the order of the list', async () => {
    const group = randomUUID();
    const urls = [1, 2, 3].map(number => url(`/together?of=3&number=${number}&group=${group}`));
    expect(await call('fetch_data', { urls })).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });

  test('Return Types: an array, an object, a scalar', async () => {
    expect(await call('list_items')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await call('get_stats')).toEqual({ total: 100, active: 75 });
    expect(await call('count_items')).toBe(42);
  });

  test('Shared Modules: a tool imports from a folder below python', async () => {
    expect(await call('process_user', { email: 'ada@example.com' })).toEqual({ status: 'ok' });
    expect(await call('process_user', { email: 'ada' })).toEqual({ error: 'Invalid email' });
  });

  test('Error Handling: dicts with an error are results', async () => {
    expect(await call('safe_divide', { a: 1, b: 4 })).toEqual({ result: 0.25 });
    expect(await call('safe_divide', { a: 1, b: 0 })).toEqual({ error: 'Division by zero' });
  });

  test('External API Integration: the cached value is the value itself; one request an hour', async () => {
    const param = randomUUID();
    const answer = { q: param, key: 'key-of-external-api', parts: [1, { deep: true }] };
    expect(await call('call_external_api', { param })).toEqual(answer);
    expect(await call('call_external_api', { param })).toEqual(answer);
    expect(requestsTo(`/data?q=${param}`)).toHaveLength(1);
    await call('age_cache', { key: param });
    expect(await call('call_external_api', { param })).toEqual(answer);
    expect(requestsTo(`/data?q=${param}`)).toHaveLength(2);
  });

  test('Dependency Management: the packages that run here are of versions that the document asks for', () => {
    expect(comparedWithRequirements()).toEqual([
      ['requests', true],
      ['httpx', true],
      ['aiohttp', true],
      ['pandas', true],
      ['numpy', true],
      ['scikit-learn', true],
      ['stripe', true],
      ['redis', true],
    ]);
  });

  test('Error Handling for Library Wrappers: a library that is not installed', async () => {
    expect(await call('safe_library_call', { param: 'x' })).toEqual({
      error: 'Library not installed',
      message: "No module named 'some_library'",
      fix: 'Run: pip install some_library',
    });
  });

  test('Error Handling for Library Wrappers: a library that was installed meanwhile, and raises', async () => {
    writeFileSync(
      join(reference.sitePackages, 'some_library.py'),
      `class SpecificError(Exception): pass
def do_something(param):
    if param == "specific": raise SpecificError("This is specific.")
    return {"done": 1 / len(param)}
`,
    );
    expect(await call('safe_library_call', { param: 'ab' })).toEqual({ success: true, result: { done: 0.5 } });
    expect(await call('safe_library_call', { param: 'specific' })).toEqual({
      error: 'Library-specific error',
      message: 'This is specific.',
      type: 'SpecificError',
    });
    expect(await call('safe_library_call', { param: '' })).toEqual({
      error: 'Unexpected error',
      message: 'division by zero',
      type: 'ZeroDivisionError',
    });
  });

  test('Plugin System: plug-ins are modules of the folder plugins; their functions are there in SQL', async () => {
    expect(await call('accessed_plugins')).toEqual({
      result: 'of the plug-in',
      available: ['my_custom_plugin', 'my_plugin', 'text_processing'],
    });
    expect(await call('use_custom_function', { data: '  Red   TULIP ' })).toEqual({ normalized: 'red tulip' });
    expect(await call('custom_upper', { value: 'tulip' })).toBe('TULIP');
  });
});

/** The packages of the block that the other blocks import, and whether the installed version is high enough. */
function comparedWithRequirements(): unknown {
  const script = `
import json, re, sys
from importlib.metadata import version
numbers = lambda text: [int(part) for part in re.findall(r"\\d+", text)]
unused = {"openpyxl", "twilio", "sendgrid", "psycopg2-binary", "pillow", "beautifulsoup4", "lxml"}
wanted = re.findall(r"^([\\w-]+)>=([\\d.]+)", sys.argv[1], re.M)
print(json.dumps([[name, numbers(version(name)) >= numbers(least)] for name, least in wanted if name not in unused]))
`;
  return JSON.parse(runPython(script, [readBlock('requirements.txt')]));
}
