import { spawn } from 'node:child_process';
import { program } from '../../../tests/support/program.ts';

/** Each text that the terminal shows, and what is typed then. */
export type Dialogue = readonly (readonly [shown: string, typed: string])[];

/** Runs the CLI in a pseudo terminal, which Node cannot make, to what it showed there and its exit code. */
export function runInTerminal(
  args: readonly string[],
  dialogue: Dialogue,
): Promise<{ shown: string; exitCode: number }> {
  const child = spawn('python3', ['-c', terminal, JSON.stringify(dialogue), process.execPath, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', exitCode => resolve({ shown: plain(shown), exitCode: exitCode ?? -1 }));
  });
}

const terminal = `
import json, os, pty, sys
dialogue, argv = json.loads(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.environ["NO_COLOR"] = "1"
    os.environ["TERM"] = "dumb"
    os.execv(argv[0], argv)
seen = b""
while True:
    try:
        part = os.read(fd, 4096)
    except OSError:
        break
    if not part:
        break
    os.write(1, part)
    seen += part
    while dialogue and dialogue[0][0].encode() in seen:
        seen = seen.split(dialogue[0][0].encode(), 1)[1]
        os.write(fd, dialogue.pop(0)[1].encode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** Without what moves the cursor. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');
}
