import { existsSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { diagnostic, didYouMean, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { SiteFile, UserProfile } from '@mxcp-ts/schemas';
import type { Locate, SourcePath } from '../definition.ts';
import { findMatching } from '../files/find-files.ts';
import type { LoadOptions, PluginDefinition } from '../project.ts';
import { expandHome } from '../references/resolve-references.ts';

export interface PluginsContext {
  readonly site: Partial<SiteFile>;
  readonly user: UserProfile;
  readonly locate: Locate;
  readonly options: LoadOptions;
  readonly report: ReportDiagnostic;
}

export interface PluginsConfig {
  /** Absolute. */
  readonly folder: string;
  readonly plugins: readonly PluginDefinition[];
}

/** The plug-ins that the site file lists, then whatever else lies in the folder of plug-ins. */
export function pluginsConfig(context: PluginsContext): PluginsConfig {
  const { site, options } = context;
  const folder = resolve(options.root, expandHome(site.paths?.plugins ?? 'plugins', options.home));
  const listed = (site.plugin ?? []).map((written, index) => listedPlugin(written, index, folder, context));
  reportRepeated(listed, context);
  const taken = new Set(listed.map(({ file }) => file?.absolute));
  const names = new Set(listed.map(({ name }) => name));
  const others = filesIn(folder, options.root).filter(file => !taken.has(file.absolute));
  const found = others.map(unlistedPlugin).filter(({ name }) => !names.has(name));
  return { folder, plugins: Object.freeze([...listed, ...found]) };
}

type WrittenPlugin = NonNullable<SiteFile['plugin']>[number];

function listedPlugin(
  { name, module, config }: WrittenPlugin,
  index: number,
  folder: string,
  context: PluginsContext,
): PluginDefinition {
  const file = findModule(module, folder, context.options.root);
  return Object.freeze({
    name,
    language: languageOf(file?.absolute ?? ''),
    file,
    module,
    isListed: true,
    config: Object.freeze(blockOf(config, index, context)),
    span: context.locate.at('plugin', index, 'module'),
  });
}

/** An installed Python package has no file here; whether it can be imported is found out when it is loaded. */
function findModule(module: string, folder: string, root: string): SourcePath | undefined {
  const parts = module.split('.');
  const stem = join(folder, ...parts);
  const candidates = [
    join(folder, module),
    `${stem}.py`,
    join(stem, '__init__.py'),
    `${stem}.ts`,
    `${stem}.js`,
    `${stem}.mjs`,
  ];
  const found = candidates.find(path => /\.\w+$/.test(path) && existsSync(path));
  return found === undefined ? undefined : sourcePath(found, root);
}

function blockOf(name: string | undefined, index: number, { site, user, locate, report }: PluginsContext) {
  if (name === undefined) return {};
  const blocks = user.plugin?.config ?? {};
  if (Object.hasOwn(blocks, name)) return blocks[name] ?? {};
  const message = `The user config has no plug-in settings named "${name}".`;
  const hint =
    didYouMean(name, Object.keys(blocks)) ??
    `Add the block under projects.${site.project}.profiles.<profile>.plugin.config of the user config.`;
  report(diagnostic('config/unknown-plugin-settings', message, locate.at('plugin', index, 'config'), hint));
  return {};
}

function reportRepeated(plugins: readonly PluginDefinition[], { locate, report }: PluginsContext): void {
  const seen = new Set<string>();
  for (const [index, { name }] of plugins.entries()) {
    if (seen.has(name)) {
      const message = `Two plug-ins are named "${name}".`;
      report(diagnostic('project/duplicate-name', message, locate.at('plugin', index, 'name')));
    }
    seen.add(name);
  }
}

function filesIn(folder: string, root: string): readonly SourcePath[] {
  return findMatching(folder, '*')
    .filter(name => /\.(?:py|ts|js|mjs)$/.test(name) && !/^_|\.d\.ts$|\.(?:test|spec|config)\.\w+$/.test(name))
    .map(name => sourcePath(join(folder, name), root));
}

function unlistedPlugin(file: SourcePath): PluginDefinition {
  const name = basename(file.absolute).replace(/\.\w+$/, '');
  return Object.freeze({
    name,
    language: languageOf(file.absolute),
    file,
    module: name,
    isListed: false,
    config: Object.freeze({}),
    span: undefined,
  });
}

function languageOf(path: string): PluginDefinition['language'] {
  return /\.(?:ts|js|mjs)$/.test(path) ? 'typescript' : 'python';
}

function sourcePath(absolute: string, root: string): SourcePath {
  return Object.freeze({ absolute, relative: relative(root, absolute).split(sep).join('/') });
}
