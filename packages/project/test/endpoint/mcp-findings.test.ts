import { expect, test } from 'vitest';
import { findingsOf } from '../project-folder.ts';

const source = '  source: {code: select 1}\n';
const tool = (body: string) => ({ 'tools/t.yml': `tool:\n  name: t\n${body}${source}` });
const schema = (written: string) => tool(`  input_schema: ${written}\n`);
const resource = (body: string) => ({ 'resources/r.yml': `resource:\n  uri: a://b\n${body}${source}` });
const prompt = (body: string) => ({ 'prompts/p.yml': `prompt:\n  name: p\n${body}` });
const fields = (written: string) => tool(`  elicit:\n    message: Hi\n    fields: [${written}]\n`);

type Files = Readonly<Record<string, string | Buffer>>;

const secret =
  'A sensitive value must not be sent as a header. hint: Remove x-mcp-header: proxies read and log headers.';
const oneOf = 'Write one of prompt, image, audio, resource, link for each message.';
const list =
  'A list can be asked for only when its items are an enum. hint: Write what there is to choose from: `items: { type: string, enum: [a, b] }`.';
const forms = 'Ask for a string, number, integer, boolean, an enum of texts, or an array of those.';

const cases: readonly (readonly [files: Files, expected: readonly string[]])[] = [
  // Icons and meta
  [
    tool('  icons: [{src: "http://x.test/i.png"}]\n'),
    ['3:17 error project/bad-icon An icon cannot be had by http. hint: Use an https URL, or a file of the project.'],
  ],
  [
    tool('  icons: [{src: "data:text/plain,hi"}]\n'),
    ['3:17 error project/bad-icon This data URI holds no image. hint: Start with data:image/png;base64,.'],
  ],
  [
    { ...tool('  icons: [{src: ../i.png}]\n'), 'i.png': Buffer.alloc(65_537) },
    [
      '3:17 error project/bad-icon The file ../i.png has 65537 bytes; at most 65536 are allowed. hint: Make it smaller.',
    ],
  ],
  [
    { ...tool('  icons: [{src: ../icon}]\n'), icon: 'PNG' },
    [
      '3:17 error project/bad-icon The suffix of ../icon does not say what it holds. hint: Write the `mime_type`, like image/png.',
    ],
  ],
  [
    tool('  icons: [{src: ../../i.png}]\n'),
    [
      '3:17 error project/bad-icon The file ../../i.png lies outside the project. hint: Move the file into the project folder.',
    ],
  ],
  [
    tool('  icons: [{mime_type: text/plain, sizes: [big], theme: blue}]\n'),
    [
      '3:11 error project/missing-field The field "src" is missing.',
      '3:23 error project/wrong-value "mime_type" is not written as it should be. hint: Write a media type, like image/png.',
      '3:43 error project/wrong-value An item of "sizes" is not written as it should be. hint: Write it like 48x48, or any.',
      '3:56 error project/wrong-value "blue" is not a value of "theme". hint: Use one of light, dark.',
    ],
  ],
  [
    tool('  meta: {dev.mcp/x: 1, modelcontextprotocol.io/x: 1, com.example.mcp/x: 1, mxcp/x: 1, a b: 1, n: .nan}\n'),
    [
      '3:10 error project/bad-meta-key MCP keeps the prefix of "dev.mcp/x" for itself. hint: Use a domain of your own.',
      '3:24 error project/bad-meta-key MCP keeps the prefix of "modelcontextprotocol.io/x" for itself. hint: Use a domain of your own.',
      '3:76 error project/bad-meta-key Keys that start with mxcp/ are set by mxcp-ts. hint: Use a domain of your own.',
      '3:87 error project/bad-meta-key "a b" cannot be a key of _meta. hint: Use letters, digits, -, _ and ., behind a domain if you have one: com.example/color.',
      '3:98 error project/bad-meta-key JSON has no such number.',
    ],
  ],
  // Arguments
  [
    tool('  parameters: []\n  input_schema: {type: object}\n'),
    ['4:3 error tool/two-inputs A tool has either parameters or an input schema. hint: Remove one of them.'],
  ],
  [schema('{type: array}'), ['3:24 error tool/bad-input-schema Arguments are an object. hint: Write `type: object`.']],
  [
    schema('{type: object, properties: {a: {$ref: "https://x.test/a"}}}'),
    ['3:55 error tool/bad-input-schema The schema of https://x.test/a is not read. hint: Copy it into $defs.'],
  ],
  [
    schema('{type: object, properties: {a: {type: strng}}}'),
    [
      '3:55 error tool/bad-input-schema "type" must be one of the declared alternatives. hint: Use string, number, integer, boolean, object, array or null.',
    ],
  ],
  [
    schema('{type: object, properties: {a: {type: array, items: {type: string, x-mcp-header: A}}}}'),
    [
      '3:98 error tool/bad-header Only a parameter, or a property of one, can be sent as a header. hint: Remove x-mcp-header; what stands in lists, alternatives and definitions has no place of its own.',
    ],
  ],
  [
    tool(
      '  parameters:\n    - {name: a, type: string, x-mcp-header: A}\n    - {name: b, type: object, properties: {c: {type: number, x-mcp-header: a b}}}\n    - {name: d, type: string, default: null, x-mcp-header: D}\n',
    ),
    [
      '5:76 error tool/bad-header What x-mcp-header names is not the name of a header. hint: Use letters, digits and -, without spaces: Region.',
      '6:60 error tool/bad-header A value of this type cannot be sent as a header. hint: Remove it, or declare the type: string, integer or boolean, without null.',
    ],
  ],
  [
    tool(
      '  parameters:\n    - {name: a, type: string, sensitive: true, x-mcp-header: A}\n    - {name: b, type: object, sensitive: true, properties: {c: {type: string, x-mcp-header: C}}}\n',
    ),
    [`4:62 error tool/bad-header ${secret}`, `5:93 error tool/bad-header ${secret}`],
  ],
  [
    schema('{type: object, properties: {a: {type: string, sensitive: true, x-mcp-header: A}}}'),
    [`3:94 error tool/bad-header ${secret}`],
  ],
  [
    {
      'resources/r.yml': `resource:\n  uri: "a://{a}"\n  parameters: [{name: a, type: string, x-mcp-header: A}]\n${source}`,
    },
    ['3:54 error tool/bad-header Only parameters of tools are sent as headers. hint: Remove x-mcp-header.'],
  ],
  [
    prompt(
      '  parameters: [{name: a, type: object, properties: {b: {type: string, x-mcp-header: B}}}]\n  messages: [{prompt: x}]\n',
    ),
    ['3:85 error tool/bad-header Only parameters of tools are sent as headers. hint: Remove x-mcp-header.'],
  ],
  [
    tool('  changes: []\n  messages: []\n  cache: 5m\n  tagz: []\n'),
    [
      '3:3 error project/unknown-field `changes` is for resources only.',
      '4:3 error project/unknown-field `messages` is for prompts only.',
      '5:3 error project/unknown-field `cache` is for resources only.',
      '6:3 error project/unknown-field "tagz" is not a field here. hint: Did you mean "tags"?',
    ],
  ],
  [
    prompt('  task: optional\n  annotations: {}\n  messages: [{prompt: x}]\n'),
    [
      '3:3 error project/unknown-field `task` is for tools only.',
      '4:3 error project/unknown-field `annotations` is for tools and resources only.',
    ],
  ],
  [
    tool('  task: never\n'),
    ['3:9 error project/wrong-value "never" is not a value of "task". hint: Use one of optional, required.'],
  ],
  [
    { 'tools/t.yml': `tool:\n  name: a/b\n${source}` },
    [
      '2:9 error project/bad-name The name does not fit what MCP clients accept. hint: Use letters, digits, _ and - only, at most 64.',
    ],
  ],
  // Questions
  [
    tool(
      '  parameters: [{name: a, type: string}]\n  elicit: {message: "", fields: [{name: a, type: string}], key: a b}\n',
    ),
    [
      '4:21 error project/wrong-value "message" must not be empty.',
      '4:65 error project/wrong-value "key" is not written as it should be. hint: Start with a letter or _, go on with letters, digits, _ and -, at most 64.',
    ],
  ],
  [
    tool(
      '  parameters: [{name: a, type: string}]\n  elicit: {message: Hi, fields: [{name: a, type: string}, {name: b, type: string}, {name: b, type: string}]}\n',
    ),
    [
      '4:41 error project/duplicate-parameter The field "a" has the name of a parameter. hint: Rename it.',
      '4:91 error project/duplicate-parameter The field "b" is declared twice. hint: Rename it.',
    ],
  ],
  [fields('{name: a, type: object}'), [`5:30 error elicit/bad-field This type cannot be asked for. hint: ${forms}`]],
  [fields('{name: a, type: array, items: {type: integer}}'), [`5:44 error elicit/bad-field ${list}`]],
  [fields('{name: a, type: array}'), [`5:14 error elicit/bad-field ${list}`]],
  [
    fields('{name: a, type: string, pattern: x}'),
    [
      '5:47 error elicit/bad-field MCP clients do not know "pattern" in a form. hint: Remove it; known here: minLength, maxLength, format, enum, oneOf.',
    ],
  ],
  [
    fields('{name: a, type: string, format: time}'),
    [
      '5:46 error elicit/bad-field MCP clients do not know the format "time" in a form. hint: Use email, uri, date or date-time, or leave it out.',
    ],
  ],
  [
    fields('{name: a, type: string, sensitive: true}'),
    [
      '5:49 error elicit/bad-field A form must not ask for anything secret: clients show and keep what is typed. hint: Send the user to a page with an elicitation by URL, from a handler.',
    ],
  ],
  [fields('{name: a, type: integer, default: x}'), ['5:48 error type/bad-default The default must be an integer.']],
  // Resources
  [
    resource('  cache: soon\n  annotations: {audience: [me], priority: 2, last_modified: today}\n'),
    [
      '3:10 error project/wrong-value "cache" is not written as it should be. hint: Write it like 30s, 500ms or 2m, or as a number of seconds.',
      '4:28 error project/wrong-value "me" is not a value of an item of "audience". hint: Use one of user, assistant.',
      '4:43 error project/wrong-value "priority" must be at most 1.',
      '4:61 error project/wrong-value "last_modified" is not written as it should be. hint: Write it as ISO 8601: 2025-01-31T13:05:00Z.',
    ],
  ],
  [
    {
      ...resource(
        '  changes: [{}, {table: a, cron: "* * * * *"}, {file: ../dat.csv}, {file: ../../x}, {file: ..}, {every: 10ms}, {cron: hourly}]\n',
      ),
      'data.csv': '',
    },
    [
      '3:13 error resource/bad-change This says nothing that changes. hint: Write one of table, file, every and cron for each.',
      '3:17 error resource/bad-change These are several changes in one. hint: Write one of table, file, every and cron for each.',
      '3:55 warning resource/absent-file The file ../dat.csv does not exist yet. hint: Did you mean "data.csv"?',
      '3:75 error resource/bad-change The file ../../x lies outside the project. hint: Move the file into the project folder.',
      '3:92 error resource/bad-change .. is a folder. hint: Name a file in it.',
      '3:105 error resource/bad-change A resource may change once a second at most. hint: Write 1s or more.',
      '3:119 error resource/bad-change "hourly" is not a time: five fields, for minute, hour, day of the month, month, day of the week. hint: Every day at six is `0 6 * * *`, every quarter of an hour `*/15 * * * *`.',
    ],
  ],
  [
    resource('  changes: [{every: soon}, {cron: "0 25 * * *"}]\n'),
    [
      '3:21 error project/wrong-value "every" is not written as it should be. hint: Write it like 5m or 30s, or as a number of seconds; at least 1s.',
    ],
  ],
  [
    resource('  changes: [{cron: "0 25 * * *"}]\n'),
    [
      '3:20 error resource/bad-change "25" is not an hour. hint: Hours are 0 to 23; also *, 1,3 for several, 1-3 for a range that goes up, */2 for every second one.',
    ],
  ],
  // Completions
  [
    prompt('  parameters: [{name: a, type: string, complete: [1]}]\n  messages: [{prompt: x}]\n'),
    ['3:51 error project/wrong-type An item of "complete" must be a text, not a number. hint: Put quotes around it.'],
  ],
  [
    tool('  parameters: [{name: a, type: string, complete: [x]}]\n'),
    [
      '3:40 error completion/misplaced MCP proposes values for parameters of prompts and resources only. hint: Remove it; an `enum` or `examples` help models.',
    ],
  ],
  [
    {
      ...prompt(
        '  parameters: [{name: a, type: array, items: {type: string, complete: [x]}}, {name: b, $ref: ../b.yml}]\n  messages: [{prompt: x}]\n  return: {type: string, complete: [x]}\n',
      ),
      'b.yml': 'type: string\ncomplete: [x]\n',
    },
    [
      'b.yml:2:1 error completion/misplaced Values are proposed for a whole parameter, where it is declared. hint: Remove it here.',
      '3:61 error completion/misplaced Values are proposed for a whole parameter, where it is declared. hint: Remove it here.',
      '5:26 error completion/misplaced Values are proposed for parameters, not for results. hint: Remove it here.',
    ],
  ],
  [
    prompt(
      '  parameters:\n    - {name: a, type: string, complete: []}\n    - {name: b, type: string, complete: [x, {code: select 1}]}\n    - {name: c, type: string, complete: {code: select 1, file: x.sql}}\n    - {name: d, type: string, complete: {file: x.sql}}\n    - {name: e, type: string, complete: {cod: x}}\n  messages: [{prompt: x}]\n',
    ),
    ['8:42 error project/unknown-field "cod" is not a field here. hint: Did you mean "code"?'],
  ],
  [
    prompt(
      '  parameters:\n    - {name: a, type: string, complete: []}\n    - {name: b, type: string, complete: [x, {code: select 1}]}\n    - {name: c, type: string, complete: {code: select 1, file: x.sql}}\n    - {name: d, type: string, complete: {file: x.sql}}\n  messages: [{prompt: x}]\n',
    ),
    [
      '4:41 error completion/bad-source There is nothing to propose. hint: Write a list of texts, or one `code` or `file`.',
      '5:41 error completion/bad-source This is neither texts nor one handler. hint: Write a list of texts, or one `code` or `file`.',
      '6:31 error source/one-of A source has both code and a file. hint: Keep exactly one of `code` and `file`.',
      '7:48 error source/missing-file The file x.sql does not exist. hint: Paths are relative to this file.',
    ],
  ],
  [
    prompt(
      '  parameters: [{name: a, type: string, complete: {code: select 1}}, {name: value, type: string}]\n  messages: [{prompt: x}]\n',
    ),
    [
      '3:40 error completion/parameter-name The handler gets what was typed as "value", which is a parameter of its own here. hint: Rename that parameter.',
    ],
  ],
  // Messages
  [
    prompt(''),
    ['1:1 error prompt/no-messages The prompt has no messages. hint: Write `messages`, or a `source` that gives them.'],
  ],
  [
    prompt(`  messages: [{prompt: x}]\n${source}`),
    [
      '4:3 error prompt/two-sources The prompt has both messages and a source. hint: Write `messages`, or a `source` that gives them.',
    ],
  ],
  [
    prompt('  messages: [{role: user}, {prompt: x, link: {uri: a, name: b}}]\n'),
    [
      `3:14 error prompt/message-content A message says nothing. hint: ${oneOf}`,
      `3:28 error prompt/message-content A message is both prompt and link. hint: ${oneOf}`,
    ],
  ],
  [
    prompt(
      '  messages: [{image: {file: none.png}}, {image: {data: "?", mime_type: image/png}}, {audio: {data: AAAA}}, {audio: {data: AAAA, mime_type: image/png}}, {image: {}}]\n',
    ),
    [
      '3:29 error prompt/bad-media The file none.png does not exist.',
      '3:56 error prompt/bad-media The data is not base64. hint: Name the file with `file` instead.',
      '3:86 error prompt/bad-media Nothing says what the data is. hint: Write the `mime_type`.',
      '3:140 error prompt/bad-media image/png is not a media type of sounds. hint: Start with audio/.',
      '3:154 error prompt/bad-media The image has no file and no data. hint: Keep exactly one of `file` and `data`.',
    ],
  ],
  [
    prompt(
      '  messages: [{link: {uri: notes, name: n}}, {link: {uri: "{{ a }}/b c", name: n}}, {resource: {uri: "n{{ a }}:{# x y #}b", text: x}}, {resource: {uri: "1:b", text: x}}]\n  parameters: [{name: a, type: string}]\n',
    ),
    [
      '3:27 error prompt/bad-uri The URI has no scheme. hint: Start with a scheme and a colon: notes://7.',
      '3:68 error prompt/bad-uri A URI holds no spaces, control characters, quotes or < > \\ ^ { | }. hint: Write them percent-encoded.',
      '3:153 error prompt/bad-uri The URI has no scheme. hint: Start with a scheme and a colon: notes://7.',
    ],
  ],
  [
    {
      ...prompt('  icons: [{src: ../a.webp}]\n  messages: [{image: {file: ../a.png}}, {image: {file: ../b.gif}}]\n'),
      'a.png': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      'b.gif': 'GIF, or so',
      'a.webp': 'RIFF1234WAVE',
    },
    [
      '3:17 error project/bad-icon The file ../a.webp is not a WebP picture. hint: Name another file.',
      '4:29 error prompt/bad-media The file ../a.png is not a PNG picture. hint: It is a JPEG picture: write `mime_type: image/jpeg`.',
      '4:56 error prompt/bad-media The file ../b.gif is not a GIF picture. hint: Name another file.',
    ],
  ],
];

const titled = cases.map(([files, expected]) => [expected[0] ?? '', files, expected] as const);

test.each(titled)('reports %s', async (_, files, expected) => {
  const [main = ''] = Object.keys(files);
  const found = await findingsOf(files);
  expect(found.map(line => line.replace(`${main}:`, ''))).toEqual(expected);
});
