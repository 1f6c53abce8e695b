import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from './project-folder.ts';

const pruning = `mxcp: 1
tool:
  name: trees_due_for_pruning
  description: Trees of one orchard block whose last pruning is older than a number of days
  tags: [trees, planning]
  annotations: {title: Pruning list, readOnlyHint: true, idempotentHint: true}
  parameters:
    - {name: block_code, type: string, description: Block label such as B7, minLength: 1, maxLength: 4}
    - {name: older_than_days, type: integer, description: Age threshold, default: 365, minimum: 1}
  return:
    type: array
    items:
      type: object
      properties:
        tree_id: {type: integer}
        last_pruned: {type: string, format: date}
  source:
    file: ../sql/trees_due.sql
`;

const soil = `mxcp: 1
resource:
  uri: "orchard://blocks/{block_code}/soil"
  name: Soil report
  mime_type: application/json
  parameters:
    - {name: block_code, type: string, description: Block label}
  return: {type: object}
  source: {code: "SELECT ph, nitrogen FROM soil WHERE block = $block_code ORDER BY sampled DESC LIMIT 1"}
`;

const briefing = `mxcp: 1
prompt:
  name: harvest_briefing
  description: Asks for a short harvest briefing
  parameters:
    - {name: crop, type: string, description: Crop name}
    - {name: concerns, type: array, items: {type: string}, default: []}
  messages:
    - role: user
      prompt: |
        Write a briefing for the {{ crop | lower }} harvest.
        {% for c in concerns %}- mention {{ c }}
        {% endfor %}
`;

const orchard = `mxcp: 1
project: orchard
profile: laptop
extensions:
  - httpfs
  - {name: h3, repo: community}
sql_tools:
  enabled: true
  list_tables: {description: "Which harvest tables exist"}
paths: {data: var/db, audit: var/audit}
profiles:
  laptop: {}
  cloud:
    duckdb: {path: /srv/orchard/live.duckdb, readonly: true}
    audit: {enabled: true, path: /srv/orchard/audit/events.jsonl, max_file_size: 10485760}
    drift: {path: /srv/orchard/drift.json}
`;

const user = `mxcp: 1
transport: {provider: streamable-http, http: {host: 127.0.0.1, port: 8123}}
projects:
  orchard:
    profiles:
      laptop:
        secrets:
          - {name: bucket, type: s3, parameters: {KEY_ID: "\${S3_ID}", REGION: eu-west-3}}
          - {name: weather_api, type: custom, parameters: {token: "file://./weather.token"}}
        plugin: {config: {geo_settings: {precision: "7"}}}
      cloud: {}
`;

const listTables = `tool:
  name: list_tables
  description: built in
  source: {code: select 1}
`;

const files = {
  'mxcp-site.yml': orchard,
  'tools/trees.yml': pruning,
  'sql/trees_due.sql': 'select 1 as tree_id, $block_code, $older_than_days',
  'resources/soil.yaml': soil,
  'prompts/briefing.yml': briefing,
  '~/.mxcp/config.yml': user,
  '~/.mxcp/weather.token': ' t0ken \n',
  'packs:sql/tools/list_tables.yml': listTables,
};

test('loads the documented examples of every kind of file without a finding', async () => {
  const { root, load } = projectFolder(files);
  const { project, diagnostics } = await load({ env: { S3_ID: 'id' } });
  expect(diagnostics).toEqual([]);
  expect(project?.endpoints.map(({ id, file }) => `${id} ${file.path}`)).toEqual([
    'tool:trees_due_for_pruning tools/trees.yml',
    'resource:orchard://blocks/{block_code}/soil resources/soil.yaml',
    'prompt:harvest_briefing prompts/briefing.yml',
    'tool:list_tables mxcp-ts:tools/sql/tools/list_tables.yml',
  ]);
  expect(project?.config).toMatchObject({
    project: 'orchard',
    profile: 'laptop',
    database: {
      path: `${root}/var/db/db-laptop.duckdb`,
      isReadOnly: false,
      extensions: [
        { name: 'httpfs', repository: undefined },
        { name: 'h3', repository: 'community' },
      ],
    },
    secrets: [
      { name: 'bucket', type: 's3', parameters: { KEY_ID: 'id', REGION: 'eu-west-3' } },
      { name: 'weather_api', type: 'custom', parameters: { token: 't0ken' } },
    ],
    transport: { provider: 'streamable-http', http: { host: '127.0.0.1', port: 8123 } },
    packs: ['sql'],
  });
});

test('gives a definition of a tool as it is written, with defaults', async () => {
  const { project } = await projectFolder(files).load({ env: { S3_ID: 'id' } });
  const tool = project?.endpoints[0];
  expect(tool).toMatchObject({
    kind: 'tool',
    name: 'trees_due_for_pruning',
    tags: ['trees', 'planning'],
    annotations: { title: 'Pruning list', readOnlyHint: true, idempotentHint: true },
    parameters: [
      { name: 'block_code', type: 'string', description: 'Block label such as B7', minLength: 1, maxLength: 4 },
      { name: 'older_than_days', type: 'integer', description: 'Age threshold', default: 365, minimum: 1 },
    ],
    returns: {
      type: 'array',
      items: {
        type: 'object',
        properties: { tree_id: { type: 'integer' }, last_pruned: { type: 'string', format: 'date' } },
      },
    },
    timeoutMs: 30_000,
    maxRows: undefined,
    hasPolicies: false,
    pack: undefined,
  });
  expect(Object.isFrozen(tool) && Object.isFrozen(tool?.parameters[0])).toBe(true);
});

test('shows the description that the site file gives a tool of the pack', async () => {
  const { project } = await projectFolder(files).load({ env: { S3_ID: 'id' } });
  expect(project?.endpoints.at(-1)).toMatchObject({ pack: 'sql', description: 'Which harvest tables exist' });
});

test('leaves the tool pack out when told so, whatever is written', async () => {
  const { project } = await projectFolder(files).load({ env: { S3_ID: 'id' }, sqlTools: false });
  expect(project?.endpoints.some(({ id }) => id === 'tool:list_tables')).toBe(false);
});

test('reads 2,000 endpoint files one by one without losing any', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, index) => [
      `tools/t${index}.yml`,
      `tool:\n  name: t${index}\n  source: {code: select 1}\n`,
    ]),
  );
  const { project, diagnostics } = await projectFolder(many).load();
  expect([project?.endpoints.length, diagnostics]).toEqual([2_000, []]);
});

test('lists disabled and broken files, with the name as far as it can be read', async () => {
  const { files: reports, project } = await projectFolder({
    'tools/off.yml': 'tool: {name: off, enabled: no, source: {file: nowhere.sql}}',
    'tools/broken.yml': 'tool: [',
    'resources/r.yml': 'resource: {uri: "a://b", sourc: 1}',
  }).load();
  expect(reports.map(({ file, kind, name, enabled }) => [file.path, kind, name, enabled])).toEqual([
    ['resources/r.yml', 'resource', 'a://b', true],
    ['tools/broken.yml', 'unknown', 'unknown', true],
    ['tools/off.yml', 'tool', 'off', false],
  ]);
  expect(project?.endpoints).toEqual([]);
});

test('names every file that the result depends on, also those that do not exist', async () => {
  const tool = (name: string, file: string) => `tool:\n  name: ${name}\n  source: {file: ${file}}\n`;
  const { root, load } = projectFolder({
    'mxcp-site.yml': 'project: demo\nprofile: dev\nduckdb: {setup: [setup/*.sql, gone.sql]}\n',
    'setup/a.sql': 'create table a (x integer)',
    'tools/a.yml': tool('a', '../sql/a.sql'),
    'tools/b.yml': tool('b', '../sql/missing.sql'),
    'tools/c.yml': tool('c', '../python/c.py'),
    'tools/d.yml': 'tool: {name: d, source: {code: select 1}, return: {$ref: "../types/t.yml#/t"}}',
    'types/t.yml': 't: {type: string}',
    'sql/a.sql': 'select 1',
    'sql/unused.sql': 'select 1',
    'python/c.py': 'def c(): pass',
    'other/config.yml':
      'projects:\n  demo:\n    profiles:\n      dev:\n        secrets:\n          - {name: a, type: t, parameters: {x: "file://a.secret", y: "file://~/b.secret"}}\n      prod:\n        secrets: [{name: a, type: t, parameters: {x: "file://unused.secret"}}]\n',
    'other/a.secret': 'a',
  });
  const { inputs } = await load({ env: { MXCP_CONFIG: 'other/config.yml' } });
  expect(inputs.map(path => relative(root, path))).toEqual([
    '../home/b.secret',
    'gone.sql',
    'mxcp-site.yml',
    'other/a.secret',
    'other/config.yml',
    'python/c.py',
    'setup/a.sql',
    'sql/a.sql',
    'sql/missing.sql',
    'tools/a.yml',
    'tools/b.yml',
    'tools/c.yml',
    'tools/d.yml',
    'types/t.yml',
  ]);
});

test('looks for a user config in its usual places', async () => {
  const { root, load } = projectFolder({});
  const { inputs } = await load();
  expect(inputs.map(path => relative(root, path))).toEqual([
    '../home/.mxcp/config.yaml',
    '../home/.mxcp/config.yml',
    'mxcp-site.yml',
  ]);
});
