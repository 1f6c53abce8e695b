import type { ProjectOutline } from './outline.ts';

/** Reads what `mxcp_guest/check.py` printed. The two are released together, so only their being in step is checked. */
export function parseOutline(text: string): ProjectOutline {
  const outline: unknown = JSON.parse(text);
  const { files, inline, missingModules } = outline as Partial<ProjectOutline>;
  if (![files, inline, missingModules].every(Array.isArray)) throw new Error('The Python checker gave no outline.');
  return outline as ProjectOutline;
}
