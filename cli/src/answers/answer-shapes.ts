import type { JsonObject } from '@mxcp-ts/values';

/** The answer of a model that said this. The model is whoever sits at the command line. */
export function sampledText(text: string): JsonObject {
  return { role: 'assistant', content: { type: 'text', text }, model: 'mxcp-ts run', stopReason: 'endTurn' };
}
