import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { diagnostic, type ReportDiagnostic, SourceFile } from '@mxcp-ts/diagnostics';
import { type SiteFile, siteSchema, type UserConfigFile, userConfigSchema } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';
import { type FileReader, unreadable } from '../files/file-reader.ts';
import type { ProjectFolder } from '../files/project-folder.ts';
import { siteFileName } from '../find-project-root.ts';
import type { LoadOptions, ProjectConfig } from '../project.ts';
import { expandHome, type ReferenceContext, resolveReferences } from '../references/resolve-references.ts';
import { asSite, asUserConfig } from '../shape/checked.narrow.ts';
import { findText } from '../yaml/locate.ts';
import { activeInSite, activeInUserConfig } from './active-paths.ts';
import { checkPromises } from './check-promises.ts';
import { checkProfile, chooseProfile } from './choose-profile.ts';
import { type ConfigFile, openConfigFile, readConfigFile } from './config-file.ts';
import { databaseConfig } from './database-config.ts';
import { fetchSecrets } from './fetch-secrets.ts';
import { findPacks } from './find-packs.ts';
import { hideValues } from './hide-values.ts';
import { mcpConfig } from './mcp-config.ts';
import { pluginsConfig } from './plugins-config.ts';
import { secretsConfig } from './secrets-config.ts';
import { httpConfig, loggingConfig } from './server-config.ts';
import { stateSecret, withoutStateSecret } from './state-secret.ts';

export interface LoadedConfig {
  /** What could be read of the site file, for finding endpoints. */
  readonly site: Partial<SiteFile>;
  readonly siteFile: SourceFile;
  /** The site file and the user config, as far as they exist. */
  readonly sources: readonly SourceFile[];
  /** Undefined when the site file cannot be used at all. */
  readonly config: ProjectConfig | undefined;
}

export interface ConfigContext {
  readonly options: LoadOptions;
  readonly folder: ProjectFolder;
  readonly files: FileReader;
  readonly report: ReportDiagnostic;
}

/** Reads the site file and the user config for the profile that is active. */
export async function loadConfig(given: ConfigContext): Promise<LoadedConfig> {
  const { options } = given;
  const userPath = findUserConfig(given);
  const report = userPath === undefined ? given.report : hideValues(given.files.pathOf(userPath), given.report);
  const context: ConfigContext = { ...given, report };
  const sitePath = join(options.root, siteFileName);
  const siteRead = context.files.read(sitePath);
  if (!siteRead.ok) report(unreadable(siteRead));
  const siteFile = siteRead.ok ? openConfigFile(siteRead.source, options.root, report) : undefined;
  const choice = chooseProfile(options.profile, options.env, siteFile && profileOf(siteFile, sitePath, options));
  const userFile = openUserConfig(userPath, context);
  const inSite: ConfigInput = { file: siteFile, path: sitePath, profile: choice.name };
  const inUser: ConfigInput = { file: userFile?.file, path: userPath ?? '', profile: choice.name };
  const secrets = await secretsOf(inSite, inUser, context);
  const site = readSite(inSite, secrets, context);
  const user = readUserConfig(inUser, userFile?.source, site.project, secrets, context);
  const sources = [siteRead.source, ...(user.source === undefined ? [] : [user.source])];
  if (siteFile === undefined) return { site, siteFile: siteRead.source, sources, config: undefined };
  checkProfile(choice, site, user.value, siteFile.locate, report);
  const config = buildConfig(site, siteFile.locate, user, choice.name, context);
  return { site, siteFile: siteRead.source, sources, config };
}

/** The profile decides which references of the site file count, so it is read before all others. */
function profileOf({ root }: ConfigFile, file: string, { env, home }: LoadOptions): string | undefined {
  const text = root === undefined ? undefined : findText(root, ['profile']);
  if (text === undefined) return undefined;
  const embedded = { text, spanOf: () => ({ source: new SourceFile(file, ''), start: 0, end: 0 }) };
  const resolved = resolveReferences(embedded, { env, home, file });
  return resolved.ok && typeof resolved.value === 'string' ? resolved.value : text;
}

interface ConfigInput {
  /** Undefined when there is no such file, or it cannot be used. */
  readonly file: ConfigFile | undefined;
  /** Absolute. */
  readonly path: string;
  /** The active one. */
  readonly profile: string;
}

type Secrets = ReadonlyMap<string, unknown>;

const noSecrets: Secrets = new Map();

function secretsOf(site: ConfigInput, user: ConfigInput, context: ConfigContext): Promise<Secrets> {
  const { options, report } = context;
  const { profile } = site;
  const project = () => readSite(site, noSecrets, { ...context, report: () => undefined }).project;
  return fetchSecrets({
    site: { file: site.file, references: referencesOf(site, noSecrets, context), isActive: activeInSite(profile) },
    user: {
      file: user.file,
      references: referencesOf(user, noSecrets, context),
      isActive: () => activeInUserConfig(project(), profile),
    },
    options,
    report,
  });
}

function readSite(input: ConfigInput, secrets: Secrets, context: ConfigContext): Partial<SiteFile> {
  if (input.file === undefined) return {};
  const references = referencesOf(input, secrets, context);
  const isActive = activeInSite(input.profile);
  return asSite(readConfigFile(input.file, { schema: siteSchema, references, isActive, report: context.report }));
}

interface UserConfig {
  readonly value: UserConfigFile;
  /** Absolute; undefined when there is none. */
  readonly path: string | undefined;
  readonly source: SourceFile | undefined;
  readonly locate: Locate | undefined;
}

interface OpenedUserConfig {
  /** Undefined when nothing in it can be used. */
  readonly file: ConfigFile | undefined;
  readonly source: SourceFile;
}

function openUserConfig(path: string | undefined, { files, report }: ConfigContext): OpenedUserConfig | undefined {
  if (path === undefined) return undefined;
  const read = files.read(path);
  if (!read.ok) report(unreadable(read));
  const file = read.ok ? openConfigFile(read.source, dirname(path), report) : undefined;
  return { file, source: read.source };
}

function readUserConfig(
  input: ConfigInput,
  source: SourceFile | undefined,
  project: string | undefined,
  secrets: Secrets,
  context: ConfigContext,
): UserConfig {
  const { file, profile } = input;
  const path = source === undefined ? undefined : input.path;
  if (file === undefined) return { value: {}, path, source, locate: undefined };
  const references = referencesOf(input, secrets, context);
  const isActive = activeInUserConfig(project, profile);
  const { report } = context;
  const value = asUserConfig(readConfigFile(file, { schema: userConfigSchema, references, isActive, report }));
  return { value, path, source: file.source, locate: file.locate };
}

function referencesOf({ path }: ConfigInput, secrets: Secrets, context: ConfigContext): ReferenceContext {
  const { options, files } = context;
  const { env, home } = options;
  return { env, home, file: path, secrets, noteFile: absolute => files.noteFile(absolute) };
}

/** `$MXCP_CONFIG`, which then must exist; else `~/.mxcp/config.yml` or `.yaml`, if there is one. */
function findUserConfig({ options, files, report }: ConfigContext): string | undefined {
  const { env, home, root, cwd } = options;
  const named = env['MXCP_CONFIG'];
  if (named !== undefined && named !== '') {
    const path = resolve(cwd ?? root, expandHome(named, home));
    files.noteFile(path);
    if (existsSync(path)) return path;
    report(
      diagnostic(
        'config/bad-path',
        `MXCP_CONFIG names ${path}, which does not exist.`,
        undefined,
        'Correct the variable, or unset it.',
      ),
    );
    return undefined;
  }
  const usual = ['config.yml', 'config.yaml'].map(name => join(home, '.mxcp', name));
  for (const path of usual) files.noteFile(path);
  return usual.find(path => existsSync(path));
}

function buildConfig(
  site: Partial<SiteFile>,
  siteLocate: Locate,
  user: UserConfig,
  profile: string,
  context: ConfigContext,
): ProjectConfig {
  const { options, folder, files, report } = context;
  const project = site.project ?? '';
  const siteProfile = site.profiles?.[profile] ?? {};
  const userProfile = user.value.projects?.[project]?.profiles?.[profile] ?? {};
  const promises = checkPromises(
    { site, siteProfile, siteLocate, userProfile, userLocate: user.locate, profile, env: options.env },
    report,
  );
  const plugins = pluginsConfig({ site, user: userProfile, locate: siteLocate, options, report });
  return Object.freeze({
    project,
    profile,
    database: databaseConfig(site, siteProfile, { options, profile, folder, files, locate: siteLocate, report }),
    secrets: secretsConfig(site, userProfile, profile, siteLocate, report),
    transport: Object.freeze({
      provider: user.value.transport?.provider ?? 'streamable-http',
      http: httpConfig(user.value, stateSecret({ user: user.value, locate: user.locate, env: options.env }, report)),
    }),
    mcp: mcpConfig(site, { folder, locate: siteLocate, report }),
    logging: loggingConfig(user.value, user.path, options.home),
    pythonFolder: resolve(options.root, expandHome(site.paths?.python ?? 'python', options.home)),
    pythonInterpreter: interpreterOf(site, options),
    pluginsFolder: plugins.folder,
    plugins: plugins.plugins,
    packs: findPacks(site, siteLocate, options, report),
    allowedSqlFunctions: site.sql_tools?.allow_functions ?? [],
    ...promises,
    siteConfig: Object.freeze(site),
    userConfig: Object.freeze(ofActiveProfile(withoutStateSecret(user.value), project, profile)),
  });
}

/** A name without a slash is a command to look for, anything else a path. */
function interpreterOf({ python }: Partial<SiteFile>, { root, home }: LoadOptions): string | undefined {
  const written = python?.interpreter;
  if (written === undefined || !/[\\/]|^~/.test(written)) return written;
  return resolve(root, expandHome(written, home));
}

/** Handlers see their own profile and nobody else's secrets. */
function ofActiveProfile(user: UserConfigFile, project: string, profile: string): UserConfigFile {
  const { projects, ...rest } = user;
  const own = projects?.[project]?.profiles?.[profile];
  return { ...rest, projects: { [project]: { profiles: own === undefined ? {} : { [profile]: own } } } };
}
