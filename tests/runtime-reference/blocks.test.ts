import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blocksByFile, referenceFiles, wrappedBlock } from './support/reference-files.ts';
import { toolFiles } from './support/reference-tools.ts';
import { substitutions } from './support/substitutions.ts';

const surroundings = { folder: '/project', http: 'http://127.0.0.1:1' };
const blocks = readdirSync(new URL('./blocks/', import.meta.url));

test('every block is a file of the project that is served; requirements.txt is compared with what runs', () => {
  const used = [...Object.values(blocksByFile).flat(), wrappedBlock, 'requirements.txt'];
  expect(used.toSorted()).toEqual(blocks.toSorted());
});

test('every substitution is for a block and has a reason', () => {
  for (const { block, reason } of substitutions) {
    expect(blocks).toContain(block);
    expect(reason).not.toBe('');
  }
});

test('every public function of the blocks that is no hook is a tool', () => {
  const sources = Object.entries(referenceFiles(surroundings)).filter(([file]) => /^python\/\w+\.py$/.test(file));
  const functions = sources.flatMap(([, text]) =>
    [...text.matchAll(/(@\w+\n)?^(?:async )?def (\w+)/gm)]
      .filter(([, hook]) => hook === undefined)
      .map(([, , name]) => name),
  );
  // fetch_url is behind the YAML of the document.
  const missing = functions.filter(name => name !== 'fetch_url' && toolFiles[`tools/${name}.yml`] === undefined);
  expect(functions).toHaveLength(24);
  expect(missing).toEqual([]);
});
