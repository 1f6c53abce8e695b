import { diagnostic } from '@mxcp-ts/diagnostics';
import type { Prompt } from '@mxcp-ts/schemas';
import type { PromptContent, PromptMessage } from '../definition.ts';
import { readAsset } from '../files/read-asset.ts';
import { checkMessageUri } from './check-message-uri.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { textAt } from './read-source.ts';

type WrittenMessage = NonNullable<Prompt['messages']>[number];

/** The messages of a prompt, what they hold read; undefined when one of them cannot be used, which is then reported. */
export function readMessages(messages: Prompt['messages'], at: EndpointPlace): readonly PromptMessage[] | undefined {
  const read = (messages ?? []).map((message, index): PromptMessage | undefined => {
    const content = readContent(message, index, at);
    // MCP knows no system messages.
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    return content === undefined ? undefined : Object.freeze({ role, content: Object.freeze(content) });
  });
  const found = read.filter(message => message !== undefined);
  return found.length === read.length ? Object.freeze(found) : undefined;
}

const kinds = ['prompt', 'image', 'audio', 'resource', 'link'] as const;

function readContent(message: WrittenMessage, index: number, at: EndpointPlace): PromptContent | undefined {
  const written = kinds.filter(kind => message[kind] !== undefined);
  if (written.length !== 1) {
    const text = written.length === 0 ? 'A message says nothing.' : `A message is both ${written.join(' and ')}.`;
    const span = at.locate.at('messages', index);
    const hint = `Write one of ${kinds.join(', ')} for each message.`;
    at.context.report(diagnostic('prompt/message-content', text, span, hint));
    return undefined;
  }
  const { prompt, image, audio, resource, link } = message;
  const template = (kind: string, text: string, ...below: string[]) =>
    textAt(['messages', index, kind, ...below], text, at.place);
  const uriOf = (kind: string, text: string) => {
    const uri = template(kind, text, 'uri');
    checkMessageUri(uri, at.context.report);
    return uri;
  };
  if (prompt !== undefined) return { type: 'text', template: template('prompt', prompt) };
  if (image !== undefined) return readMedia('image', image, index, at);
  if (audio !== undefined) return readMedia('audio', audio, index, at);
  if (resource !== undefined) {
    return {
      type: 'resource',
      uri: uriOf('resource', resource.uri),
      mimeType: resource.mime_type,
      text: template('resource', resource.text, 'text'),
    };
  }
  if (link === undefined) return undefined;
  return { type: 'resource_link', uri: uriOf('link', link.uri), name: link.name, mimeType: link.mime_type };
}

const maxBytes = 4_194_304;

function readMedia(
  type: 'image' | 'audio',
  media: NonNullable<WrittenMessage['image']>,
  index: number,
  { locate, place, context }: EndpointPlace,
): PromptContent | undefined {
  const refuse = (message: string, hint: string | undefined, ...below: string[]) => {
    const span =
      below.length === 0 ? locate.key('messages', index, type) : locate.at('messages', index, type, ...below);
    context.report(diagnostic('prompt/bad-media', message, span, hint));
    return undefined;
  };
  const { file, data, mime_type: mimeType } = media;
  if ((file === undefined) === (data === undefined)) {
    const message = file === undefined ? `The ${type} has no file and no data.` : `The ${type} has a file and data.`;
    return refuse(message, 'Keep exactly one of `file` and `data`.');
  }
  if (mimeType !== undefined && !mimeType.startsWith(`${type}/`)) {
    return refuse(
      `${mimeType} is not a media type of ${type === 'image' ? 'pictures' : 'sounds'}.`,
      `Start with ${type}/.`,
      'mime_type',
    );
  }
  if (file !== undefined) {
    const request = { file, from: place.file.folder, family: `${type}/`, mimeType, maxBytes };
    const read = readAsset(request, context.folder);
    return read.ok ? { type, ...read.asset } : refuse(read.message, read.hint, 'file');
  }
  const text = (data ?? '').replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    return refuse('The data is not base64.', 'Name the file with `file` instead.', 'data');
  }
  if (mimeType === undefined) return refuse('Nothing says what the data is.', 'Write the `mime_type`.');
  return { type, data: text, mimeType };
}
