/** A tool of one file, for projects of tests. */
export function sqlTool(name: string, sql: string, more = ''): string {
  return `mxcp: 1
tool:
  name: ${name}
  description: Test.
${more}  source:
    code: ${sql}
`;
}

export const greet: string = sqlTool(
  'greet',
  "SELECT 'Hello, ' || $name || '!' AS greeting",
  '  parameters: [{ name: name, type: string, description: Who. }]\n  return: { type: string }\n',
);

export const brokenSql: string = sqlTool('broken', 'SELECT 1 +');
export const brokenYaml = 'mxcp: 1\ntool: [\n';

/** As `--json` prints it. */
export function json(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
