import { askClient } from './ask-client.ts';
import { content } from './content.ts';
import { type ContentBlock, isContentBlock } from './content-block.ts';

/** What the model at the client is asked. Other members of MCP's `sampling/createMessage` are passed on as they are. */
export interface SampleRequest {
  /** Texts are messages of the user. */
  readonly messages: readonly (SampleMessage | string)[];
  /** 1,000 when left out. */
  readonly maxTokens?: number;
  readonly systemPrompt?: string;
  readonly temperature?: number;
  readonly stopSequences?: readonly string[];
  readonly modelPreferences?: {
    readonly hints?: readonly { readonly name?: string }[];
    /** From 0 to 1, as the other two. */
    readonly costPriority?: number;
    readonly speedPriority?: number;
    readonly intelligencePriority?: number;
  };
  readonly [member: string]: unknown;
}

export interface SampleMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | ContentBlock | SampledContent | readonly (ContentBlock | SampledContent)[];
}

/** What the model said. */
export interface Sampled {
  /** All of its text. */
  readonly text: string;
  readonly role: 'user' | 'assistant';
  /** As the client sent it. */
  readonly content: SampledContent | readonly SampledContent[];
  readonly model: string | undefined;
  /** `endTurn`, `stopSequence`, `maxTokens`, or what else the client says. */
  readonly stopReason: string | undefined;
}

/** A content block as MCP has it. */
export interface SampledContent {
  readonly type: string;
  readonly [member: string]: unknown;
}

/**
 * Asks the model at the client. Ends and repeats the call like `elicit`.
 *
 * @param key - names the question within the call
 * @param request - a text is the one message of the user
 * @throws ClientCannotError
 */
export async function sample(key: string, request: string | SampleRequest): Promise<Sampled> {
  const params = paramsOf(typeof request === 'string' ? { messages: [request] } : request);
  const answer = await askClient('sample', key, { method: 'sampling/createMessage', params });
  const { role, content, model, stopReason } = answer as unknown as Omit<Sampled, 'text'>;
  return { text: textOf(content), role, content, model, stopReason };
}

function paramsOf(request: SampleRequest): Readonly<Record<string, unknown>> {
  const messages: unknown = request?.messages;
  if (!Array.isArray(messages)) throw new TypeError('sample needs text, or an object with `messages`.');
  return { maxTokens: defaultMaxTokens, ...request, messages: messages.map(messageOf) };
}

const defaultMaxTokens = 1_000;

function messageOf(message: unknown): unknown {
  if (typeof message === 'string') return { role: 'user', content: content.text(message) };
  if (isContentBlock(message)) return { role: 'user', content: message };
  if (typeof message !== 'object' || message === null || !('content' in message)) return message;
  return typeof message.content === 'string' ? { ...message, content: content.text(message.content) } : message;
}

function textOf(content: Sampled['content']): string {
  const blocks: readonly SampledContent[] = 'type' in content ? [content as SampledContent] : content;
  return blocks.map(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : '')).join('');
}
