/** What must never come out of a server. */
export interface Leaks {
  /** The first of it in `answer`, unless the client had sent that itself; undefined when there is none. */
  find(answer: string, sent: string): string | undefined;
}

/** Every secret and every text of an error in the project under test begins like this. */
export const marker = 'mxleak';

/** Stack frames, places in code, names of errors and of files of a machine. Nothing that is generated looks like these. */
const patterns: readonly RegExp[] = [
  new RegExp(marker, 'i'),
  /\n\s*at |\\n\s*at /,
  /\bat (?:async |new )?[\w.$<>[\] ]+ \(/,
  /\(?<anonymous>\)?/,
  /\bnode:[a-z_]+/,
  /\bfile:\/\//,
  /\bnode_modules\b/,
  /\b[\w-]+\.(?:ts|mts|js|mjs|py):\d+/,
  /\bTraceback\b/,
  /\bFile "/,
  /\b[A-Z][A-Za-z]*(?:Error|Exception)\b/,
  /\b[A-Z][A-Za-z]* Error:/,
  /\[object \w+\]/,
  /Cannot read propert/,
  /is not a function/,
  /is not iterable/,
  /call stack/i,
  /"stack"/,
  /\bZod/,
];

/** @param folders - where the project and the product are */
export function createLeaks(folders: readonly string[]): Leaks {
  return {
    find(answer, sent) {
      for (const folder of folders) if (answer.includes(folder)) return folder;
      for (const pattern of patterns) {
        const found = pattern.exec(answer)?.[0];
        if (found !== undefined && !sent.includes(found)) return found;
      }
      return undefined;
    },
  };
}
