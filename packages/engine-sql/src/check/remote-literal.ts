import type { SqlStatement } from '../sql/split-statements.ts';

// However it is quoted: 'x', E'x', "x", $$x$$, $tag$x$tag$.
const remote = /^(?:e?'|"|\$\w*\$)(?:https?|s3|s3a|s3n|gs|gcs|r2|az|azure|abfss|hf|ftp):/i;

/** The first text literal that names something on the network, as a range of the whole SQL text. */
export function findRemoteLiteral({ text, start, tokens }: SqlStatement): readonly [number, number] | undefined {
  const token = tokens.find(
    ({ kind, start: from }) => (kind === 'string' || kind === 'quoted') && remote.test(text.slice(from - start)),
  );
  return token === undefined ? undefined : [token.start, token.end];
}
