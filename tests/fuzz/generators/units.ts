import fc from 'fast-check';
import type { HttpStep, Step } from '../step.ts';
import { headersOf } from './headers.ts';
import {
  batchPost,
  bodiless,
  damagedPost,
  largePost,
  misaddressedPost,
  mutatedParams,
  mutatedPost,
  validPost,
} from './http-steps.ts';
import { writeJson } from './json-text.ts';
import { initialize } from './messages.ts';
import { rawStep } from './raw-steps.ts';

/**
 * What one client sends: turn after turn, and all steps of a turn at once. What the server gives out in a turn can be sent
 * back to it in a later one.
 */
export interface Unit {
  readonly turns: readonly (readonly Step[])[];
}

const single: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: validPost('2026') },
  { weight: 60, arbitrary: mutatedPost('2026') },
  { weight: 90, arbitrary: mutatedParams('2026') },
  { weight: 60, arbitrary: misaddressedPost('2026') },
  { weight: 30, arbitrary: damagedPost('2026') },
  { weight: 40, arbitrary: mutatedPost('2025') },
  { weight: 20, arbitrary: misaddressedPost('2025') },
  { weight: 20, arbitrary: batchPost },
  { weight: 30, arbitrary: bodiless },
  { weight: 40, arbitrary: rawStep },
  { weight: 1, arbitrary: largePost },
);

const open: fc.Arbitrary<HttpStep> = initialize.map(message => ({
  kind: 'http',
  method: 'POST',
  path: '/mcp',
  headers: headersOf(message),
  body: Buffer.from(writeJson(message.document)),
  isChunked: false,
  hangUpAfterMs: undefined,
}));

const stream = (lastEvent: boolean): HttpStep => ({
  kind: 'http',
  method: 'GET',
  path: '/mcp',
  headers: [
    ['Host', 'localhost'],
    ['Accept', 'text/event-stream'],
    ['Mcp-Session-Id', '@@session@@'],
    ...(lastEvent ? ([['Last-Event-ID', '@@event@@']] as const) : []),
  ],
  body: undefined,
  isChunked: false,
  hangUpAfterMs: undefined,
});

const end: HttpStep = {
  kind: 'http',
  method: 'DELETE',
  path: '/mcp',
  headers: [
    ['Host', 'localhost'],
    ['Mcp-Session-Id', '@@session@@'],
  ],
  body: undefined,
  isChunked: false,
  hangUpAfterMs: undefined,
};

const ofSession: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: validPost('2025') },
  { weight: 4, arbitrary: mutatedPost('2025') },
  { weight: 6, arbitrary: mutatedParams('2025') },
  { weight: 3, arbitrary: misaddressedPost('2025') },
  { weight: 2, arbitrary: damagedPost('2025') },
  { weight: 2, arbitrary: batchPost },
  { weight: 1, arbitrary: bodiless },
  { weight: 2, arbitrary: fc.boolean().map(stream) },
  { weight: 1, arbitrary: fc.constant(end) },
);

const ofSessionAtOnce: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 8, arbitrary: ofSession.map(step => [step]) },
  { weight: 2, arbitrary: fc.array(ofSession, { minLength: 2, maxLength: 4, size: 'max' }) },
);

/** A client of 2025, from the opening of its session on; most say goodbye. */
const session: fc.Arbitrary<Unit> = fc
  .tuple(open, fc.array(ofSessionAtOnce, { minLength: 1, maxLength: 10, size: 'max' }), fc.nat({ max: 9 }))
  .map(([first, rest, goodbye]) => ({ turns: [[first], ...rest, ...(goodbye === 0 ? [] : [[end]])] }));

/** A client of 2026 that sends back what it got: cursors, states, ids of tasks. */
const conversation: fc.Arbitrary<Unit> = fc
  .array(fc.oneof(validPost('2026'), mutatedParams('2026')), { minLength: 2, maxLength: 8, size: 'max' })
  .map(steps => ({ turns: steps.map(step => [step]) }));

export const unit: fc.Arbitrary<Unit> = fc.oneof(
  { weight: 30, arbitrary: single.map(step => ({ turns: [[step]] })) },
  { weight: 3, arbitrary: session },
  { weight: 2, arbitrary: conversation },
);
