import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes a project into a temporary folder that is removed when the test process ends; a site file is added when there is none. */
export function makeProject(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder();
  const all = { 'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\n', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const folders: string[] = [];

export function makeFolder(): string {
  if (folders.length === 0) process.once('exit', removeFolders);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-ts-test-')));
  folders.push(folder);
  return folder;
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
