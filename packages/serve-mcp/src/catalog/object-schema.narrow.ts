import type { Tool } from '@modelcontextprotocol/server';
import type { JsonSchema } from '@mxcp-ts/values';

/** The same document, typed as MCP wants an input schema: clients refuse any that is not an object's. */
export function asObjectSchema(schema: JsonSchema, tool: string): Tool['inputSchema'] {
  if (schema['type'] !== 'object') throw new Error(`The input schema of the tool ${tool} does not describe an object.`);
  return schema as Tool['inputSchema'];
}
