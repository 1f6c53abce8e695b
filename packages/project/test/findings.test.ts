import { describe, expect, test } from 'vitest';
import { findingsOf } from './project-folder.ts';

const tool = (body: string) => `tool:\n  name: t\n${body}`;
const source = '  source: {code: select 1}\n';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly findings: readonly string[];
}

const yaml: readonly Case[] = [
  {
    title: 'a syntax error at its place',
    files: { 'tools/t.yml': 'tool:\n  name: [a\n' },
    findings: ['tools/t.yml:3:1 error yaml/syntax A list that starts with [ is not closed.'],
  },
  {
    title: 'a tab',
    files: { 'tools/t.yml': 'tool:\n\tname: a\n' },
    findings: ['tools/t.yml:2:1 error yaml/syntax Tabs are not allowed as indentation. hint: Indent with spaces.'],
  },
  {
    title: 'a colon in a plain text',
    files: { 'tools/t.yml': tool(`  description: a: b\n${source}`) },
    findings: [
      'tools/t.yml:3:16 error yaml/syntax A second colon stands on this line. hint: Quote the value if it holds a colon followed by a space.',
    ],
  },
  {
    title: 'a duplicate key',
    files: { 'tools/t.yml': tool(`${source}  name: u\n`) },
    findings: ['tools/t.yml:4:3 error yaml/duplicate-key The key "name" is written twice in one mapping.'],
  },
  {
    title: 'a second document',
    files: { 'tools/t.yml': `${tool(source)}---\ntool:\n` },
    findings: [
      'tools/t.yml:4:1 error yaml/multiple-documents The file holds more than one YAML document. hint: Put each document into a file of its own.',
    ],
  },
  {
    title: 'an unknown tag',
    files: { 'tools/t.yml': tool(`${source}  description: !env X\n`) },
    findings: [
      'tools/t.yml:4:16 error yaml/syntax There is no tag !env. hint: Quote the value if it starts with an exclamation mark.',
    ],
  },
  {
    title: 'an alias without anchor',
    files: { 'tools/t.yml': tool(`${source}  description: *nope\n`) },
    findings: ['tools/t.yml:4:16 error yaml/syntax There is no anchor &nope before this alias.'],
  },
  {
    title: 'aliases that expand to billions',
    files: {
      'tools/t.yml': `tool:\n  name: t\n${source}  x: &a [1,1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 8 }, (_, i) => `  y${i}: &${'bcdefghi'[i]} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`).join('')}`,
    },
    findings: ['tools/t.yml:10:11 error yaml/syntax The alias *f stands for far too much, or contains itself.'],
  },
  {
    title: 'an empty file',
    files: { 'tools/t.yml': '# nothing\n' },
    findings: [
      'tools/t.yml:1:1 error yaml/empty The file is empty. hint: Define a tool, a resource or a prompt in it.',
    ],
  },
  {
    title: 'a list at the top',
    files: { 'tools/t.yml': '\n- a\n' },
    findings: ['tools/t.yml:2:1 error project/not-a-mapping The file must hold a mapping.'],
  },
  {
    title: 'bytes that are not UTF-8',
    files: { 'tools/t.yml': Buffer.from([0x61, 0xff]) },
    findings: ['tools/t.yml:1:1 error project/unreadable-file The file is not encoded in UTF-8.'],
  },
  {
    title: 'words that YAML 1.1 reads otherwise, only where it matters',
    files: {
      'tools/t.yml': tool(
        `  enabled: yes\n  description: yes\n  parameters:\n    - {name: a, type: string, enum: [yes, no, "on"], default: no}\n    - {name: b, type: string, default: 2024-01-01}\n    - {name: c, type: string, minLength: 010}\n${source}`,
      ),
    },
    findings: [
      'tools/t.yml:6:38 warning yaml/ambiguous-scalar Unquoted yes is a text here, but a boolean to readers of YAML 1.1. hint: Write "yes" with quotes to be sure of the text.',
      'tools/t.yml:6:43 warning yaml/ambiguous-scalar Unquoted no is a text here, but a boolean to readers of YAML 1.1. hint: Write "no" with quotes to be sure of the text.',
      'tools/t.yml:6:63 warning yaml/ambiguous-scalar Unquoted no is a text here, but a boolean to readers of YAML 1.1. hint: Write "no" with quotes to be sure of the text.',
      'tools/t.yml:7:40 warning yaml/ambiguous-scalar Unquoted 2024-01-01 is a text here, but a date to readers of YAML 1.1. hint: Write "2024-01-01" with quotes to be sure of the text.',
      'tools/t.yml:8:42 warning yaml/ambiguous-scalar Unquoted 010 is the number 10 here, but 8 to readers of YAML 1.1. hint: Leave the zeros away, or put quotes around a text.',
    ],
  },
];

const shape: readonly Case[] = [
  {
    title: 'a misspelt key inside an alternative once',
    files: { 'tools/t.yml': tool(`  return: {oneOf: [{typ: string}, {type: null}]}\n${source}`) },
    findings: [
      'tools/t.yml:3:21 error project/unknown-field "typ" is not a field here. hint: Did you mean "type"?',
      'tools/t.yml:3:35 error project/missing-field The field "type" is missing.',
    ],
  },
  {
    title: 'every unknown key, in source order',
    files: { 'tools/t.yml': tool(`  descripton: x\n  foo: 1\n${source}`) },
    findings: [
      'tools/t.yml:3:3 error project/unknown-field "descripton" is not a field here. hint: Did you mean "description"?',
      'tools/t.yml:4:3 error project/unknown-field "foo" is not a field here. hint: Known here: name, title, description, tags, icons, meta, annotations, parameters, input_schema, elicit, return, enabled, timeout, task, policies, tests, language, source, max_rows.',
    ],
  },
  {
    title: 'a missing field at the key of its mapping',
    files: { 'tools/t.yml': 'tool:\n  description: x\n' },
    findings: [
      'tools/t.yml:1:1 error project/missing-field The field "name" is missing.',
      'tools/t.yml:1:1 error project/missing-field The field "source" is missing.',
    ],
  },
  {
    title: 'one cause once: a misspelt required key',
    files: { 'tools/t.yml': `tool:\n  nam: t\n${source}` },
    findings: ['tools/t.yml:2:3 error project/unknown-field "nam" is not a field here. hint: Did you mean "name"?'],
  },
  {
    title: 'wrong types',
    files: { 'tools/t.yml': `tool:\n  name: 123\n  tags: a\n  enabled: maybe\n  parameters: {a: 1}\n${source}` },
    findings: [
      'tools/t.yml:2:9 error project/wrong-type "name" must be a text, not a number. hint: Put quotes around it.',
      'tools/t.yml:3:9 error project/wrong-type "tags" must be a list, not a text.',
      'tools/t.yml:4:12 error project/wrong-type "enabled" must be true or false, not a text.',
      'tools/t.yml:5:15 error project/wrong-type "parameters" must be a list, not a mapping.',
    ],
  },
  {
    title: 'a wrong word',
    files: { 'tools/t.yml': tool(`  language: pyton\n${source}`) },
    findings: [
      'tools/t.yml:3:13 error project/wrong-value "pyton" is not a value of "language". hint: Did you mean "python"?',
    ],
  },
  {
    title: 'a type that does not exist, and one that is missing',
    files: {
      'tools/t.yml': tool(
        `  parameters:\n    - name: a\n      type: strng\n    - name: b\n  return: {type: array, items: {type: any}}\n${source}`,
      ),
    },
    findings: [
      'tools/t.yml:5:13 error project/unknown-type Type "strng" does not exist. hint: Did you mean "string"?',
      'tools/t.yml:6:7 error project/missing-field The field "type" is missing.',
      'tools/t.yml:7:39 error project/unknown-type Type "any" does not exist. hint: Use one of string, number, integer, boolean, array, object.',
    ],
  },
  {
    title: 'bad names',
    files: {
      'tools/t.yml': `tool:\n  name: "bad name!"\n  parameters:\n    - {name: 1x, type: string}\n    - {name: a-b, type: string}\n${source}`,
    },
    findings: [
      'tools/t.yml:2:9 error project/bad-name The name does not fit what MCP clients accept. hint: Use letters, digits, _ and - only, at most 64.',
      'tools/t.yml:4:14 error project/bad-parameter-name The name of a parameter must be an identifier. hint: Start with a letter or _, go on with letters, digits and _.',
      'tools/t.yml:5:14 error project/bad-parameter-name The name of a parameter must be an identifier. hint: Start with a letter or _, go on with letters, digits and _.',
    ],
  },
  {
    title: 'a dotted name',
    files: { 'tools/t.yml': `tool:\n  name: a.b\n${source}` },
    findings: [
      'tools/t.yml:2:9 warning project/dotted-name Some MCP clients refuse the dot in "a.b". hint: Use a_b to be safe.',
    ],
  },
  {
    title: 'a bad timeout',
    files: { 'tools/t.yml': tool(`  timeout: 5 minutes\n  max_rows: 0\n${source}`) },
    findings: [
      'tools/t.yml:3:12 error project/wrong-value "timeout" is not written as it should be. hint: Write it like 30s, 500ms or 2m, or as a number of seconds.',
      'tools/t.yml:4:13 error project/wrong-value "max_rows" must be at least 1.',
    ],
  },
  {
    title: 'a file of two kinds',
    files: { 'tools/t.yml': `${tool(source)}prompt: {name: p, messages: [{prompt: x}]}\n` },
    findings: [
      'tools/t.yml:4:1 error project/kind-count The file defines a tool and a prompt. hint: Put each into a file of its own.',
    ],
  },
  {
    title: 'a file of no kind',
    files: { 'tools/t.yml': 'mxcp: 1\nsuite: x\n' },
    findings: [
      'tools/t.yml:1:1 error project/kind-count The file defines no tool, resource or prompt. hint: Start with `tool:`, `resource:` or `prompt:`.',
    ],
  },
  {
    title: 'a misspelt kind',
    files: { 'tools/t.yml': 'mxcp: 1\ntol: {}\n' },
    findings: ['tools/t.yml:2:1 error project/unknown-field "tol" is not a field here. hint: Did you mean "tool"?'],
  },
  {
    title: 'a file in the wrong folder',
    files: { 'tools/p.yml': 'prompt: {name: p, messages: [{prompt: x}]}\n' },
    findings: [
      'tools/p.yml:1:1 error project/wrong-kind This file defines a prompt, but lies in the folder of tools. hint: Move it into the folder of prompts.',
    ],
  },
  {
    title: 'another format version',
    files: { 'tools/t.yml': `mxcp: 2\n${tool(source)}` },
    findings: ['tools/t.yml:1:7 error project/wrong-value 2 is not a value of "mxcp". hint: Write 1.'],
  },
  {
    title: 'a prompt without messages',
    files: { 'prompts/p.yml': 'prompt: {name: p, messages: []}\n' },
    findings: ['prompts/p.yml:1:29 error prompt/no-messages "messages" must not be empty.'],
  },
  {
    title: 'a role that does not exist',
    files: { 'prompts/p.yml': 'prompt: {name: p, messages: [{prompt: x, role: asistant}]}\n' },
    findings: [
      'prompts/p.yml:1:48 error project/wrong-value "asistant" is not a value of "role". hint: Did you mean "assistant"?',
    ],
  },
  {
    title: 'policies',
    files: { 'tools/t.yml': tool(`  policies:\n    input: [{condition: "true", action: deny}]\n${source}`) },
    findings: [
      'tools/t.yml:3:3 error plan/not-enforced-yet This version cannot enforce policies, so the endpoint is not served. hint: Remove the policies to serve it without protection, or set `enabled: false`.',
    ],
  },
];

const cross: readonly Case[] = [
  {
    title: 'a name used twice',
    files: { 'tools/a.yml': tool(source), 'tools/b.yml': tool(source) },
    findings: [
      'tools/b.yml:2:9 error project/duplicate-name The tool "t" is defined in tools/a.yml too. hint: Rename one of them; a name is unique among the tools.',
    ],
  },
  {
    title: 'a name of a tool pack',
    files: {
      'mxcp-site.yml': 'project: p\nprofile: d\npacks: sql\n',
      'tools/a.yml': tool(source),
      'packs:sql/tools/t.yml': tool(source),
    },
    findings: [
      'tools/a.yml:2:9 error project/duplicate-name The tool "t" is defined in the tool pack "sql" too. hint: Rename it, or leave the pack out.',
    ],
  },
  {
    title: 'an unknown tool pack',
    files: { 'mxcp-site.yml': 'project: p\nprofile: d\npacks: [sq]\n', 'packs:sql/tools/t.yml': tool(source) },
    findings: ['mxcp-site.yml:3:9 error project/bad-sql-tools There is no tool pack "sq". hint: Did you mean "sql"?'],
  },
  {
    title: 'a parameter declared twice',
    files: {
      'tools/t.yml': tool(`  parameters:\n    - {name: a, type: string}\n    - {name: a, type: string}\n${source}`),
    },
    findings: ['tools/t.yml:5:14 error project/duplicate-parameter The parameter "a" is declared twice.'],
  },
  {
    title: 'types at odds with themselves',
    files: {
      'tools/t.yml': tool(
        `  parameters:\n    - {name: a, type: integer, default: "x"}\n    - {name: b, type: integer, minimum: 5, maximum: 1}\n    - {name: c, type: string, pattern: "("}\n    - {name: d, type: string, enum: [1]}\n    - {name: e, type: integer, minLength: 1}\n  return: {type: object, properties: {n: {type: integer, examples: [a]}}}\n${source}`,
      ),
    },
    findings: [
      'tools/t.yml:4:41 error type/bad-default The default must be an integer.',
      'tools/t.yml:5:41 error type/contradiction No value fits: minimum is 5 and maximum is 1.',
      'tools/t.yml:6:40 error type/bad-pattern The pattern is not a valid regular expression: Unterminated group.',
      'tools/t.yml:7:38 error type/bad-enum The enum value must be a string.',
      'tools/t.yml:8:32 warning type/misplaced-keyword "minLength" has no effect on the type integer; it belongs to string.',
      'tools/t.yml:9:69 error type/bad-example The example must be an integer.',
    ],
  },
];

const sources: readonly Case[] = [
  {
    title: 'a path that no file system takes',
    files: { 'tools/t.yml': tool('  source: {file: "a\\0b.sql"}\n') },
    findings: [
      'tools/t.yml:3:18 error source/missing-file The file a\0b.sql does not exist. hint: Paths are relative to this file.',
    ],
  },
  {
    title: 'code and file at once',
    files: { 'tools/t.yml': tool('  source:\n    code: select 1\n    file: a.sql\n') },
    findings: [
      'tools/t.yml:3:3 error source/one-of A source has both code and a file. hint: Keep exactly one of `code` and `file`.',
    ],
  },
  {
    title: 'neither',
    files: { 'tools/t.yml': tool('  source: {code: ""}\n') },
    findings: [
      'tools/t.yml:3:3 error source/one-of A source has neither code nor a file. hint: Keep exactly one of `code` and `file`.',
    ],
  },
  {
    title: 'a missing file, with what is there',
    files: { 'tools/t.yml': tool('  source:\n    file: ../sql/flihgts.sql\n'), 'sql/flights.sql': 'select 1' },
    findings: [
      'tools/t.yml:4:11 error source/missing-file The file ../sql/flihgts.sql does not exist. hint: Did you mean "flights.sql"?',
    ],
  },
  {
    title: 'a path from the wrong folder',
    files: { 'tools/t.yml': tool('  source: {file: sql/flights.sql}\n'), 'sql/flights.sql': 'select 1' },
    findings: [
      'tools/t.yml:3:18 error source/missing-file The file sql/flights.sql does not exist. hint: Paths are relative to this file; from the project folder it is /sql/flights.sql.',
    ],
  },
  {
    title: 'a file outside',
    files: { 'tools/t.yml': tool('  source: {file: ../../home/x.sql}\n'), '~/x.sql': 'select 1' },
    findings: [
      'tools/t.yml:3:18 error source/outside-project The file ../../home/x.sql lies outside the project. hint: Move the file into the project folder.',
    ],
  },
  {
    title: 'a folder',
    files: { 'tools/t.yml': tool('  source: {file: ../sql}\n'), 'sql/a.sql': 'x' },
    findings: ['tools/t.yml:3:18 error source/missing-file ../sql is a folder. hint: Name a file in it.'],
  },
  {
    title: 'an empty source file',
    files: { 'tools/t.yml': tool('  source: {file: a.sql}\n'), 'tools/a.sql': '\n' },
    findings: ['tools/t.yml:3:18 error source/empty The file tools/a.sql is empty.'],
  },
  {
    title: 'a language that does not fit',
    files: { 'tools/t.yml': tool('  language: sql\n  source: {file: a.py}\n'), 'tools/a.py': 'def t(): pass' },
    findings: [
      'tools/t.yml:3:13 error source/language-mismatch A .py file does not hold SQL. hint: Leave the language out, or write python.',
    ],
  },
  {
    title: 'two languages',
    files: { 'tools/t.yml': tool('  language: sql\n  source: {file: a.py, language: python}\n'), 'tools/a.py': 'x' },
    findings: [
      'tools/t.yml:4:34 error source/language-mismatch The source says python, the endpoint says sql. hint: Write the language once.',
    ],
  },
  {
    title: 'inline TypeScript',
    files: { 'tools/t.yml': tool('  language: typescript\n  source: {code: return 1}\n') },
    findings: [
      'tools/t.yml:4:18 error source/inline-not-supported TypeScript cannot be written inline. hint: Put the code into a .ts file and name it with `file`.',
    ],
  },
  {
    title: 'a function of SQL',
    files: { 'tools/t.yml': tool('  source: {code: select 1, function: f}\n') },
    findings: [
      'tools/t.yml:3:38 error source/language-mismatch Only a TypeScript or Python file has functions. hint: Remove `function`.',
    ],
  },
];

const refs: readonly Case[] = [
  {
    title: 'a $ref to nothing',
    files: { 'tools/t.yml': tool(`  return: {$ref: ../types/nope.yml}\n${source}`) },
    findings: [
      'tools/t.yml:3:18 error reference/unresolved-ref The file ../types/nope.yml does not exist. hint: There is no folder types there.',
    ],
  },
  {
    title: 'a pointer to nothing',
    files: { 'tools/t.yml': tool(`  return: {$ref: "#/tool/nothing"}\n${source}`) },
    findings: [
      'tools/t.yml:3:18 error reference/unresolved-ref There is nothing at #/tool/nothing. hint: A pointer names the keys from the top of the file: #/tool/return.',
    ],
  },
  {
    title: 'a $ref to an address',
    files: { 'tools/t.yml': tool(`  return: {$ref: "https://x.test/a.yml"}\n${source}`) },
    findings: ['tools/t.yml:3:18 error reference/unresolved-ref A $ref names a file of the project, not an address.'],
  },
  {
    title: 'a cycle at the $ref that closes it',
    files: {
      'tools/t.yml': tool(`  return: {$ref: ../types/a.yml}\n${source}`),
      'types/a.yml': 'type: object\nproperties:\n  b: {$ref: b.yml}\n',
      'types/b.yml': 'type: array\nitems:\n  $ref: a.yml\n',
    },
    findings: [
      'types/b.yml:3:9 error reference/cyclic-ref This $ref leads back to itself: types/a.yml → types/b.yml → types/a.yml. hint: Types cannot contain themselves.',
    ],
  },
  {
    title: 'a type that contains itself',
    files: {
      'tools/t.yml': tool(
        `  return:\n    type: object\n    properties:\n      child: {$ref: "#/tool/return"}\n${source}`,
      ),
    },
    findings: [
      'tools/t.yml:6:21 error reference/cyclic-ref This $ref leads back to itself: tools/t.yml#/tool/return → tools/t.yml#/tool/return. hint: Types cannot contain themselves.',
    ],
  },
  {
    title: 'a mistake in a shared file once, there',
    files: {
      'tools/t.yml': tool(`  return: {$ref: ../types/a.yml}\n${source}`),
      'tools/u.yml': `tool:\n  name: u\n  parameters:\n    - {name: p, $ref: ../types/a.yml}\n${source}`,
      'types/a.yml': 'type: object\nproperties:\n  n: {type: intger}\n',
    },
    findings: [
      'types/a.yml:3:13 error project/unknown-type Type "intger" does not exist. hint: Did you mean "integer"?',
    ],
  },
  {
    title: 'a bad default in a shared file, there',
    files: {
      'tools/t.yml': tool(`  parameters:\n    - name: p\n      $ref: ../types/a.yml#/short\n${source}`),
      'types/a.yml': 'short:\n  type: string\n  maxLength: 2\n  default: long\n',
    },
    findings: ['types/a.yml:4:12 error type/bad-default The default must have at most 2 characters.'],
  },
];

const resources: readonly Case[] = [
  {
    title: 'a URI with a space',
    files: { 'resources/r.yml': `resource:\n  uri: a://x y\n${source}` },
    findings: [
      'resources/r.yml:2:13 error resource/bad-template A URI holds no spaces, control characters, quotes or < > \\ ^. hint: Write them percent-encoded.',
    ],
  },
  {
    title: 'a bad template',
    files: { 'resources/r.yml': `resource:\n  uri: a://x/{b\n${source}` },
    findings: ['resources/r.yml:2:14 error resource/bad-template An opening brace has no closing one.'],
  },
  {
    title: 'a variable that is not declared and a parameter that does not occur',
    files: {
      'resources/r.yml': `resource:\n  uri: "a://x/{cod}"\n  parameters:\n    - {name: code, type: string}\n${source}`,
    },
    findings: [
      'resources/r.yml:2:16 error resource/undeclared-variable The variable "cod" of the URI is not a parameter. hint: Did you mean "code"?',
      'resources/r.yml:4:14 error resource/parameter-not-in-uri The parameter "code" does not occur in the URI. hint: Write {code} into the URI, or make this a tool.',
    ],
  },
  {
    title: 'a URI without scheme',
    files: { 'resources/r.yml': `resource:\n  uri: my_scheme://x\n${source}` },
    findings: [
      'resources/r.yml:2:8 error resource/bad-template "my_scheme" is not a scheme of a URI. hint: Start with letters, digits, +, - or . and a colon: flights://airports.',
    ],
  },
  {
    title: 'templates that fit one URI',
    files: {
      'resources/a.yml': `resource:\n  uri: a://x/{p}\n  parameters: [{name: p, type: string}]\n${source}`,
      'resources/b.yml': `resource:\n  uri: a://{q}/y\n  parameters: [{name: q, type: string}]\n${source}`,
    },
    findings: [
      'resources/b.yml:2:8 error resource/bad-template A URI can fit this template and also a://x/{p} of resources/a.yml. hint: Give the templates different fixed parts.',
    ],
  },
];

describe.each([
  ['YAML', yaml],
  ['shape', shape],
  ['across files', cross],
  ['sources', sources],
  ['$ref', refs],
  ['resources', resources],
])('findings about %s', (_, cases) => {
  test.each(cases)('reports $title', async ({ files, findings }) => {
    expect(await findingsOf(files)).toEqual(findings);
  });
});
