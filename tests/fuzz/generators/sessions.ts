import fc from 'fast-check';
import type { HttpStep, Step, Unit } from '../step.ts';
import {
  batchPost,
  bodiless,
  damagedPost,
  misaddressedPost,
  mutatedParams,
  mutatedPost,
  plainPost,
  validPost,
} from './http-steps.ts';
import { initialize } from './messages.ts';

/** The stream of a session, from its beginning or from the last event on that was seen. */
export function stream(isResumed: boolean): HttpStep {
  return ofSessionWithout('GET', [
    ['Accept', 'text/event-stream'],
    ...(isResumed ? ([['Last-Event-ID', '@@event@@']] as const) : []),
  ]);
}

/** The end of a session. */
export const end: HttpStep = ofSessionWithout('DELETE', []);

function ofSessionWithout(method: string, lines: HttpStep['headers']): HttpStep {
  return {
    kind: 'http',
    method,
    path: '/mcp',
    headers: [['Host', 'localhost'], ['Mcp-Session-Id', '@@session@@'], ...lines],
    body: undefined,
    isChunked: false,
    hangUpAfterMs: undefined,
  };
}

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
export const session: fc.Arbitrary<Unit> = fc
  .tuple(
    initialize.map(plainPost),
    fc.array(ofSessionAtOnce, { minLength: 1, maxLength: 10, size: 'max' }),
    fc.nat({ max: 9 }),
  )
  .map(([first, rest, goodbye]) => ({ turns: [[first], ...rest, ...(goodbye === 0 ? [] : [[end]])] }));
