import fc from 'fast-check';
import { unit } from '../generators/units.ts';
import type { Unit } from '../step.ts';
import { runUnit, type Target } from './run-unit.ts';

const atOnce = 32;
const shrinkForMs = 60_000;

/** Lets some hundred clients call the server, as the seed says. Rejects with the smallest round found that still goes wrong. */
export async function playRound(seed: number, target: Target): Promise<void> {
  const units = fc.array(unit, { minLength: 200, maxLength: 800, size: 'max' });
  const round = fc.asyncProperty(units, each => playAll(each, target));
  const { failed, errorInstance, numShrinks } = await fc.check(round, {
    seed,
    numRuns: 1,
    interruptAfterTimeLimit: shrinkForMs,
  });
  if (!failed) return;
  const problem = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  throw new Error(`${problem}\n--- Found with MXCP_FUZZ_SEED=${seed}, made smaller ${numShrinks} times.`);
}

async function playAll(units: readonly Unit[], target: Target): Promise<void> {
  const left = [...units].reverse();
  let hasFailed = false;
  const play = async () => {
    for (let next = left.pop(); next !== undefined && !hasFailed; next = left.pop()) {
      await runUnit(next, target).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, play));
}
