import type { ReferenceProblem } from '@mxcp-ts/plugin-api';

/** `vault://secret/db#password`: a path, which may begin with the mount, and a key of what is kept there. */
export interface VaultReference {
  readonly segments: readonly string[];
  readonly key: string;
}

type Parsed =
  | { readonly ok: true; readonly reference: VaultReference }
  | { readonly ok: false; readonly problem: ReferenceProblem };

const hint = 'Write vault://path/to/secret#key.';

/** Reads what stands behind `vault://`. The key is everything after the first `#`. */
export function parseReference(text: string): Parsed {
  const hash = text.indexOf('#');
  const path = (hash === -1 ? text : text.slice(0, hash)).replace(/^\/+|\/+$/g, '');
  const key = hash === -1 ? '' : text.slice(hash + 1);
  const segments = path.split('/');
  if (path === '') return refuse('The reference names no path.');
  if (key === '') return refuse('The reference names no key behind a `#`.');
  // A URL would take these apart: `secret/../sys/…` asks for something else than it looks like.
  if (segments.some(segment => segment === '' || segment === '.' || segment === '..'))
    return refuse('The path of the reference has an empty segment, `.` or `..`.');
  return { ok: true, reference: { segments, key } };
}

function refuse(message: string): Parsed {
  return { ok: false, problem: { message, hint } };
}

/** As it is used in the address of a request. */
export function pathOf(segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/');
}
