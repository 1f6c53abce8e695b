import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository, with a slash at the end. */
export const repository: string = fileURLToPath(new URL('../../../', import.meta.url));

export interface Block {
  /** What stands behind the opening fence: `yaml`, `console`. */
  readonly language: string;
  readonly text: string;
  /** The file that the first line names in a comment: `# tools/find.yml`. */
  readonly path: string | undefined;
  /** 1-based line of the opening fence. */
  readonly line: number;
}

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** A Markdown page of the repository and its fenced blocks. */
export function readPage(path: string): Page {
  const text = readFileSync(`${repository}${path}`, 'utf8');
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(match => {
    const [, language = '', code = ''] = match;
    return { language, text: code, path: pathOf(code), line: text.slice(0, match.index).split('\n').length };
  });
  return { path, text, blocks };
}

/** Every page below a folder of the repository, sorted. */
export function listPages(folder: string): readonly string[] {
  return readdirSync(`${repository}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** The stretch of a page below each heading of a level (2 or deeper), up to the next one of that level or above. */
export function sectionsOf(text: string, level: number): ReadonlyMap<string, string> {
  const mark = `\n${'#'.repeat(level)} `;
  const parts = `\n${text}`.split(mark).slice(1);
  return new Map(
    parts.map(part => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end).split(new RegExp(`\n#{2,${level}} `))[0] ?? ''];
    }),
  );
}

function pathOf(code: string): string | undefined {
  return /^(?:#|--|\/\/) ((?:~\/)?\.?[\w./-]+\.[a-z]+)\s*\n/.exec(code)?.[1];
}
