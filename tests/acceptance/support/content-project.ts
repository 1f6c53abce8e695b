import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject } from '../../support/make-project.ts';

/** One pixel. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** Two samples of silence. */
export const wav = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';

const tool = (name: string, lines: string) => `mxcp: 1\ntool:\n  name: ${name}\n  description: Test.\n${lines}`;
const code = (language: 'ts' | 'py', name: string) =>
  `  source: { file: ${language === 'ts' ? '../typescript/content.ts' : '../python/content.py'}, function: ${name} }\n`;
const image = '{ type: string, contentMediaType: image/png, contentEncoding: base64 }';

const sql = {
  'sql/tables.sql': `CREATE TABLE pictures AS FROM (VALUES
    (1, 'red', from_base64('${png}')), (2, 'none', NULL), (3, 'again', unhex('${Buffer.from(png, 'base64').toString('hex')}'))
  ) AS p(id, title, picture);`,
  'tools/sql_picture.yml': tool(
    'sql_picture',
    `  parameters: [{ name: id, type: integer }]
  return: { type: string, nullable: true, contentMediaType: image/png, contentEncoding: base64 }
  source: { code: "SELECT picture FROM pictures WHERE id = $id" }
`,
  ),
  'tools/sql_gallery.yml': tool(
    'sql_gallery',
    `  return:
    type: array
    items:
      type: object
      properties:
        title: { type: string }
        picture: { type: string, nullable: true, contentMediaType: image/png, contentEncoding: base64 }
  source: { code: "SELECT title, picture FROM pictures ORDER BY id" }
`,
  ),
  'tools/sql_sound.yml': tool(
    'sql_sound',
    `  return: { type: string, contentMediaType: audio/wav, contentEncoding: base64 }
  source: { code: "SELECT from_base64('${wav}')" }
`,
  ),
  'tools/sql_csv.yml': tool(
    'sql_csv',
    `  return: { type: string, contentMediaType: text/csv }
  source: { code: "SELECT string_agg(id || ',' || title, chr(10) ORDER BY id) FROM pictures" }
`,
  ),
  'resources/sql_picture.yml': `mxcp: 1
resource:
  uri: test://pictures/{id}
  title: A picture
  description: Test.
  mime_type: image/png
  icons: [{ src: ../icon.png, sizes: [1x1] }]
  meta: { com.example/tier: 3 }
  parameters: [{ name: id, type: integer }]
  return: ${image}
  source: { code: "SELECT picture FROM pictures WHERE id = $id" }
`,
};

const typescript = {
  'typescript/content.ts': `import { content } from 'mxcp-ts/runtime';

const png = Buffer.from('${png}', 'base64');
const wav = '${wav}';

export function blocks() {
  return [
    'a text',
    content.text('a marked text', { audience: ['user'], priority: 0.5, lastModified: '2026-01-02T03:04:05Z' }),
    content.image(png, undefined, { meta: { 'com.example/zoom': 3 } }),
    content.audio(wav),
    content.resource({ uri: 'test://note', mimeType: 'text/plain', text: 'note' }),
    content.resource({ uri: 'test://bytes', blob: Buffer.from([1, 2, 3]) }),
    content.link({ uri: 'test://pictures/1', name: 'red', title: 'Red', description: 'A pixel.', mimeType: 'image/png', size: 70 }),
    { rest: [1, null] },
  ];
}

export const one = () => content.image(png);

export const both = () => content.result({ title: 'red' }, [content.image(png), 'seen'], { meta: { 'com.example/took': 5 } });

export const misplaced = () => ({ title: content.text('a block has no place in here') });

export const bytes = () => new Uint8Array(png);

export const messages = () => [
  { role: 'user', content: 'Look.' },
  { role: 'assistant', content: content.image(png) },
  { role: 'user', content: content.link({ uri: 'test://pictures/1', name: 'red' }) },
];
`,
};

const python = {
  'python/content.py': `import base64

from mxcp.runtime import content

PNG = base64.b64decode("${png}")
WAV = "${wav}"


def blocks():
    return [
        "a text",
        content.text("a marked text", audience="user", priority=0.5, last_modified="2026-01-02T03:04:05Z"),
        content.image(PNG, meta={"com.example/zoom": 3}),
        content.audio(WAV),
        content.resource("test://note", "text/plain", text="note"),
        content.resource("test://bytes", blob=bytes([1, 2, 3])),
        content.link("test://pictures/1", "red", title="Red", description="A pixel.", mime_type="image/png", size=70),
        {"rest": [1, None]},
    ]


def one():
    return content.image(PNG)


async def both():
    return content.result({"title": "red"}, [content.image(PNG), "seen"], meta={"com.example/took": 5})


def misplaced():
    return {"title": content.text("a block has no place in here")}


async def bytes_():
    return PNG


def messages():
    return [
        {"role": "user", "content": "Look."},
        {"role": "assistant", "content": content.image(PNG)},
        {"role": "user", "content": content.link("test://pictures/1", "red")},
    ]
`,
};

const lists = {
  'tools/headered.yml': tool(
    'headered',
    `  parameters:
    - { name: region, type: string, x-mcp-header: Region }
    - { name: urgent, type: boolean, default: false, x-mcp-header: Urgent }
  return: { type: string }
  source: { code: "SELECT $region || CASE WHEN $urgent THEN '!' ELSE '' END" }
`,
  ),
  'tools/described.yml': `mxcp: 1
tool:
  name: described
  title: Described
  description: All that can be said of a tool.
  tags: [art]
  icons: [{ src: ../icon.png, sizes: [1x1], theme: dark }, { src: "https://example.com/icon.svg", mime_type: image/svg+xml }]
  meta: { com.example/tier: 2 }
  annotations: { readOnlyHint: true, openWorldHint: false }
  input_schema:
    $schema: https://json-schema.org/draft/2020-12/schema
    type: object
    $defs: { code: { $anchor: code, type: string, pattern: "^[A-Z]{3}$" } }
    properties: { from: { $ref: "#/$defs/code" }, to: { $ref: "#code" } }
    required: [from]
    if: { required: [to] }
    then: { properties: { to: { minLength: 3 } } }
    additionalProperties: false
  source: { code: "SELECT $from AS start, $to AS finish" }
`,
};

/** A project whose endpoints give, in each language, all that MCP has; the icon is a file. */
export function makeContentProject(): string {
  const folder = makeProject({
    'mxcp-site.yml': `mxcp: 1
project: content
profile: default
duckdb: { setup: [sql/tables.sql] }
profiles: { default: { duckdb: { path: ":memory:" } } }
mcp: { title: Content, website_url: "https://example.com", icons: [{ src: icon.png }], instructions: Look. }
`,
    ...sql,
    ...typescript,
    ...python,
    ...lists,
    ...Object.fromEntries((['ts', 'py'] as const).flatMap(endpointsOf)),
  });
  writeFileSync(join(folder, 'icon.png'), Buffer.from(png, 'base64'));
  return folder;
}

function endpointsOf(language: 'ts' | 'py'): readonly (readonly [string, string])[] {
  const returns = '  return: { type: object, properties: { title: { type: string } } }\n';
  const bytes = code(language, language === 'ts' ? 'bytes' : 'bytes_');
  return [
    [`tools/${language}_blocks.yml`, tool(`${language}_blocks`, code(language, 'blocks'))],
    [`tools/${language}_one.yml`, tool(`${language}_one`, code(language, 'one'))],
    [`tools/${language}_both.yml`, tool(`${language}_both`, `${returns}${code(language, 'both')}`)],
    [`tools/${language}_promised.yml`, tool(`${language}_promised`, `${returns}${code(language, 'one')}`)],
    [`tools/${language}_misplaced.yml`, tool(`${language}_misplaced`, code(language, 'misplaced'))],
    [
      `resources/${language}_bytes.yml`,
      `mxcp: 1\nresource:\n  uri: test://${language}/bytes\n  description: Test.\n  mime_type: image/png\n${bytes}`,
    ],
    [
      `resources/${language}_blocks.yml`,
      `mxcp: 1\nresource:\n  uri: test://${language}/blocks\n  description: Test.\n${code(language, 'blocks')}`,
    ],
    [
      `prompts/${language}_messages.yml`,
      `mxcp: 1\nprompt:\n  name: ${language}_messages\n  description: Test.\n${code(language, 'messages')}`,
    ],
  ];
}
