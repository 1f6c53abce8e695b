import fc from 'fast-check';
import type { Step, Unit } from '../step.ts';
import { dialogue } from './dialogues.ts';
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
import { rawStep } from './raw-steps.ts';
import { session } from './sessions.ts';

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

/** A client of 2026 that sends back what it got: cursors, states, ids of tasks. */
const conversation: fc.Arbitrary<Unit> = fc
  .array(fc.oneof(validPost('2026'), mutatedParams('2026')), { minLength: 2, maxLength: 8, size: 'max' })
  .map(steps => ({ turns: steps.map(step => [step]) }));

/** Everything that is sent over HTTP. */
export const unit: fc.Arbitrary<Unit> = fc.oneof(
  { weight: 30, arbitrary: single.map(step => ({ turns: [[step]] })) },
  { weight: 3, arbitrary: session },
  { weight: 2, arbitrary: conversation },
  { weight: 2, arbitrary: dialogue },
);
