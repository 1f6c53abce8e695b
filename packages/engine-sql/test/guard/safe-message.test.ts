import { expect, test } from 'vitest';
import { safeMessage } from '../../src/guard/safe-message.ts';

test.each([
  [{ type: 'Binder', message: 'no column "x"' }, 'Binder Error: no column "x"'],
  [
    { type: 'Catalog', message: 'view of "/srv/data/x.csv" and \'s3://b/k\'' },
    'Catalog Error: view of "<path>" and \'<path>\'',
  ],
  [{ type: 'IO', message: 'Cannot open file "/srv/x.csv"' }, 'The query could not be run.'],
  [{ type: 'INTERNAL', message: 'stack' }, 'The query could not be run.'],
])('says of %j only what the author of a query may know', (failure, message) => {
  expect(safeMessage(failure)).toBe(message);
});
