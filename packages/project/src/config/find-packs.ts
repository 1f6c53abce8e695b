import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic, didYouMean, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import { findStat } from '../files/find-stat.ts';
import type { LoadOptions } from '../project.ts';

/** The tool packs to serve. `--sql-tools` decides about the pack `sql` over whatever is written. */
export function findPacks(
  site: Partial<SiteFile>,
  locate: Locate,
  { packsFolder, sqlTools }: LoadOptions,
  report: ReportDiagnostic,
): readonly string[] {
  const written = site.packs ?? [];
  const available = foldersIn(packsFolder);
  for (const [index, name] of written.entries()) {
    if (available.includes(name)) continue;
    const hint = didYouMean(name, available) ?? `There are: ${available.join(', ')}.`;
    report(diagnostic('project/bad-sql-tools', `There is no tool pack "${name}".`, locate.at('packs', index), hint));
  }
  const wantsSql = sqlTools ?? (written.includes('sql') || site.sql_tools?.enabled === true);
  const others = written.filter(name => name !== 'sql' && available.includes(name));
  return Object.freeze([...new Set(wantsSql && available.includes('sql') ? ['sql', ...others] : others)]);
}

function foldersIn(folder: string): readonly string[] {
  if (findStat(folder)?.isDirectory() !== true) return [];
  return readdirSync(folder).filter(name => findStat(join(folder, name))?.isDirectory() === true);
}
