// The whole product with one thing replaced: its TypeScript engine runs a plain function in this process instead of a
// guest. What is left is the cost of serving. node in-process-echo.mjs http|stdio PORT FOLDER
import { builtInEngines, loadFolder, serveProject, startProject } from '@mxcp-ts/mxcp';

const [transport, port, folder] = process.argv.slice(2);

const inProcessEngine = {
  language: 'typescript',
  check: async () => [],
  start: async () => ({
    diagnostics: [],
    bind: () => async call => ({ kind: 'ok', value: call.args.text }),
    problems: () => [],
    functions: [],
    stop: async () => {},
  }),
};

const log = (level, message) => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${level} ${message}\n`);
};
const engines = [...builtInEngines().filter(({ language }) => language !== 'typescript'), inProcessEngine];
const reread = () => loadFolder({ folder });
const started = await startProject(await reread(), { engines, log, reread, ignoreErrors: false });
if (!started.ok) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
const served = await serveProject(started.runtime, {
  transport: transport === 'stdio' ? 'stdio' : 'streamable-http',
  host: '127.0.0.1',
  port: Number(port),
  isStateless: false,
  log,
  engines,
  reread,
  reloader: started.reloader,
  isDebug: false,
  watch: false,
});
process.once('SIGTERM', async () => {
  await served.close();
  process.exit(0);
});
