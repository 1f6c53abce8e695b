import { makeProject } from '../../../tests/support/make-project.ts';

/** One pixel, 70 bytes. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const remove = `mxcp: 1
tool:
  name: remove
  parameters: [{ name: id, type: integer }]
  elicit:
    key: sure
    message: "Remove {{ id }}?"
    fields:
      - { name: confirm, type: boolean, title: Really }
      - { name: reason, type: string, enum: [old, wrong], default: old }
      - { name: days, type: integer, maximum: 9, default: null }
  return: { type: object }
  source: { code: "SELECT $id AS id, $confirm AS confirm, $reason AS reason, $days AS days" }
`;
const media = `import { content, context, elicitUrl, listRoots, sample } from 'mxcp-ts/runtime';

const image = content.image(Buffer.from('${png}', 'base64'));

export async function ask() {
  const [said, roots] = await Promise.all([
    sample('style', { messages: ['What is cubism?'], systemPrompt: 'Be short.', maxTokens: 100 }),
    listRoots(),
  ]);
  const { action } = await elicitUrl('pay', 'Please pay.', 'https://example.com/pay');
  return [said.text, roots.map(({ uri }) => uri), action, context().client?.name];
}

export const beside = () => content.result({ title: 'Pixel' }, [image, 'It is red.'], { meta: { author: 'Ada' } });
export const two = () => [image, image];
`;
const tool = (name: string) => `mxcp: 1\ntool: { name: ${name}, source: { file: ../media.ts } }\n`;

/** A project whose tools ask their client, and give media. */
export function makeAskingProject(): string {
  return makeProject({
    'tools/remove.yml': remove,
    'tools/ask.yml': tool('ask'),
    'tools/beside.yml': tool('beside'),
    'tools/two.yml': tool('two'),
    'tools/text.yml': `mxcp: 1
tool:
  name: text
  return: { type: string, contentMediaType: image/svg+xml }
  source: { code: "SELECT '<svg/>' AS svg" }
`,
    'resources/pixel.yml': `mxcp: 1
resource:
  uri: pixels://red
  mime_type: image/png
  return: { type: string, contentMediaType: image/png }
  source: { code: "SELECT from_base64('${png}') AS picture" }
`,
    'media.ts': media,
  });
}
