import { definePlugin } from 'mxcp-ts/runtime';

const clock = new Int32Array(new SharedArrayBuffer(4));

export const numbers = definePlugin({
  functions: {
    score_typescript: { parameters: ['BIGINT'], returns: 'BIGINT', call: (number: bigint) => number * 2n + 1n },
    slow_typescript: { parameters: ['BIGINT'], returns: 'BIGINT', call: sleepOnceInAChunk },
  },
});

function sleepOnceInAChunk(number: bigint): bigint {
  if (number % 2048n === 0n) Atomics.wait(clock, 0, 0, 1_000);
  return number;
}
