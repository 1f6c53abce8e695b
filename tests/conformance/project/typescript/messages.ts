import { setTimeout as sleep } from 'node:timers/promises';
import { notify, progress } from 'mxcp-ts/runtime';

export function test_logging_tool() {
  notify.info('This is for clients that asked for it.');
  return 'Told.';
}

export async function test_tool_with_progress() {
  for (const done of [0, 50, 100]) {
    progress(done, 100, `${done} of 100`);
    await sleep(50);
  }
  return 'All 100 done.';
}
