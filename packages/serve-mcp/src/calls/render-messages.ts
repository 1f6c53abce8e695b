import type { GetPromptResult } from '@modelcontextprotocol/server';
import type { Outcome } from '@mxcp-ts/runtime';
import { asContent } from './render-tool-result.ts';

type Messages = GetPromptResult['messages'];

/** The messages of a prompt as clients get them. `invoke` has seen to their shape; blocks alone are said by the user. */
export function renderMessages({
  value,
  rich,
}: Extract<Outcome, { kind: 'ok' }>): Pick<GetPromptResult, 'messages' | '_meta'> {
  const meta = rich?.meta === undefined ? {} : { _meta: rich.meta };
  if (rich?.isWhole !== true) return { messages: value as unknown as Messages, ...meta };
  return { messages: asContent(rich.content).map(content => ({ role: 'user', content })), ...meta };
}
