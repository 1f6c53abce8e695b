import type { AdminClient, ListedEndpoint } from '@mxcp-ts/admin';
import { isAboutConfiguration, listEndpoints, loadFolder } from '@mxcp-ts/mxcp';
import type { CommandContext } from '../command-context.ts';
import { findServer } from '../find-server.ts';
import { count, note, print, printJson } from '../output/print.ts';

export type ListArgs = readonly [];

/** Lists the endpoint files with their names, and what is wrong with the broken ones. */
export async function list(_args: ListArgs, _options: object, context: CommandContext): Promise<number> {
  const loaded = await loadFolder(context);
  const server = loaded.project === undefined ? undefined : await findServer(loaded.project);
  const endpoints = server === undefined ? listEndpoints(loaded) : await askForEndpoints(server);
  const configErrors = loaded.diagnostics.filter(
    finding => finding.severity === 'error' && isAboutConfiguration(finding, loaded),
  );
  const isBroken = configErrors.length > 0 || endpoints.some(({ error }) => error !== null);
  if (context.isJson) printJson({ status: 'ok', result: { status: isBroken ? 'error' : 'ok', endpoints } });
  else report(endpoints);
  if (configErrors.length > 0)
    note(`The configuration has ${count(configErrors.length, 'error')}; \`mxcp-ts validate\` tells more.`);
  return 0;
}

async function askForEndpoints(server: AdminClient): Promise<readonly ListedEndpoint[]> {
  const { endpoints } = await server.call('GET /endpoints', undefined);
  return endpoints.map(({ type: _type, status: _status, ...listed }) => listed);
}

function report(endpoints: readonly ListedEndpoint[]): void {
  if (endpoints.length === 0)
    note('The project has no endpoints yet. Put YAML files into tools/, resources/ or prompts/.');
  for (const kind of ['tool', 'resource', 'prompt', 'unknown'] as const) printGroup(kind, endpoints);
}

function printGroup(kind: ListedEndpoint['kind'], endpoints: readonly ListedEndpoint[]): void {
  const group = endpoints.filter(endpoint => endpoint.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (group.length === 0) return;
  const width = Math.max(...group.map(({ name }) => name.length));
  print(kind === 'unknown' ? `${count(group.length, 'file')} that cannot be read` : count(group.length, kind));
  for (const { name, path, language, enabled, error } of group) {
    const state = error !== null ? `  error: ${error}` : enabled ? '' : '  disabled';
    print(`  ${name.padEnd(width)}  ${(language ?? '').padEnd(10)}  ${path}${state}`);
  }
}
