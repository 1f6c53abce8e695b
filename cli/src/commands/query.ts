import { readFileSync } from 'node:fs';
import type { QueryAnswer } from '@mxcp-ts/admin';
import { hasErrors, MxcpError } from '@mxcp-ts/diagnostics';
import { isAboutConfiguration, loadFolder, openProjectDatabase, runQuery } from '@mxcp-ts/mxcp';
import type { Project } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import type { CommandContext } from '../command-context.ts';
import { enterProject } from '../enter-project.ts';
import { findServerInMode } from '../find-server.ts';
import { onInterrupt } from '../on-interrupt.ts';
import { openLog } from '../open-log.ts';
import { note, print, printJson } from '../output/print.ts';
import { renderValue } from '../output/render-value.ts';
import { readParams } from '../read-params.ts';
import { refuseProject } from '../refuse-project.ts';

export type QueryArgs = readonly [sql: string | undefined];

export interface QueryOptions {
  readonly file?: string;
  readonly param: readonly string[];
  readonly readonly?: boolean;
}

/** Runs SQL on the project database, through the running server if there is one, and prints the rows. */
export async function query([sql]: QueryArgs, options: QueryOptions, context: CommandContext): Promise<number> {
  const text = readSql(sql, options.file);
  const params = readParams(options.param);
  const loaded = await loadFolder({ ...context, isReadOnly: options.readonly });
  const { project } = loaded;
  // Findings in endpoint files do not matter here; those in the configuration do.
  const findings = loaded.diagnostics.filter(finding => isAboutConfiguration(finding, loaded));
  if (project === undefined || hasErrors(findings))
    return refuseProject(findings, { error: 'The configuration of the project has errors.' }, context);
  const interrupt = onInterrupt();
  try {
    const server = await findServerInMode(project, options.readonly);
    const answer =
      server === undefined
        ? await queryHere(project, text, params, context, interrupt.signal)
        : await server.call('POST /query', { sql: text, params }, interrupt.signal);
    return interrupt.signal.aborted ? reportCancelled(context) : report(answer, context);
  } catch (error) {
    if (interrupt.signal.aborted) return reportCancelled(context);
    throw error;
  } finally {
    interrupt.stop();
  }
}

function readSql(sql: string | undefined, file: string | undefined): string {
  if ((sql === undefined || sql.trim() === '') === (file === undefined)) {
    throw new MxcpError('usage', 'Give either a SQL text or --file, and not both.');
  }
  if (file === undefined) return sql ?? '';
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MxcpError('usage', `The file ${file} cannot be read.`, { cause });
  }
}

async function queryHere(
  project: Project,
  sql: string,
  params: JsonObject,
  context: CommandContext,
  signal: AbortSignal,
): Promise<QueryAnswer> {
  enterProject(project);
  const database = await openProjectDatabase(project, openLog(project, context));
  try {
    return await runQuery(database, sql, params, signal);
  } finally {
    await database.close({ deadlineMs: 5_000 });
  }
}

function report(answer: QueryAnswer, { isJson }: CommandContext): number {
  if (answer.ok) {
    if (isJson) printJson({ status: 'ok', result: answer.rows });
    else print(renderValue(answer.rows));
    return 0;
  }
  if (isJson) printJson({ status: 'error', error: answer.message, code: 'query-failed', type: answer.type });
  note(`${answer.type}: ${answer.message}`);
  return 1;
}

function reportCancelled({ isJson }: CommandContext): number {
  const error = 'The query was cancelled.';
  if (isJson) printJson({ status: 'error', error, code: 'cancelled' });
  note(error);
  return 130;
}
