import { readFileSync } from 'node:fs';
import { SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { PluginDefinition, Project } from '@mxcp-ts/project';

/** The plug-ins of a project that are written in Python, in the order they are loaded. */
export function pythonPluginsOf({ config }: Project): readonly PluginDefinition[] {
  return config.plugins.filter(({ language }) => language === 'python');
}

/** Where the site file lists a plug-in; for one that merely lies in the folder, a line of its file. */
export function spanOfPlugin({ span, file }: PluginDefinition, line = 1): Span | undefined {
  if (span !== undefined || file === undefined) return span;
  const source = new SourceFile(file.relative, textOf(file.absolute));
  const start = source.offsetAt({ line, column: 1 + indentOf(source.lineText(line)) });
  return { source, start, end: start + source.lineText(line).trim().length };
}

/** How messages name a plug-in. */
export function pathOfPlugin({ file, module }: PluginDefinition): string {
  return file?.relative ?? module;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It was there when the project was read; its loading says what is wrong.
    return '';
  }
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
