import { readFileSync } from 'node:fs';
import { type Surroundings, substitutions } from './substitutions.ts';

const header = /^# Copied unchanged from the user's own document .*\n/;

/** A block as the document has it, without the line that names its source. */
export function readBlock(block: string): string {
  const text = readFileSync(new URL(`../blocks/${block}`, import.meta.url), 'utf8');
  if (!header.test(text)) throw new Error(`${block} does not say where it is from.`);
  return text.replace(header, '');
}

/** A block as it runs. */
export function substitutedBlock(block: string, surroundings: Surroundings): string {
  return substitutions
    .filter(substitution => substitution.block === block)
    .reduce((text, { find, replace }) => {
      if (!text.includes(find)) throw new Error(`${block} has no ${JSON.stringify(find)}.`);
      return text.replaceAll(find, replace(surroundings));
    }, readBlock(block));
}
