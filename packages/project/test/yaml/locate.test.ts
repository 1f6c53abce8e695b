import { placeOf } from '@mxcp-ts/diagnostics';
import { expect, test } from 'vitest';
import { projectFolder } from '../project-folder.ts';

const files = {
  'tools/t.yml': `tool:
  name: t
  parameters:
    - name: code
      $ref: ../types/common.yml#/code
    - {name: n, type: integer}
  return_:
    type: array
    items:
      $ref: ../types/common.yml#/airport
      required: [code]
  source: {code: select $code, x_y: 1}
`.replace(', x_y: 1', ''),
  'types/common.yml': `code:
  type: string
  maxLength: 3
airport:
  type: object
  properties:
    code: {$ref: "#/code"}
    name: {type: string}
`,
};

test.each([
  [['name'], '2:9', '2:3'],
  [['parameters', 1, 'type'], '6:23', '6:17'],
  [['parameters', 0, 'maxLength'], 'types 3:14', 'types 3:3'],
  [['return'], '8:5', '7:3'],
  [['return', 'items', 'required'], '11:17', '11:7'],
  [['return', 'items', 'properties', 'name', 'type'], 'types 8:18', 'types 8:12'],
  [['return', 'items', 'properties', 'code', 'maxLength'], 'types 3:14', 'types 3:3'],
  [['return', 'items', 'properties', 'nope'], 'types 7:5', 'types 6:3'],
  [['description'], '2:3', '1:1'],
  [[], '2:3', '1:1'],
])('finds %j, also in the file that a $ref leads to', async (path, at, key) => {
  const { project, diagnostics } = await projectFolder(files).load();
  expect(diagnostics).toEqual([]);
  const locate = project?.endpoints[0]?.locate;
  const spans = [locate?.at(...path), locate?.key(...path)];
  const shown = spans.map(
    span => span && placeOf(span).replace('tools/t.yml:', '').replace('types/common.yml:', 'types '),
  );
  expect(shown).toEqual([at, key]);
});

test('gives types with every $ref written out; what stands beside a $ref wins', async () => {
  const { project } = await projectFolder(files).load();
  expect(project?.endpoints[0]).toMatchObject({
    parameters: [
      { name: 'code', type: 'string', maxLength: 3 },
      { name: 'n', type: 'integer' },
    ],
    returns: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string', maxLength: 3 }, name: { type: 'string' } },
        required: ['code'],
      },
    },
  });
});
