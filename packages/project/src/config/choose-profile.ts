import { diagnostic, didYouMean, findNearest, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile, UserConfigFile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';

export interface ProfileChoice {
  readonly name: string;
  readonly from: 'flag' | 'environment' | 'site';
}

/** `--profile`, else `MXCP_PROFILE`, else what the site file says. */
export function chooseProfile(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  site: string | undefined,
): ProfileChoice {
  if (flag !== undefined) return { name: flag, from: 'flag' };
  const variable = env['MXCP_PROFILE'];
  if (variable !== undefined && variable !== '') return { name: variable, from: 'environment' };
  return { name: site ?? 'default', from: 'site' };
}

/**
 * Reports a profile that no file knows. The one the site file names needs no entry, unless it looks like a misspelt
 * one: a stray name would silently get an empty database.
 */
export function checkProfile(
  { name, from }: ProfileChoice,
  site: Partial<SiteFile>,
  user: UserConfigFile,
  locate: Locate,
  report: ReportDiagnostic,
): void {
  if (from === 'site' && site.profile === undefined) return;
  const users = Object.keys(user.projects?.[site.project ?? '']?.profiles ?? {});
  const known = [...new Set([...Object.keys(site.profiles ?? {}), ...users])];
  if (known.includes(name)) return;
  if (name === site.profile && (from !== 'site' || findNearest(name, known) === undefined)) return;
  const all = site.profile === undefined || from === 'site' ? known : [...new Set([...known, site.profile])];
  const hint = didYouMean(name, all) ?? (all.length === 0 ? undefined : `Known profiles: ${all.join(', ')}.`);
  const source = { flag: '--profile names', environment: 'MXCP_PROFILE names', site: 'The site file names' }[from];
  const span = from === 'site' ? locate.at('profile') : undefined;
  report(diagnostic('config/profile-not-found', `${source} the profile "${name}", which no file defines.`, span, hint));
}
