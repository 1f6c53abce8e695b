/** Lines of the operator's log that must not be there, whatever clients send: defects of the server, warnings of Node, secrets. */
export function findInLog(log: string, secrets: readonly string[]): readonly string[] {
  return log
    .split('\n')
    .filter(line => patterns.some(pattern => pattern.test(line)) || secrets.some(secret => line.includes(secret)));
}

const patterns: readonly RegExp[] = [
  /Internal error/,
  /MCP over HTTP:/,
  /\bHTTP: /,
  /\w+Warning:/,
  /unhandled|uncaught (?!error in notification handler)/i,
  /ended unexpectedly/,
];
