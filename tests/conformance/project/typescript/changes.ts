import { notify } from 'mxcp-ts/runtime';

export function test_trigger_tool_change() {
  notify.toolsChanged();
  return 'Clients that listen have been told.';
}
