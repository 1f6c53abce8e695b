// Calls the point query of a project through `invoke`, without a transport, and prints what it measured as JSON.
// node invoke-sql.mjs FOLDER CALLERS SECONDS
import { builtInEngines, loadFolder, startProject } from '@mxcp-ts/mxcp';
import { measureInProcess } from '../load/measure-in-process.mjs';

const [folder, callers, seconds] = process.argv.slice(2);
const log = (level, message) => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${level} ${message}\n`);
};
const reread = () => loadFolder({ folder });
const started = await startProject(await reread(), { engines: builtInEngines(), log, reread, ignoreErrors: false });
if (!started.ok) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
const { runtime } = started;

const context = { transport: 'cli', requestId: undefined, headers: {}, user: undefined, session: undefined };

async function call(id) {
  const outcome = await runtime.invoke({ endpoint: 'tool:point_query', args: { id }, context });
  // The text is what a client would be sent.
  return outcome.kind === 'ok' ? JSON.stringify(outcome.value) : JSON.stringify(outcome);
}

await measureInProcess({ call, callers: Number(callers), seconds: Number(seconds) });
await runtime.close({ drainTimeoutMs: 1_000, stopTimeoutMs: 5_000 });
