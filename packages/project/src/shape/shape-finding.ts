import { type Diagnostic, type DiagnosticCode, diagnostic, diagnosticCodes, didYouMean } from '@mxcp-ts/diagnostics';
import type { ErrorObject } from 'ajv';
import type { Locate } from '../definition.ts';
import { findOtherKinds } from './other-kinds.ts';
import type { Path } from './read-value.ts';
import { asList, boundWords, kindOf, labelOf, typeHint, typeNames, typeWords } from './shape-words.ts';

/** A validator's error as a finding at the place of its cause. */
export function shapeFinding(error: ErrorObject, path: Path, locate: Locate, isSecret: boolean): Diagnostic {
  const own = ownCode(error);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(error, path, locate);
    case 'required':
      return missingField(String(error.params['missingProperty']), path, locate);
    // The only alternative in our schemas: a type says `type`, `$ref` or the like.
    case 'anyOf':
      return missingField('type', path, locate);
    case 'type': {
      // Beside texts one handler may stand there, which nobody means by a number.
      const isProposed = path.at(-2) === 'complete' && typeof error.data !== 'object';
      const words = isProposed ? 'a text' : typeWords(error);
      const message = `${labelOf(path)} must be ${words}, not ${kindOf(error.data)}.`;
      return diagnostic('project/wrong-type', message, locate.at(...path), typeHint(error));
    }
    case 'const':
    case 'enum':
      return notAMember(error, path, locate, isSecret);
    case 'pattern':
      return notAsPattern(error, path, locate);
    default:
      return diagnostic(own ?? 'project/wrong-value', `${labelOf(path)} ${boundWords(error)}.`, locate.at(...path));
  }
}

function unknownField(error: ErrorObject, path: Path, locate: Locate): Diagnostic {
  const key = String(error.params['additionalProperty']);
  const span = locate.key(...path, key);
  const others = findOtherKinds(key, path);
  if (others !== undefined) return diagnostic('project/unknown-field', `\`${key}\` is for ${others} only.`, span);
  const keys = knownKeys(error, path);
  const hint = didYouMean(key, keys) ?? (keys.length === 0 ? undefined : `Known here: ${keys.join(', ')}.`);
  return diagnostic('project/unknown-field', `"${key}" is not a field here.`, span, hint);
}

/** The keys that the object of an error may have, those aside that are accepted only for compatibility. */
export function knownKeys({ parentSchema }: ErrorObject, path: Path): string[] {
  const keys = Object.keys(parentSchema?.['properties'] ?? {});
  // A type has a name where it is a parameter; elsewhere its name means nothing.
  const isType = keys.includes('contentMediaType');
  const isParameter = path.at(-2) === 'parameters' || path.at(-2) === 'fields';
  return keys.filter(key => {
    if (isType && key === 'complete') return path.at(-2) === 'parameters';
    return key !== 'return_' && !(isType && !isParameter && key === 'name');
  });
}

function missingField(name: string, path: Path, locate: Locate): Diagnostic {
  return diagnostic('project/missing-field', `The field "${name}" is missing.`, locate.key(...path));
}

function notAMember(error: ErrorObject, path: Path, locate: Locate, isSecret: boolean): Diagnostic {
  const allowed = error.keyword === 'const' ? [error.params['allowedValue']] : asList(error.params['allowedValues']);
  const words = allowed.map(member => (typeof member === 'string' ? member : JSON.stringify(member)));
  const list = words.length === 1 ? `Write ${words[0]}.` : `Use one of ${words.join(', ')}.`;
  const span = locate.at(...path);
  const own = ownCode(error);
  if (typeof error.data !== 'string' && typeof error.data !== 'number') {
    const wanted = words.length === 1 ? words[0] : 'one of a few words';
    return diagnostic(
      'project/wrong-type',
      `${labelOf(path)} must be ${wanted}, not ${kindOf(error.data)}.`,
      span,
      list,
    );
  }
  const shown = isSecret ? 'What stands here' : JSON.stringify(error.data);
  const hint = (isSecret || typeof error.data === 'number' ? undefined : didYouMean(error.data, words)) ?? list;
  if (own === 'project/unknown-type') return diagnostic(own, `Type ${shown} does not exist.`, span, hint);
  return diagnostic(own ?? 'project/wrong-value', `${shown} is not a value of ${labelOf(path, 'inside')}.`, span, hint);
}

function notAsPattern(error: ErrorObject, path: Path, locate: Locate): Diagnostic {
  const span = locate.at(...path);
  const types = asList(error.parentSchema?.['type']);
  // A text that was let through only because it might have been a reference.
  if (types.length > 1 && types[0] !== 'number') {
    return diagnostic(
      'project/wrong-type',
      `${labelOf(path)} must be ${typeNames[String(types[0])]}, not a text.`,
      span,
    );
  }
  const code = ownCode(error) ?? 'project/wrong-value';
  const message = patternMessages[code] ?? `${labelOf(path)} is not written as it should be.`;
  return diagnostic(code, message, span, patternHint(code, path));
}

const patternMessages: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  'project/bad-name': 'The name does not fit what MCP clients accept.',
  'project/bad-parameter-name': 'The name of a parameter must be an identifier.',
};

function patternHint(code: DiagnosticCode, path: Path): string | undefined {
  if (code === 'project/bad-name') return 'Use letters, digits, _ and - only, at most 64.';
  if (code === 'project/bad-parameter-name') return 'Start with a letter or _, go on with letters, digits and _.';
  if (path.at(-1) === 'mime_type' || path.at(-1) === 'contentMediaType') {
    return path.includes('icons')
      ? 'Write a media type, like image/png.'
      : 'Write a media type, like application/json.';
  }
  if (path.at(-1) === 'website_url') return 'Write an address, like https://example.com.';
  if (path.at(-1) === 'last_modified') return 'Write it as ISO 8601: 2025-01-31T13:05:00Z.';
  if (path.at(-2) === 'sizes') return 'Write it like 48x48, or any.';
  if (path.at(-2) === 'elicit') return 'Start with a letter or _, go on with letters, digits, _ and -, at most 64.';
  if (path.at(-1) === 'every') return 'Write it like 5m or 30s, or as a number of seconds; at least 1s.';
  return /(?:timeout|ttl|interval|cache)$/.test(String(path.at(-1)))
    ? 'Write it like 30s, 500ms or 2m, or as a number of seconds.'
    : undefined;
}

function ownCode({ parentSchema }: ErrorObject): DiagnosticCode | undefined {
  const code: unknown = parentSchema?.['x-mxcp-code'];
  return typeof code === 'string' && isCode(code) ? code : undefined;
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, code);
}
