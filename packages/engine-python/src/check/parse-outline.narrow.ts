import type { ProjectOutline } from './outline.ts';

/** Reads what `mxcp_guest/check.py` printed. The two are released together, so only their being in step is checked. */
export function parseOutline(text: string): ProjectOutline {
  const outline: unknown = JSON.parse(text);
  const { files, inline } = outline as Partial<ProjectOutline>;
  if (!Array.isArray(files) || !Array.isArray(inline)) throw new Error('The Python checker gave no outline.');
  return { files, inline };
}
