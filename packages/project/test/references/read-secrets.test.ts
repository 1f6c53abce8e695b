// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are written like this
import { definePlugin, type Plugin, type SecretReader } from '@mxcp-ts/plugin-api';
import { expect, test } from 'vitest';
import { findingsOf, projectFolder } from '../project-folder.ts';

interface Shelf {
  readonly plugin: Plugin;
  /** What was done, in order. */
  readonly log: readonly string[];
}

/** A plug-in whose `vault://` references are read from a map; everything else as a third party would write it. */
function shelf(values: Readonly<Record<string, unknown>>, read?: SecretReader['read']): Shelf {
  const log: string[] = [];
  const fromValues: SecretReader['read'] = async reference =>
    reference in values
      ? { ok: true, value: values[reference] }
      : { ok: false, scope: 'reference', message: `There is no ${reference}.`, hint: 'Look on the shelf.' };
  const plugin = definePlugin({
    name: 'shelf',
    apiVersion: 1,
    secretSources: [
      {
        scheme: 'vault',
        check: reference => (reference.includes('#') ? undefined : { message: 'It has no key.', hint: 'Add a #.' }),
        open: ({ settings, env }) => {
          log.push(`open ${JSON.stringify(settings)} ${Object.keys(env).join()}`);
          if (settings['address'] === 'bad') return { ok: false, problems: [{ message: 'Bad.', setting: 'address' }] };
          const reader: SecretReader = {
            read: async (reference, options) => {
              log.push(`read ${reference}`);
              return await (read ?? fromValues)(reference, options);
            },
            close: () => void log.push('close'),
          };
          return { ok: true, reader };
        },
      },
    ],
  });
  return { plugin, log };
}

const user = (parameters: string, vault = '{enabled: true, address: "https://v"}') =>
  `mxcp: 1\nvault: ${vault}\nprojects:\n  demo:\n    profiles:\n      dev: {secrets: [{name: a, type: t, parameters: ${parameters}}]}\n      prod: {secrets: [{name: a, type: t, parameters: {x: "vault://prod#k"}}]}\n  other: {profiles: {dev: {secrets: [{name: a, type: t, parameters: {x: "vault://other#k"}}]}}}\n`;

test('reads each reference of the active profile once, in both files, and hands on JSON values', async () => {
  const { plugin, log } = shelf({
    'db#pw': 'secret',
    'db#port': 8123,
    'db#tags': ['a', { b: false }],
    'db#path': 'shop.duckdb',
  });
  const { load, root } = projectFolder({
    'mxcp-site.yml':
      'project: demo\nprofile: dev\nprofiles: {dev: {duckdb: {path: "vault://db#path"}}, prod: {duckdb: {path: "vault://never#read"}}}\n',
    '~/.mxcp/config.yml': `${user('{p: "vault://db#pw", again: ["vault://${DB}#pw"], tags: "vault://db#tags"}', '{enabled: true, address: "${ADDRESS}"}')}transport: {http: {port: "vault://db#port"}}\n`,
  });
  const { project, diagnostics } = await load({
    importPlugin: async () => plugin,
    env: { DB: 'db', ADDRESS: 'https://v' },
  });
  expect(diagnostics).toEqual([]);
  expect(project?.config.secrets).toEqual([
    { name: 'a', type: 't', parameters: { p: 'secret', again: ['secret'], tags: ['a', { b: false }] } },
  ]);
  expect(project?.config.transport.http.port).toBe(8123);
  expect(project?.config.database.path).toBe(`${root}/shop.duckdb`);
  expect(log).toEqual([
    'open {"enabled":true,"address":"https://v"} DB,ADDRESS',
    'read db#path',
    'read db#pw',
    'read db#tags',
    'read db#port',
    'close',
  ]);
});

test('loads no plug-in when the active profile has no reference for it', async () => {
  const asked: string[] = [];
  const { load } = projectFolder({ '~/.mxcp/config.yml': user('{x: "${A:-plain}"}') });
  const { diagnostics } = await load({
    importPlugin: async name => {
      asked.push(name);
      return undefined;
    },
  });
  expect({ asked, diagnostics }).toEqual({ asked: [], diagnostics: [] });
});

const twice = '{x: "vault://a#k", y: "vault://b#k", z: "vault://a#k"}';

test.each([
  {
    title: 'what the plug-in has against a reference, without a network',
    config: user('{x: "vault://db"}'),
    findings: ['~/.mxcp/config.yml:6:59 error reference/bad-syntax It has no key. hint: Add a #.'],
  },
  {
    title: 'a secret that is not there, wherever it is named',
    config: user(twice),
    values: { 'b#k': 'there' },
    findings: [
      '~/.mxcp/config.yml:6:59 error reference/unreadable-secret There is no a#k. hint: Look on the shelf.',
      '~/.mxcp/config.yml:6:95 error reference/unreadable-secret There is no a#k. hint: Look on the shelf.',
    ],
  },
  {
    title: 'a broken source once',
    config: user(twice),
    read: async () => ({ ok: false, scope: 'source', message: 'The shelf fell.' }) as const,
    findings: ['~/.mxcp/config.yml:6:59 error reference/source-unavailable The shelf fell.'],
  },
  {
    title: 'a source that does not answer in time',
    config: user(twice, '{enabled: true, timeout: 50ms}'),
    read: () => new Promise<never>(() => undefined),
    findings: [
      '~/.mxcp/config.yml:6:59 error reference/source-unavailable The plug-in secrets-vault had no answer after 0.05 seconds. hint: Check that the server can be reached, or set a longer `timeout`.',
    ],
  },
  {
    title: 'a plug-in that throws, without its text, which may hold anything',
    config: user('{x: "vault://a#k"}'),
    read: async () => {
      throw new Error('token hunter2');
    },
    findings: [
      '~/.mxcp/config.yml:6:59 error reference/source-unavailable The plug-in secrets-vault broke off with an error of its own.',
    ],
  },
  {
    title: 'a setting of the source where it stands',
    config: user('{x: "vault://a#k"}', '{enabled: true, address: bad}'),
    findings: ['~/.mxcp/config.yml:2:24 error reference/source-unavailable Bad.'],
  },
  {
    title: 'a source that is not switched on',
    config: user('{x: "vault://a#k"}', '{enabled: false}'),
    findings: [
      '~/.mxcp/config.yml:6:59 error reference/missing-plugin References with vault:// need the plug-in secrets-vault, which is not switched on. hint: Add to the user config: vault: {enabled: true, address: "https://vault.example.com:8200"}.',
    ],
  },
  {
    title: 'an unset variable in the settings of the source, and nothing about the source itself',
    config: user('{x: "vault://a#k"}', '{enabled: true, address: "${NOPE}"}'),
    findings: [
      '~/.mxcp/config.yml:2:34 error reference/unset-variable The environment variable NOPE is not set. hint: Set it, or give a default: ${NOPE:-…}.',
    ],
  },
  {
    title: 'a reference in what is needed to read references',
    config: user('{x: plain}', '{enabled: true, address: "vault://a#k"}'),
    findings: [
      '~/.mxcp/config.yml:2:34 error reference/bad-syntax A reference with vault:// cannot stand here: this has to be known before secrets are read. hint: Use ${NAME} or file://.',
    ],
  },
  {
    title: 'a secret of the wrong type without its value',
    config: 'mxcp: 1\nvault: {enabled: true}\ntransport: {http: "vault://a#k"}\n',
    values: { 'a#k': { port: 'hunter2' } },
    findings: ['~/.mxcp/config.yml:3:19 error project/wrong-type'],
    isStart: true,
  },
])('reports $title', async ({ config, values = {}, read, findings, isStart }) => {
  const { plugin } = shelf(values, read);
  const found = await findingsOf({ '~/.mxcp/config.yml': config }, { importPlugin: async () => plugin });
  expect(found.map((line, index) => (isStart ? line.slice(0, findings[index]?.length) : line))).toEqual(findings);
  expect(found.join()).not.toContain('hunter2');
});

test.each([
  [
    { name: 'shelf', apiVersion: 2, secretSources: [] },
    'The plug-in shelf is written for version 2 of the plug-in interface; this is version 1.',
  ],
  [
    { name: 'shelf', apiVersion: 1, secretSources: [] },
    'The plug-in secrets-vault does not read references with vault://.',
  ],
])('refuses the plug-in %j', async (plugin, message) => {
  const config = user('{x: "vault://a#k"}');
  expect(await findingsOf({ '~/.mxcp/config.yml': config }, { importPlugin: async () => plugin })).toEqual([
    `~/.mxcp/config.yml:6:59 error reference/missing-plugin ${message}`,
  ]);
});

test('reads at most eight secrets at a time', async () => {
  let running = 0;
  let most = 0;
  const { plugin } = shelf({}, async reference => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(resolve => setTimeout(resolve, 5));
    running -= 1;
    return { ok: true, value: reference };
  });
  const names = Array.from({ length: 20 }, (_, index) => `k${index}`);
  const { load } = projectFolder({
    '~/.mxcp/config.yml': user(`{${names.map(name => `${name}: "vault://a#${name}"`).join(', ')}}`),
  });
  const { project } = await load({ importPlugin: async () => plugin });
  expect(project?.config.secrets[0]?.parameters).toEqual(Object.fromEntries(names.map(name => [name, `a#${name}`])));
  expect(most).toBe(8);
});
