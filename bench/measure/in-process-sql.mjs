import { embedding, program } from '../system/command-line.mjs';
import { startProcess } from '../system/server-process.mjs';

/** Records the point query through `invoke` and through the bare driver, one after the other. */
export async function measureInProcessSql({ small, connections, seconds, record }) {
  for (const callers of [1, 32]) {
    record(`sql/invoke/${callers}`, await runProgram(embedding('invoke-sql.js', small, callers, seconds)));
    record(`sql/bare driver/${callers}`, await runProgram(program('bare-driver.mjs', connections, callers, seconds)));
  }
}

async function runProgram(args) {
  const running = startProcess(args);
  let stdout = '';
  running.child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  const code = await running.exited;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with code ${code}.\n${running.stderr()}`);
  return JSON.parse(stdout);
}
