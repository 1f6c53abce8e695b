import { askClient } from './ask-client.ts';
import type { ElicitContent, ElicitSchema } from './elicit-content.ts';

/** What a person made of a question. */
export type Elicited<Content> =
  | { readonly action: 'accept'; readonly content: Content }
  | { readonly action: 'decline' | 'cancel' };

/**
 * Asks the person at the client to fill in a form. The first time, the call ends here; when the answer has come, the handler
 * runs again, from the top. So ask before you change anything, and give a question the same key each time.
 *
 * @param key - names the question within the call
 * @param schema - a JSON Schema of a flat object, passed on as it is; the type of `content` follows from it
 * @throws ClientCannotError
 */
export async function elicit<const Schema extends ElicitSchema>(
  key: string,
  message: string,
  schema: Schema,
): Promise<Elicited<ElicitContent<Schema>>> {
  const params = { message: textOf('elicit', message), requestedSchema: schema };
  const { action, content } = await askClient('elicit', key, { method: 'elicitation/create', params });
  // The host has checked the answer against the schema.
  return action === 'accept' ? { action, content: content as ElicitContent<Schema> } : { action: refusalOf(action) };
}

/**
 * Sends the person at the client to a page, for what must not pass through the client: a login, a payment. `accept` says
 * that they agreed to go there. Ends and repeats the call like `elicit`.
 *
 * @param url - of http or https
 * @throws ClientCannotError
 */
export async function elicitUrl(
  key: string,
  message: string,
  url: string | URL,
): Promise<{ readonly action: 'accept' | 'decline' | 'cancel' }> {
  const params = { mode: 'url', message: textOf('elicitUrl', message), url: webPage(url) };
  const { action } = await askClient('elicitUrl', key, { method: 'elicitation/create', params });
  return { action: action === 'accept' ? action : refusalOf(action) };
}

function textOf(what: string, message: unknown): string {
  if (typeof message === 'string') return message;
  throw new TypeError(`${what} needs a message, a text, as its second argument.`);
}

function webPage(url: string | URL): string {
  const text = String(url);
  if (/^https?:\/\/[^\s/?#\\]\S*$/i.test(text) && URL.canParse(text)) return text;
  throw new TypeError('elicitUrl takes the URL of a web page, which begins with https:// or http://.');
}

function refusalOf(action: unknown): 'decline' | 'cancel' {
  return action === 'decline' ? 'decline' : 'cancel';
}
