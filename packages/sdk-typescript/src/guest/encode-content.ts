import { isContentBlock } from '../runtime/content-block.ts';
import { type ContentResult, isContentResult } from '../runtime/content-result.ts';
import { bytesOf, type ExactNumber, toJsonValue } from './to-json-value.ts';

/** The members of a `result` message for what is not plain data. */
export function encodeSpecial(value: unknown): string {
  if (isContentBlock(value)) return encodeBlocks([value]);
  if (Array.isArray(value) && value.some(isContentBlock)) return encodeBlocks(value);
  return isContentResult(value) ? encodeContentResult(value) : encodeValue(value, subject);
}

const subject = 'The result';

/** An array that holds at least one block: texts in it become blocks too, other values blocks with their JSON. */
function encodeBlocks(items: readonly unknown[]): string {
  return `"content":[${items.map(blockText).join(',')}]`;
}

function blockText(item: unknown, index: number): string {
  if (isContentBlock(item)) return JSON.stringify(toJsonValue(item, { exact: [], subject: 'A content block' }));
  const text = typeof item === 'string' ? item : JSON.stringify(plainValue(item, [], subject, `/${index}`));
  return JSON.stringify({ type: 'text', text });
}

function encodeContentResult({ value, content, meta }: ContentResult<unknown>): string {
  // Without a value the blocks are the whole result.
  const isContentOnly = value === undefined && content.length > 0;
  return [
    ...(isContentOnly ? [] : [encodeValue(value, 'The value of content.result')]),
    ...(content.length === 0 ? [] : [encodeBlocks(content)]),
    ...(meta === undefined ? [] : [`"meta":${JSON.stringify(plainValue(meta, [], '`meta` of content.result'))}`]),
  ].join(',');
}

function encodeValue(value: unknown, subject: string): string {
  const bytes = typeof value === 'object' && value !== null ? bytesOf(value) : undefined;
  if (bytes !== undefined) return `"value":"${bytes.toString('base64')}","isBytes":true`;
  const exact: ExactNumber[] = [];
  const converted = isMessages(value) ? toJsonValue(value, { exact, subject }) : plainValue(value, exact, subject);
  const json = `"value":${JSON.stringify(converted)}`;
  return exact.length === 0 ? json : `${json},"exact":${JSON.stringify(exact)}`;
}

function plainValue(value: unknown, exact: ExactNumber[], subject: string, pointer = '') {
  return toJsonValue(value, { exact, subject, pointer, refuse: misplaced });
}

function misplaced(value: object): string | undefined {
  if (!isContentBlock(value) && !isContentResult(value)) return undefined;
  const what = isContentBlock(value) ? 'a content block' : 'a result of content.result';
  return `${what}, which has no place inside of a value. Return a block, an array of blocks, or content.result(value, [blocks])`;
}

/** The messages of a prompt: blocks are in their place there. A text is a message, too. */
function isMessages(value: unknown): boolean {
  return (
    Array.isArray(value) && value.some(isMessage) && value.every(item => typeof item === 'string' || isMessage(item))
  );
}

function isMessage(item: unknown): boolean {
  return typeof item === 'object' && item !== null && Object.keys(item).sort().join() === 'content,role';
}
