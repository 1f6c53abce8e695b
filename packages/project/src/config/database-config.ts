import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { diagnostic, type ReportDiagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { SiteFile, SiteProfile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import type { FileReader } from '../files/file-reader.ts';
import { findMatching } from '../files/find-files.ts';
import type { ProjectFolder } from '../files/project-folder.ts';
import type { DatabaseConfig, Extension, LoadOptions, SetupFile } from '../project.ts';
import { expandHome } from '../references/resolve-references.ts';
import { embeddedFile } from '../yaml/embedded-scalar.ts';

export interface DatabaseContext {
  readonly options: LoadOptions;
  readonly profile: string;
  readonly folder: ProjectFolder;
  readonly files: FileReader;
  readonly locate: Locate;
  readonly report: ReportDiagnostic;
}

/** The database of the active profile: its own settings over those of the whole site, the environment over both. */
export function databaseConfig(
  site: Partial<SiteFile>,
  profile: SiteProfile,
  context: DatabaseContext,
): DatabaseConfig {
  const { options, locate } = context;
  const ownPath = ['profiles', context.profile, 'duckdb'];
  const path = profile.duckdb?.setup === undefined ? ['duckdb'] : ownPath;
  return Object.freeze({
    path: databasePath(site, profile, context),
    isReadOnly: options.isReadOnly ?? flagOf(options.env['MXCP_READONLY']) ?? profile.duckdb?.readonly ?? false,
    extensions: Object.freeze((site.extensions ?? []).map(extensionOf).filter(({ name }) => name !== '')),
    settings: Object.freeze({ ...site.duckdb?.settings, ...profile.duckdb?.settings }),
    setup: Object.freeze(setupFiles(profile.duckdb?.setup ?? site.duckdb?.setup ?? [], [...path, 'setup'], context)),
    span: spanOf(site, profile, ownPath, locate),
  });
}

function databasePath(
  site: Partial<SiteFile>,
  profile: SiteProfile,
  { options, profile: name }: DatabaseContext,
): string {
  const { root, env, home } = options;
  const fromEnv = env['MXCP_DUCKDB_PATH'];
  const isFromEnv = fromEnv !== undefined && fromEnv !== '';
  const written = isFromEnv ? fromEnv : profile.duckdb?.path;
  if (written === ':memory:') return written;
  if (written !== undefined) return resolve(isFromEnv ? (options.cwd ?? root) : root, expandHome(written, home));
  return join(resolve(root, expandHome(site.paths?.data ?? 'data', home)), `db-${name}.duckdb`);
}

/** `1`, `true` and `yes` are true, anything else that is set is false. */
function flagOf(value: string | undefined): boolean | undefined {
  return value === undefined || value === '' ? undefined : ['1', 'true', 'yes'].includes(value.trim().toLowerCase());
}

function extensionOf(written: NonNullable<SiteFile['extensions']>[number]): Extension {
  return Object.freeze(
    typeof written === 'string'
      ? { name: written, repository: undefined }
      : { name: written.name, repository: written.repo },
  );
}

function spanOf(site: Partial<SiteFile>, profile: SiteProfile, ownPath: readonly string[], locate: Locate): Span {
  if (profile.duckdb !== undefined) return locate.key(...ownPath);
  if (site.duckdb !== undefined) return locate.key('duckdb');
  return site.extensions === undefined ? locate.key() : locate.key('extensions');
}

function setupFiles(patterns: readonly string[], path: readonly string[], context: DatabaseContext): SetupFile[] {
  const found = new Map<string, SetupFile>();
  for (const [index, pattern] of patterns.entries()) {
    const refuse = (message: string, hint?: string) =>
      context.report(diagnostic('plan/setup-file', message, context.locate.at(...path, index), hint));
    for (const file of matching(pattern, context)) {
      const place = context.folder.find(file, context.folder.root);
      if (!place.ok) {
        const reason = { missing: 'does not exist', outside: 'lies outside the project', folder: 'is a folder' }[
          place.problem
        ];
        refuse(`The setup file ${file} ${reason}.`, place.hint);
        continue;
      }
      const read = context.files.read(place.path.absolute);
      if (!read.ok) refuse(`The setup file ${file} ${read.reason}.`);
      else found.set(place.path.relative, setupFile(place.path.relative, read.source));
    }
    if (isPattern(pattern) && matching(pattern, context).length === 0) refuse(`No file fits ${pattern}.`);
  }
  return [...found.values()];
}

function setupFile(path: string, source: Parameters<typeof embeddedFile>[0]): SetupFile {
  const hash = createHash('sha256').update(source.text).digest('hex');
  return Object.freeze({ path, sql: embeddedFile(source), hash });
}

function matching(pattern: string, { folder }: DatabaseContext): readonly string[] {
  return isPattern(pattern) ? findMatching(folder.root, pattern.replace(/^(?:\.?\/)+/, '')) : [pattern];
}

function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}
