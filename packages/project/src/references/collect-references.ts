import type { Span } from '@mxcp-ts/diagnostics';
import { type Path, readValue } from '../shape/read-value.ts';
import { anyShape } from '../shape/shape.ts';
import { embeddedScalar } from '../yaml/embedded-scalar.ts';
import type { Place } from '../yaml/yaml-file.ts';
import { expandVariables, type ReferenceContext } from './resolve-references.ts';
import { findScheme, type SourceScheme } from './scan-references.ts';

/** A reference that a plug-in reads. */
export interface SecretReference {
  readonly scheme: SourceScheme;
  /** With the scheme, variables replaced. */
  readonly text: string;
  readonly path: Path;
  readonly span: Span;
}

/** Every `vault://` and `op://` of a file whose variables can be replaced; what is wrong with the others is found when they are resolved. */
export function collectReferences(root: Place | undefined, context: ReferenceContext): readonly SecretReference[] {
  const found: SecretReference[] = [];
  const resolve = (text: string, scalar: Parameters<typeof embeddedScalar>[1], place: Place, path: Path): string => {
    const scheme = findScheme(text);
    if (scheme === undefined || scheme === 'file') return text;
    const embedded = embeddedScalar(place.file.source, scalar, text);
    const expanded = expandVariables(embedded, context);
    if (expanded.ok) found.push({ scheme, text: expanded.value, path, span: embedded.spanOf(0, text.length) });
    return text;
  };
  if (root !== undefined) readValue(root, anyShape, { report: () => undefined, resolve });
  return found;
}
