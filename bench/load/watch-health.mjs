import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { summarizeLatencies } from './run-callers.mjs';

const pauseMs = 20;

/**
 * Asks a server for `/health`, one request after the other with a pause of 20 ms, while `work` goes on: what a client
 * sees of the server's event loop, the scheduling of the machine included.
 *
 * @returns what `work` gave, and how long each answer took, in milliseconds
 */
export async function watchHealth(port, work) {
  const agent = new Agent({ keepAlive: true });
  const latencies = [];
  let isOver = false;
  const value = work().finally(() => {
    isOver = true;
  });
  const watching = (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      await askHealth(port, agent);
      latencies.push(performance.now() - askedAt);
      await sleep(pauseMs);
    }
  })();
  try {
    const [result] = await Promise.all([value, watching]);
    return { result, latencies };
  } finally {
    agent.destroy();
  }
}

/** What `/health` took, as metrics of a case. */
export function summarizeHealth(latencies) {
  const { p50Ms, p99Ms } = summarizeLatencies([...latencies], 1);
  return { healthP50Ms: p50Ms, healthP99Ms: p99Ms, healthMaxMs: Math.max(...latencies) };
}

function askHealth(port, agent) {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/health', agent }, response => {
      response.resume();
      response.once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('/health is not well.'))));
    });
    request.once('error', reject);
  });
}
