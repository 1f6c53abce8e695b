import { findNearest, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { JsonSchemaDocument } from '@mxcp-ts/schemas';
import type { ErrorObject } from 'ajv';
import type { Locate } from '../definition.ts';
import { findOtherKinds } from './other-kinds.ts';
import type { Path } from './read-value.ts';
import { knownKeys, shapeFinding } from './shape-finding.ts';
import { sharedValidators } from './validators.ts';

export interface ShapeCheck {
  readonly schema: JsonSchemaDocument;
  /** From the root of the value. */
  readonly locate: Locate;
  readonly report: ReportDiagnostic;
  /** Places where nothing is said: what stands there could not be resolved, or is not used. */
  readonly isSilent?: (path: Path) => boolean;
  /** Whether the value at a path may hold a secret, so that it must not be printed. */
  readonly isSecret?: (path: Path) => boolean;
}

/**
 * Checks plain data against a published schema and reports every difference at its place.
 *
 * @returns the paths at which something is wrong
 */
export function checkShape(value: unknown, check: ShapeCheck): readonly Path[] {
  const validate = sharedValidators().validatorOf(check.schema);
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).map(error => ({ error, path: pathOf(error, value) })).filter(isCause);
  const typos = new Set(errors.flatMap(({ error, path }) => meantKey(error, path)));
  const wrong: Path[] = [];
  for (const { error, path } of errors) {
    if (check.isSilent?.(path) === true) continue;
    if (typos.has(keyId(path, missingKey(error)))) continue;
    check.report(shapeFinding(error, path, check.locate, check.isSecret?.(path) === true));
    wrong.push(error.keyword === 'additionalProperties' ? [...path, String(error.params['additionalProperty'])] : path);
  }
  return wrong;
}

interface Located {
  readonly error: ErrorObject;
  readonly path: Path;
}

/** Leaves one error for one cause: not those of the branches of an alternative, nor of its frame when there is code of our own for it. */
function isCause({ error }: Located): boolean {
  if (/\/(?:anyOf|oneOf)\/\d+\//.test(error.schemaPath)) return false;
  return error.keyword !== 'if' && error.keyword !== 'oneOf';
}

/** The key a person meant when they wrote an unknown one. */
function meantKey(error: ErrorObject, path: Path): string[] {
  if (error.keyword !== 'additionalProperties') return [];
  const key = String(error.params['additionalProperty']);
  const meant = findOtherKinds(key, path) === undefined ? findNearest(key, knownKeys(error, path)) : undefined;
  return meant === undefined ? [] : [keyId(path, meant)];
}

/** The key whose absence an error is about; a type that says nothing lacks its `type`. */
function missingKey({ keyword, params }: ErrorObject): unknown {
  return keyword === 'anyOf' ? 'type' : params['missingProperty'];
}

function keyId(path: Path, key: unknown): string {
  return JSON.stringify([...path, key]);
}

function pathOf({ instancePath }: ErrorObject, root: unknown): Path {
  let value = root;
  return instancePath
    .split('/')
    .slice(1)
    .map(part => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const segment = Array.isArray(value) ? Number(key) : key;
      value = (value as Record<string | number, unknown> | undefined)?.[segment];
      return segment;
    });
}
