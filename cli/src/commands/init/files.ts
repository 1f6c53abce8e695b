import { stringify } from 'yaml';

type NamedFile = readonly [path: string, text: string];

/** What every new project starts with. */
export function baseFiles({
  project,
  profile,
}: {
  readonly project: string;
  readonly profile: string;
}): readonly NamedFile[] {
  return [
    ['mxcp-site.yml', `${schemaLine('.', 'site')}${stringify({ mxcp: 1, project, profile })}`],
    [
      '.gitignore',
      ['data/*.duckdb', 'data/*.duckdb.wal', '__pycache__/', '.venv/', 'node_modules/', 'server_config.json', ''].join(
        '\n',
      ),
    ],
    [
      'requirements.txt',
      '# Packages that the Python handlers import, for `pip install -r requirements.txt` into .venv.\n',
    ],
  ];
}

/** One small tool in each language. */
export function sampleFiles(): readonly NamedFile[] {
  return [
    ['tools/hello-world.yml', helloWorld],
    ['sql/hello-world.sql', "SELECT 'Hello, ' || $name || '!' AS greeting\n"],
    ['tools/word-count.yml', wordCount],
    ['typescript/word-count.ts', wordCountCode],
    ['tools/text-statistics.yml', textStatistics],
    ['python/text_statistics.py', textStatisticsCode],
  ];
}

function schemaLine(toRoot: string, kind: string): string {
  return `# yaml-language-server: $schema=${toRoot}/.mxcp/schemas/v1/${kind}.schema.json\n`;
}

const helloWorld = `${schemaLine('..', 'tool')}mxcp: 1
tool:
  name: hello_world
  title: Hello
  description: Greets somebody by name.
  annotations: { readOnlyHint: true }
  parameters:
    - name: name
      type: string
      description: Who to greet.
      examples: [World, Ada]
  return:
    type: string
    description: The greeting.
  source:
    file: ../sql/hello-world.sql
  tests:
    - name: greets the world
      arguments: [{ key: name, value: World }]
      result: Hello, World!
`;

const wordCount = `${schemaLine('..', 'tool')}mxcp: 1
tool:
  name: word_count
  title: Word count
  description: Counts the words and the different words of a text.
  language: typescript
  annotations: { readOnlyHint: true }
  parameters:
    - name: text
      type: string
      description: The text.
      examples: [to be or not to be]
  return:
    type: object
    properties:
      words: { type: integer, description: How many words. }
      different: { type: integer, description: How many different words. }
    required: [words, different]
  source:
    file: ../typescript/word-count.ts
    function: wordCount
  tests:
    - name: counts a repeated word once
      arguments: [{ key: text, value: to be or not to be }]
      result: { words: 6, different: 4 }
`;

const wordCountCode = `export function wordCount({ text }: { text: string }) {
  const words = text.toLowerCase().match(/\\p{L}+/gu) ?? [];
  return { words: words.length, different: new Set(words).size };
}
`;

const textStatistics = `${schemaLine('..', 'tool')}mxcp: 1
tool:
  name: text_statistics
  title: Text statistics
  description: Measures the words of a text, with the standard library of Python.
  language: python
  annotations: { readOnlyHint: true }
  parameters:
    - name: text
      type: string
      description: The text.
      examples: [to be or not to be]
  return:
    type: object
    properties:
      longest: { type: string, description: The longest word. }
      mean_length: { type: number, description: The mean length of a word. }
    required: [longest, mean_length]
  source:
    file: ../python/text_statistics.py
  tests:
    - name: finds the longest word
      arguments: [{ key: text, value: a bit longer }]
      result: { longest: longer, mean_length: 3.33 }
`;

const textStatisticsCode = `from statistics import mean


def text_statistics(text: str) -> dict:
    words = text.split() or [""]
    return {
        "longest": max(words, key=len),
        "mean_length": round(mean(len(word) for word in words), 2),
    }
`;
