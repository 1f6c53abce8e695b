import type { SqlStatement } from '../sql/split-statements.ts';

const remote = /^'(?:https?|s3|s3a|s3n|gs|gcs|r2|az|azure|abfss|hf|ftp):/i;

/** The first text literal that names something on the network, as a range of the whole SQL text. */
export function findRemoteLiteral({ text, start, tokens }: SqlStatement): readonly [number, number] | undefined {
  const token = tokens.find(
    ({ kind, start: from }) =>
      (kind === 'string' || kind === 'quoted') && remote.test(text.slice(from - start).replace(/^"/, "'")),
  );
  return token === undefined ? undefined : [token.start, token.end];
}
