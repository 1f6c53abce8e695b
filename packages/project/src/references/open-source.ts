import { diagnostic } from '@mxcp-ts/diagnostics';
import { readPlugin, type SecretReader, type SecretSource } from '@mxcp-ts/plugin-api';
import { describeBreak, type SourceReading } from './secrets-reading.ts';
import { withDeadline } from './with-deadline.ts';

/** The source that a plug-in is named for; undefined, and reported at every reference, when there is none to be had. */
export async function loadSource({
  plugin,
  references,
  settings,
  options,
  report,
}: SourceReading): Promise<SecretSource | undefined> {
  const scheme = references[0]?.scheme;
  const refuse = (message: string, hint?: string) => {
    for (const { span } of references) report(diagnostic('reference/missing-plugin', message, span, hint));
    return undefined;
  };
  const { name, block, example } = plugin;
  if (settings.of(block)['enabled'] !== true) {
    const message = `References with ${scheme}:// need the plug-in ${name}, which is not switched on.`;
    return refuse(message, `Add to the user config: ${example}.`);
  }
  if (options.importPlugin === undefined) return refuse(`The plug-in ${name} is not part of this installation.`);
  const read = readPlugin(await options.importPlugin(name));
  if (!read.ok) return refuse(read.message);
  const source = read.plugin.secretSources.find(source => source.scheme === scheme);
  return source ?? refuse(`The plug-in ${name} does not read references with ${scheme}://.`);
}

/** Gets a source ready; undefined, and reported where the setting stands, when it cannot be. */
export async function openSource(source: SecretSource, reading: SourceReading): Promise<SecretReader | undefined> {
  const { plugin, references, settings, options, timeoutMs, report } = reading;
  const { env, home } = options;
  const place = (setting: string | undefined) =>
    setting === undefined ? references[0]?.span : settings.locate?.key(plugin.block, setting);
  const opened = await withDeadline(timeoutMs, async signal =>
    source.open({ settings: settings.of(plugin.block), env, home, signal }),
  );
  if (opened.kind === 'done' && opened.value.ok) return opened.value.reader;
  const problems =
    opened.kind !== 'done' ? [describeBreak(opened.kind, reading)] : opened.value.ok ? [] : opened.value.problems;
  for (const problem of problems) {
    const setting = 'setting' in problem ? problem.setting : undefined;
    report(diagnostic('reference/source-unavailable', problem.message, place(setting), problem.hint));
  }
  return undefined;
}
