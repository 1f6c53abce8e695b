import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Diagnostic, diagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { EmbeddedText } from '../definition.ts';
import { findScheme, hasReference, type Piece, scanReferences } from './scan-references.ts';

export interface ReferenceContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Absolute path of the file in which the references stand. */
  readonly file: string;
  /** Hears of every `file://` that is read, or was to be. */
  readonly noteFile?: (absolute: string) => void;
  /** What plug-ins gave for `vault://…` and `op://…`, variables replaced. One that is not in here is reported already. */
  readonly secrets?: ReadonlyMap<string, unknown>;
}

/** The value of a secret may be any JSON value; everything else gives texts. */
export type Resolved<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly Diagnostic[] };

/**
 * Replaces the references of one text: `${NAME}` everywhere, `file://` and its like when the text starts with them.
 * What a reference gives is never looked at again.
 */
export function resolveReferences(text: EmbeddedText, context: ReferenceContext): Resolved {
  if (!hasReference(text.text)) return { ok: true, value: text.text };
  const expanded = expandVariables(text, context);
  if (!expanded.ok) return expanded;
  switch (findScheme(text.text)) {
    case undefined:
      return expanded;
    case 'file':
      return readReferencedFile(expanded.value.slice('file://'.length), text.spanOf(0, text.text.length), context);
    case 'vault':
    case 'op':
      return knownSecret(expanded.value, context);
  }
}

/** The text with every `${…}` replaced, whatever it starts with. */
export function expandVariables(text: EmbeddedText, { env }: ReferenceContext): Resolved<string> {
  const pieces = scanReferences(text.text);
  const findings = pieces.flatMap(piece => problemOf(piece, text, env) ?? []);
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, value: pieces.map(piece => expand(piece, env)).join('') };
}

function problemOf(piece: Piece, text: EmbeddedText, env: ReferenceContext['env']): Diagnostic | undefined {
  if (piece.kind === 'text') return undefined;
  const span = text.spanOf(piece.start, piece.end);
  if (piece.kind === 'malformed') {
    return diagnostic(
      'reference/bad-syntax',
      `The reference ${piece.reason}.`,
      span,
      `Write \${NAME}, \${NAME:-default} or \${NAME:?message}; $\${ is a plain \${.`,
    );
  }
  const { name, fallback, message } = piece;
  const value = env[name];
  if (message !== undefined) {
    if (value !== undefined && value !== '') return undefined;
    return diagnostic(
      'reference/unset-variable',
      `The environment variable ${name} is not set.`,
      span,
      message === '' ? undefined : message,
    );
  }
  if (value !== undefined || fallback !== undefined) return undefined;
  return diagnostic(
    'reference/unset-variable',
    `The environment variable ${name} is not set.`,
    span,
    `Set it, or give a default: \${${name}:-…}.`,
  );
}

function expand(piece: Piece, env: ReferenceContext['env']): string {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'malformed') return '';
  const value = env[piece.name];
  // As in a shell, the colon makes an empty variable count as unset.
  return piece.fallback !== undefined && (value === undefined || value === '') ? piece.fallback : (value ?? '');
}

function readReferencedFile(written: string, span: Span, { file, home, noteFile }: ReferenceContext): Resolved {
  const path = resolve(dirname(file), expandHome(written, home));
  noteFile?.(path);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return { ok: true, value: text.trim() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = fileReasons[code] ?? 'cannot be read as UTF-8 text';
    const hint = code === 'ENOENT' ? 'The path is relative to the folder of this file.' : undefined;
    return { ok: false, findings: [diagnostic('reference/file', `The referenced file ${reason}.`, span, hint)] };
  }
}

const fileReasons: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
};

function knownSecret(reference: string, { secrets }: ReferenceContext): Resolved {
  const value = secrets?.get(reference);
  return value === undefined ? { ok: false, findings: [] } : { ok: true, value };
}

/** A leading `~` as the home folder. */
export function expandHome(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}
