// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are written like this
import { dirname, join } from 'node:path';
import { formatPretty } from '@mxcp-ts/diagnostics';
import { describe, expect, test } from 'vitest';
import { findingsOf, projectFolder } from './project-folder.ts';

const user = (profile: string, rest = '') => `projects:\n  demo:\n    profiles:\n      dev:\n${profile}${rest}`;

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly findings: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'an old site file',
    files: { 'mxcp-site.yml': 'mxcp: "1"\nproject: demo\nprofile: dev\n' },
    findings: [
      'mxcp-site.yml:1:7 error project/legacy-version The version "1" belongs to an old format. hint: Write `mxcp: 1` without quotes, and put tools, resources and prompts into folders of those names.',
    ],
  },
  {
    title: 'a site file without project and profile',
    files: { 'mxcp-site.yml': 'mxcp: 1\n' },
    findings: [
      'mxcp-site.yml:1:1 error project/missing-field The field "project" is missing.',
      'mxcp-site.yml:1:1 error project/missing-field The field "profile" is missing.',
    ],
  },
  {
    title: 'an empty site file',
    files: { 'mxcp-site.yml': '' },
    findings: [
      'mxcp-site.yml:1:1 error project/missing-field The field "project" is missing.',
      'mxcp-site.yml:1:1 error project/missing-field The field "profile" is missing.',
    ],
  },
  {
    title: 'a site file that is a list',
    files: { 'mxcp-site.yml': '- a' },
    findings: ['mxcp-site.yml:1:1 error project/not-a-mapping The file must hold a mapping.'],
  },
  {
    title: 'unknown keys at every level of a site file',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\npath: {}\npaths: {tool: x}\nprofiles:\n  dev:\n    duckdb: {pth: x}\n',
    },
    findings: [
      'mxcp-site.yml:3:1 error project/unknown-field "path" is not a field here. hint: Did you mean "paths"?',
      'mxcp-site.yml:4:9 error project/unknown-field "tool" is not a field here. hint: Did you mean "tools"?',
      'mxcp-site.yml:7:14 error project/unknown-field "pth" is not a field here. hint: Did you mean "path"?',
    ],
  },
  {
    title: 'nothing about empty blocks',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\npaths:\nsql_tools:\ndbt:\nsecrets:\nprofiles:\n  dev:\n  prod:\n    duckdb:\n',
      '~/.mxcp/config.yml': 'mxcp: 1\nprojects:\n  demo:\n    profiles:\n      dev:\ntransport:\nlogging:\nvault:\n',
    },
    findings: [],
  },
  {
    title: 'a port out of range',
    files: { '~/.mxcp/config.yml': 'transport: {http: {port: -5}}' },
    findings: ['~/.mxcp/config.yml:1:26 error config/bad-number "port" must be at least 0.'],
  },
  {
    title: 'an unknown word of the user config',
    files: { '~/.mxcp/config.yml': 'logging:\n  level: info\n' },
    findings: [
      '~/.mxcp/config.yml:2:10 error project/wrong-value "info" is not a value of "level". hint: Did you mean "INFO"?',
    ],
  },
  {
    title: 'a wrong value that came from a variable, without printing it',
    files: { '~/.mxcp/config.yml': 'logging:\n  level: ${LEVEL}\ntransport: {http: {port: "${PORT}"}}\n' },
    env: { LEVEL: 'hunter2', PORT: 'hunter3' },
    findings: [
      '~/.mxcp/config.yml:2:10 error project/wrong-value What stands here is not a value of "level". hint: Use one of DEBUG, INFO, WARNING, ERROR, CRITICAL.',
      '~/.mxcp/config.yml:3:26 error project/wrong-type "port" must be a whole number, not a text.',
    ],
  },
  {
    title: 'an unset variable at its place in the text',
    files: {
      '~/.mxcp/config.yml': user('        secrets:\n          - {name: a, type: s3, parameters: {k: "x-${NOPE}-y"}}\n'),
    },
    findings: [
      '~/.mxcp/config.yml:6:52 error reference/unset-variable The environment variable NOPE is not set. hint: Set it, or give a default: ${NOPE:-…}.',
    ],
  },
  {
    title: 'nothing about variables of other profiles and projects',
    files: {
      '~/.mxcp/config.yml': user(
        '        secrets: []\n',
        '      prod:\n        secrets: [{name: a, type: b, parameters: {k: "${NOPE}"}}]\n        telemetry: {enabled: "${NOPE}"}\n  other: {profiles: {dev: {secrets: [{name: a, type: b, parameters: {k: "vault://x#y"}}]}}}\n',
      ),
    },
    findings: [],
  },
  {
    title: 'a message of the author',
    files: { '~/.mxcp/config.yml': 'transport: {http: {host: "${HOST_NAME:?Set it to the public name.}"}}' },
    findings: [
      '~/.mxcp/config.yml:1:27 error reference/unset-variable The environment variable HOST_NAME is not set. hint: Set it to the public name.',
    ],
  },
  {
    title: 'references that cannot be read',
    files: { '~/.mxcp/config.yml': 'transport:\n  http:\n    host: "${A:b}"\n    base_url: "${A:-${B}}"\n' },
    findings: [
      '~/.mxcp/config.yml:3:12 error reference/bad-syntax The reference has neither :- nor :? behind its name. hint: Write ${NAME}, ${NAME:-default} or ${NAME:?message}; $${ is a plain ${.',
      '~/.mxcp/config.yml:4:16 error reference/bad-syntax The reference holds another one. hint: Write ${NAME}, ${NAME:-default} or ${NAME:?message}; $${ is a plain ${.',
    ],
  },
  {
    title: 'plug-ins that references need',
    files: {
      '~/.mxcp/config.yml': user(
        '        secrets:\n          - {name: a, type: t, parameters: {x: "vault://db#pw", y: "op://v/i/f"}}\n',
      ),
    },
    findings: [
      '~/.mxcp/config.yml:6:49 error reference/missing-plugin References with vault:// need the plug-in secrets-vault, which is not switched on. hint: Add to the user config: vault: {enabled: true, address: "https://vault.example.com:8200"}.',
      '~/.mxcp/config.yml:6:69 error reference/missing-plugin References with op:// need the plug-in secrets-onepassword, which is not switched on. hint: Add to the user config: onepassword: {enabled: true, connect_host: "http://localhost:8080"}.',
    ],
  },
  {
    title: 'a referenced file that is missing',
    files: { '~/.mxcp/config.yml': 'transport: {http: {host: "file://nope"}}' },
    findings: [
      '~/.mxcp/config.yml:1:27 error reference/file The referenced file does not exist. hint: The path is relative to the folder of this file.',
    ],
  },
  {
    title: 'variables in the site file',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\nprofiles:\n  dev: {duckdb: {path: "${DB}"}}\n  prod: {duckdb: {path: "${OTHER}"}}\n',
    },
    findings: [
      'mxcp-site.yml:4:25 error reference/unset-variable The environment variable DB is not set. hint: Set it, or give a default: ${DB:-…}.',
    ],
  },
  {
    title: 'a profile that no file has',
    files: { 'mxcp-site.yml': 'project: demo\nprofile: dev\nprofiles: {prod: {}}\n' },
    profile: 'prd',
    findings: [
      'error config/profile-not-found --profile names the profile "prd", which no file defines. hint: Did you mean "prod"?',
    ],
  },
  {
    title: 'a profile of the environment that no file has',
    files: {},
    env: { MXCP_PROFILE: 'x' },
    findings: [
      'error config/profile-not-found MXCP_PROFILE names the profile "x", which no file defines. hint: Known profiles: dev.',
    ],
  },
  {
    title: 'a misspelt profile of the site file',
    files: { 'mxcp-site.yml': 'project: demo\nprofile: lapto\nprofiles: {laptop: {}}\n' },
    findings: [
      'mxcp-site.yml:2:10 error config/profile-not-found The site file names the profile "lapto", which no file defines. hint: Did you mean "laptop"?',
    ],
  },
  {
    title: 'nothing about a profile that only the site file names',
    files: { 'mxcp-site.yml': 'project: demo\nprofile: default\nprofiles: {prod: {}}\n' },
    findings: [],
  },
  {
    title: 'nothing about a profile that only the user config has',
    files: { '~/.mxcp/config.yml': user('', '      stage: {}\n') },
    profile: 'stage',
    findings: [],
  },
  {
    title: 'secrets that are declared and not configured',
    files: {
      'mxcp-site.yml': 'project: demo\nprofile: dev\nsecrets:\n  - bucket\n  - api\n',
      '~/.mxcp/config.yml': user('        secrets: [{name: buckets, type: s3}]\n'),
    },
    findings: [
      'mxcp-site.yml:4:5 error reference/secret-missing The secret "bucket" is not configured for the profile "dev". hint: Did you mean "buckets"?',
      'mxcp-site.yml:5:5 error reference/secret-missing The secret "api" is not configured for the profile "dev". hint: Add it to projects.demo.profiles.dev.secrets of the user config.',
    ],
  },
  {
    title: 'a user config that is not there',
    files: {},
    env: { MXCP_CONFIG: '/nowhere/config.yml' },
    findings: [
      'error config/bad-path MXCP_CONFIG names /nowhere/config.yml, which does not exist. hint: Correct the variable, or unset it.',
    ],
  },
  {
    title: 'authentication, audit and telemetry that are not there yet',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\nprofiles:\n  dev: {audit: {enabled: yes}}\n  prod: {audit: {enabled: true}}\n',
      '~/.mxcp/config.yml': user(
        '        auth: {provider: github}\n        telemetry: {enabled: true}\n',
        '      prod: {auth: {provider: google}}\n',
      ),
    },
    findings: [
      '~/.mxcp/config.yml:5:26 error plan/not-enforced-yet This version cannot authenticate users, so it does not serve this profile. hint: Use `provider: none` to serve without authentication.',
      '~/.mxcp/config.yml:6:30 warning plan/not-active-yet This version sends no telemetry.',
      'mxcp-site.yml:4:26 warning plan/not-active-yet This version writes no audit log.',
    ],
  },
  {
    title: 'plug-ins with settings that are not there, or with the same name',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\nplugin:\n  - {name: a, module: b, config: geo}\n  - {name: a, module: c, config: gio}\n',
      '~/.mxcp/config.yml': user('        plugin: {config: {geo: {precision: "7"}}}\n'),
    },
    findings: [
      'mxcp-site.yml:5:12 error project/duplicate-name Two plug-ins are named "a".',
      'mxcp-site.yml:5:34 error config/unknown-plugin-settings The user config has no plug-in settings named "gio". hint: Did you mean "geo"?',
    ],
  },
  {
    title: 'setup files',
    files: {
      'mxcp-site.yml':
        'project: demo\nprofile: dev\nduckdb:\n  setup:\n    - sql/*.sql\n    - nope/*.sql\n    - missing.sql\n    - ../home/x.sql\n',
      'sql/b.sql': 'b',
      'sql/a.sql': 'a',
      '~/x.sql': '',
    },
    findings: [
      'mxcp-site.yml:6:7 error plan/setup-file No file fits nope/*.sql.',
      'mxcp-site.yml:7:7 error plan/setup-file The setup file missing.sql does not exist.',
      'mxcp-site.yml:8:7 error plan/setup-file The setup file ../home/x.sql lies outside the project. hint: Move the file into the project folder.',
    ],
  },
];

describe('configuration', () => {
  test.each(cases)('reports $title', async ({ files, findings, env = {}, profile }) => {
    const actual = await findingsOf(files, { env, ...(profile !== undefined && { profile }) });
    expect(actual).toEqual(findings);
  });
});

test('takes every setting of the active profile, and paths from the file that says them', async () => {
  const { root, load } = projectFolder({
    'mxcp-site.yml': `project: demo
profile: dev
secrets: api
strict_secrets: "\${STRICT:-yes}"
extensions: httpfs
duckdb: {setup: sql/**/*.sql, settings: {threads: 2, memory_limit: 1GB}}
python: {interpreter: .venv/bin/python}
paths: {data: ~/data, python: py}
profiles:
  dev: {duckdb: {path: dev.duckdb}}
  prod: {duckdb: {path: "~/\${DB}.duckdb", readonly: "true", settings: {threads: "4"}}}
`,
    'sql/2.sql': 'two',
    'sql/deep/1.sql': 'one',
    '~/.mxcp/config.yml': `transport:
  provider: stdio
  http: {port: "\${PORT}", stateless: 1, allowed_hosts: a.test, session_idle_timeout: 90, base_url: "https://x.test/"}
logging: {path: log/mxcp.log, level: INFO}
projects:
  demo:
    profiles:
      prod:
        secrets:
          - {name: api, type: custom, parameters: {token: "\${TOKEN}", n: 1, deep: [a, {b: "$\${x}"}]}}
          - {name: other, type: s3}
`,
  });
  const home = join(dirname(root), 'home');
  const env = { PORT: '9000', TOKEN: 'tok', DB: 'live' };
  const { project, diagnostics } = await load({ env, profile: 'prod' });
  expect(diagnostics).toEqual([]);
  const { database, userConfig, siteConfig: _, ...config } = project?.config ?? {};
  expect(config).toEqual({
    project: 'demo',
    profile: 'prod',
    secrets: [{ name: 'api', type: 'custom', parameters: { token: 'tok', n: 1, deep: ['a', { b: '${x}' }] } }],
    transport: {
      provider: 'stdio',
      http: {
        host: 'localhost',
        port: 9000,
        scheme: 'auto',
        baseUrl: 'https://x.test',
        trustProxy: false,
        isStateless: true,
        allowedHosts: ['a.test'],
        allowedOrigins: [],
        allowUnauthenticated: false,
        sessionIdleTimeoutMs: 90_000,
        maxSessions: 1_000,
        stateSecret: undefined,
      },
    },
    mcp: {
      title: undefined,
      description: undefined,
      websiteUrl: undefined,
      icons: [],
      instructions: undefined,
      pageSize: 1_000,
      listTtlMs: 60_000,
      tasks: { ttlMs: 3_600_000, maxTasks: 1_000, pollIntervalMs: 1_000 },
    },
    logging: {
      enabled: true,
      path: join(home, '.mxcp/log/mxcp.log'),
      level: 'INFO',
      maxBytes: 10_485_760,
      backupCount: 5,
    },
    pluginsFolder: join(root, 'plugins'),
    plugins: [],
    pythonFolder: join(root, 'py'),
    pythonInterpreter: join(root, '.venv/bin/python'),
    packs: [],
    allowedSqlFunctions: [],
    auditEnabled: false,
    telemetryEnabled: false,
    authProvider: 'none',
  });
  expect({ ...database, setup: database?.setup.map(({ path }) => path), span: undefined }).toEqual({
    path: join(home, 'live.duckdb'),
    isReadOnly: true,
    extensions: [{ name: 'httpfs', repository: undefined }],
    settings: { threads: '4', memory_limit: '1GB' },
    setup: ['sql/2.sql', 'sql/deep/1.sql'],
    span: undefined,
  });
  expect(Object.keys(userConfig?.['projects'] ?? {})).toEqual(['demo']);
});

test.each([
  [{}, {}, '<root>/data/db-dev.duckdb', false],
  [{ profile: 'prod' }, {}, '<root>/prod.duckdb', true],
  [{ profile: 'prod', isReadOnly: false }, {}, '<root>/prod.duckdb', false],
  [{ profile: 'prod' }, { MXCP_READONLY: '0', MXCP_DUCKDB_PATH: '/x/y.duckdb' }, '/x/y.duckdb', false],
  [{}, { MXCP_PROFILE: 'prod', MXCP_DUCKDB_PATH: ':memory:' }, ':memory:', true],
  [{ isReadOnly: true }, { MXCP_READONLY: 'no' }, '<root>/data/db-dev.duckdb', true],
])('opens the database of the active profile: %j with %j', async (options, env, path, isReadOnly) => {
  const { root, load } = projectFolder({
    'mxcp-site.yml': 'project: demo\nprofile: dev\nprofiles:\n  prod: {duckdb: {path: prod.duckdb, readonly: yes}}\n',
  });
  const { project } = await load({ ...options, env });
  const { database } = project?.config ?? {};
  expect([database?.path.replace(root, '<root>'), database?.isReadOnly]).toEqual([path, isReadOnly]);
});

test('goes on to the endpoints when the site file or user config is wrong', async () => {
  const files = { 'tools/t.yml': 'tool: {name: t, source: {file: nope.sql}}' };
  const missing =
    'tools/t.yml:1:32 error source/missing-file The file nope.sql does not exist. hint: Paths are relative to this file.';
  expect(await findingsOf({ ...files, 'mxcp-site.yml': 'project: [' })).toContain(missing);
  expect(await findingsOf({ ...files, '~/.mxcp/config.yml': 'a: [' })).toContain(missing);
});

test('gives a project for checking when a config has errors, none when the site file is unusable', async () => {
  const wrong = await projectFolder({ 'mxcp-site.yml': 'project: demo\nprofile: dev\npaths: {tools: 1}\n' }).load();
  expect([wrong.project?.config.project, wrong.configFiles.map(({ path }) => path)]).toEqual([
    'demo',
    ['mxcp-site.yml'],
  ]);
  const unusable = await projectFolder({ 'mxcp-site.yml': 'mxcp: "1"\n' }).load();
  expect([unusable.project, unusable.configFiles.map(({ path }) => path)]).toEqual([undefined, ['mxcp-site.yml']]);
});

test('a code frame of the user config shows the names of keys only', async () => {
  const text = user(
    '        secrets:\n          - name: api\n            parameters: {key: "hunter2", other: "${NO_SUCH}", password: "hunter3"}\n',
  );
  const { diagnostics } = await projectFolder({ '~/.mxcp/config.yml': text }).load();
  const shown = formatPretty(
    diagnostics.filter(({ code }) => code === 'reference/unset-variable'),
    { color: false },
  ).split('\n');
  expect(shown.slice(1, 5)).toEqual([
    '  6 |           - name: ···',
    '  7 |             parameters: ····· ·········· ······ ············· ········· ··········',
    `    |${' '.repeat(50)}^^^^^^^^^^`,
    '  The environment variable NO_SUCH is not set.',
  ]);
});
