import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { usageError } from '../src/usage-error.ts';

test.each([
  ["error: too many arguments for 'list'. Expected 0 arguments but got 1.", '`list` takes no arguments, it got 1.'],
  ["error: too many arguments for 'init'. Expected 1 argument but got 2.", '`init` takes one argument, it got 2.'],
  ['error: something new', 'Something new.'],
])('%s', (text, message) => {
  expect(usageError(new CommanderError(1, 'x', text)).message).toBe(message);
});

test('all that were suggested are in the hint', () => {
  const error = new CommanderError(1, 'x', "error: unknown option '--js'\n(Did you mean one of --json, --jsonp?)");
  expect(usageError(error).hint).toBe('Did you mean "--json" or "--jsonp"?');
});
