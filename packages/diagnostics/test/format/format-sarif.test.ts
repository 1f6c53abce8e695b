import { expect, test } from 'vitest';
import { diagnostic, diagnosticCodes, formatSarif, SourceFile } from '../../src/index.ts';

const parse = (...parts: Parameters<typeof formatSarif>) => JSON.parse(formatSarif(...parts));
const ids = Object.keys(diagnosticCodes);

test('a log has one run, with every code as a rule and every finding as a result', () => {
  const source = new SourceFile('tools/ü b.yml', 'a: 😀 x\n');
  const found = [
    diagnostic('yaml/syntax', 'It is wrong.', { source, start: 6, end: 7 }, 'Mend it.'),
    diagnostic('project/dotted-name', 'It has a dot.'),
  ];
  const log = parse(found, { folder: 'shop', version: '1.2.3' });
  const [run] = log.runs;
  const { rules, ...driver } = run.tool.driver;
  expect({ ...log, runs: [{ ...run, tool: { driver } }] }).toEqual({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mxcp-ts', version: '1.2.3' } },
        columnKind: 'utf16CodeUnits',
        results: [
          {
            ruleId: 'yaml/syntax',
            ruleIndex: ids.indexOf('yaml/syntax'),
            level: 'error',
            message: { text: 'It is wrong.\nMend it.' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'shop/tools/%C3%BC%20b.yml' },
                  region: { startLine: 1, startColumn: 7, endLine: 1, endColumn: 8 },
                },
              },
            ],
          },
          {
            ruleId: 'project/dotted-name',
            ruleIndex: ids.indexOf('project/dotted-name'),
            level: 'warning',
            message: { text: 'It has a dot.' },
          },
        ],
      },
    ],
  });
  expect(rules.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(rules[ids.indexOf('project/dotted-name')]).toEqual({
    id: 'project/dotted-name',
    shortDescription: { text: 'A name holds a dot, which some MCP clients refuse.' },
    defaultConfiguration: { level: 'warning' },
  });
});

test.each([
  ['/home/ada/my config.yml', 'file:///home/ada/my%20config.yml'],
  ['mxcp-ts:tools/a.yml', 'mxcp-ts%3Atools/a.yml'],
])('%s is %s', (path, uri) => {
  const span = { source: new SourceFile(path, 'a'), start: 0, end: 1 };
  const log = parse([diagnostic('yaml/syntax', 'Wrong.', span)], { folder: 'shop', version: '1.2.3' });
  expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri });
});

test('without findings there are no results, which clears what was there before', () => {
  expect(parse([], { folder: '', version: '1.2.3' }).runs[0].results).toEqual([]);
});
