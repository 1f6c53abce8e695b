import { fileURLToPath } from 'node:url';
import { installation } from '@mxcp-ts/mxcp';

/** The `mcpServers` entry of Claude Desktop and most other clients: this Node, this installation, this project, over stdio. */
export function clientConfig(project: string, root: string): string {
  const program = fileURLToPath(new URL('../bin/mxcp-ts.js', installation.runtimeModule));
  const server = { command: process.execPath, args: [program, 'serve', '--transport', 'stdio', '-C', root] };
  return `${JSON.stringify({ mcpServers: { [project]: server } }, null, 2)}\n`;
}
