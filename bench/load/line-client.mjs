/**
 * Speaks JSON-RPC to a child process, one document a line over its stdin and stdout; many requests may be in flight.
 */
export function openLineClient(child) {
  const pending = new Map();
  let lastId = 0;
  let rest = '';
  const failAll = reason => {
    for (const { reject } of pending.values()) reject(new Error(reason));
    pending.clear();
  };
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const answer = JSON.parse(line);
      pending.get(answer.id)?.resolve(answer);
      pending.delete(answer.id);
    }
  });
  child.stdin.on('error', () => {});
  child.once('exit', code => failAll(`The process ended with code ${code}.`));
  return {
    /** @param message - without an id */
    request(message) {
      const id = ++lastId;
      child.stdin.write(`${JSON.stringify({ ...message, id })}\n`);
      return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
    },
  };
}
