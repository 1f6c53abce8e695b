import { expect, test } from 'vitest';
import { type GuestSetup, type Message, openGuest, type TestGuest } from './support/open-guest.ts';

async function withGuest<T>(setup: GuestSetup, use: (guest: TestGuest) => Promise<T>): Promise<T> {
  const guest = await openGuest(setup);
  try {
    return await use(guest);
  } finally {
    guest.kill();
  }
}

test('a name that mxcp.runtime does not have is told without the place of that file', async () => {
  await withGuest(
    {
      files: {
        'python/top.py': 'from mxcp.runtime import contnt\ndef top(): pass\n',
        'python/later.py': 'def later():\n    from mxcp.runtime import nonsense\n',
      },
      handlers: [{ file: 'python/later.py', endpoint: 'later' }],
    },
    async guest => {
      const errorOf = (message: string, place: string) => ({
        type: 'ImportError',
        message,
        stack: expect.stringMatching(
          `^Traceback \\(most recent call last\\):\n  File "${guest.root}/python/${place}\n.*\n(.*\\^\n)?ImportError: ${message.replace('?', '\\?')}$`,
        ),
      });
      const top = errorOf('mxcp.runtime has no "contnt". Did you mean "content"?', 'top.py", line 1, in <module>');
      const later = errorOf('mxcp.runtime has no "nonsense".', 'later.py", line 2, in later');
      expect(guest.started['modules']).toEqual([{ module: 0, error: top }]);
      expect(await guest.call('later')).toMatchObject({ error: later });
    },
  );
});

test('imports siblings, from sub-folders too, and keeps one instance of each module', async () => {
  await withGuest(
    {
      files: {
        'python/main_tool.py': 'from utils.counter import add\nfrom .utils import nothing\n',
        'python/tool_a.py': 'from utils.counter import add\ndef tool_a(): return add()\n',
        'python/utils/counter.py': 'state = []\ndef add():\n    state.append(1)\n    return len(state)\n',
        'python/tool_b.py': 'import utils.counter\ndef tool_b(): return utils.counter.add()\n',
        'python/pack/__init__.py': 'BASE = 40\n',
        'python/pack/tool_c.py': 'from . import BASE\nfrom .part import two\ndef tool_c(): return BASE + two()\n',
        'python/pack/part.py': 'def two(): return 2\n',
        'tools/outside.py': 'from tools.shared import value\ndef outside(): return value\n',
        'tools/shared.py': 'value = "shared"\n',
      },
      handlers: [
        { file: 'python/tool_a.py', endpoint: 'tool_a' },
        { file: 'python/tool_b.py', endpoint: 'tool_b' },
        { file: 'python/utils/counter.py', endpoint: 'add' },
        { file: 'python/pack/tool_c.py', endpoint: 'tool_c' },
        { file: 'tools/outside.py', endpoint: 'outside' },
      ],
    },
    async guest => {
      expect((guest.started['modules'] as Message[]).map(({ module }) => module)).toEqual([0]);
      expect(await guest.call('tool_a')).toMatchObject({ value: 1 });
      expect(await guest.call('tool_b')).toMatchObject({ value: 2 });
      expect(await guest.call('add')).toMatchObject({ value: 3 });
      expect(await guest.call('tool_c')).toMatchObject({ value: 42 });
      expect(await guest.call('outside')).toMatchObject({ value: 'shared' });
    },
  );
});

test('loads files named like modules of Python, of mxcp and of the guest, and hides none of those', async () => {
  await withGuest(
    {
      files: {
        'python/a_first.py':
          'import colorsys, csv, wave\ndef a_first(): return [hasattr(colorsys, "rgb_to_hsv"), hasattr(csv, "reader"), hasattr(wave, "open")]\n',
        'python/colorsys.py': 'def shade(): return "own colorsys"\n',
        'python/csv.py': 'import csv\ndef rows(): return hasattr(csv, "reader")\n',
        'python/wire.py': 'def wire(): return "own wire"\n',
        'python/loader.py': 'def loader(): return __name__\n',
        'python/user_of_wire.py': 'import wire\ndef user_of_wire(): return wire.wire()\n',
        'python/mxcp.py': 'def hijack(): return "own mxcp"\n',
        'python/v1.2.py': 'def dotted(): return "dotted"\n',
        'python/my-tool.py': 'def dashed(): return "dashed"\n',
      },
      handlers: [
        { file: 'python/a_first.py', endpoint: 'a_first' },
        { file: 'python/colorsys.py', endpoint: 'shade' },
        { file: 'python/csv.py', endpoint: 'rows' },
        { file: 'python/loader.py', endpoint: 'loader' },
        { file: 'python/user_of_wire.py', endpoint: 'user_of_wire' },
        { file: 'python/mxcp.py', endpoint: 'hijack' },
        { file: 'python/v1.2.py', endpoint: 'dotted' },
        { file: 'python/my-tool.py', endpoint: 'dashed' },
      ],
    },
    async guest => {
      expect(guest.started).toEqual({
        type: 'started',
        modules: [],
        handlers: [],
        plugins: [],
        functions: [],
        hooks: [],
      });
      expect(await guest.call('a_first')).toMatchObject({ value: [true, true, true] });
      expect(await guest.call('shade')).toMatchObject({ value: 'own colorsys' });
      expect(await guest.call('rows')).toMatchObject({ value: true });
      expect(await guest.call('loader')).toMatchObject({ value: 'loader' });
      expect(await guest.call('user_of_wire')).toMatchObject({ value: 'own wire' });
      expect(await guest.call('hijack')).toMatchObject({ value: 'own mxcp' });
      expect(await guest.call('dotted')).toMatchObject({ value: 'dotted' });
      expect(await guest.call('dashed')).toMatchObject({ value: 'dashed' });
    },
  );
});

test('a module that does not load names the package and the line, and stops no other', async () => {
  await withGuest(
    {
      files: {
        'python/a_missing.py': 'import json\nimport sklearn_not_there\n',
        'python/b_renamed.py': 'from bs4_not_there.x import y\n',
        'python/c_own.py': 'import utils.nothing\n',
        'python/d_syntax.py': 'def broken(:\n    pass\n',
        'python/e_exit.py': 'import sys\nsys.exit(2)\n',
        'python/f_chain.py': 'import a_missing\n',
        'python/g_fine.py': 'def g_fine(): return "fine"\n',
        'python/utils/here.py': '',
      },
      handlers: [
        { file: 'python/a_missing.py', endpoint: 'lost' },
        { file: 'python/g_fine.py', endpoint: 'g_fine' },
      ],
    },
    async guest => {
      const failures = (guest.started['modules'] as { module: number; error: Record<string, string> }[]).map(
        ({ module, error: { stack: _, ...error } }) => [module, error],
      );
      expect(failures).toEqual([
        [
          0,
          {
            type: 'ModuleNotFoundError',
            message: "No module named 'sklearn_not_there'",
            missingPackage: 'sklearn_not_there',
          },
        ],
        [
          1,
          { type: 'ModuleNotFoundError', message: "No module named 'bs4_not_there'", missingPackage: 'bs4_not_there' },
        ],
        [2, { type: 'ModuleNotFoundError', message: "No module named 'utils.nothing'" }],
        [3, { type: 'SyntaxError', message: 'invalid syntax (d_syntax.py, line 1)' }],
        [4, { type: 'SystemExit', message: 'The code called sys.exit(2).' }],
        [
          5,
          {
            type: 'ModuleNotFoundError',
            message: "No module named 'sklearn_not_there'",
            missingPackage: 'sklearn_not_there',
          },
        ],
      ]);
      const stack = (guest.started['modules'] as { error: { stack: string } }[])[0]?.error.stack;
      expect(stack?.replaceAll(guest.root, '<root>')).toBe(
        [
          'Traceback (most recent call last):',
          '  File "<root>/python/a_missing.py", line 2, in <module>',
          '    import sklearn_not_there',
          "ModuleNotFoundError: No module named 'sklearn_not_there'",
        ].join('\n'),
      );
      expect(await guest.call('g_fine')).toMatchObject({ value: 'fine' });
      expect(await guest.call('lost')).toMatchObject({
        type: 'failure',
        error: { message: 'The handler of this endpoint could not be loaded.' },
      });
    },
  );
});

test('chooses the function by its name, or as the only one that the file offers', async () => {
  const library = `
from os.path import join
from mxcp.runtime import on_init
@on_init
def load(): pass
def _private(): pass
class Client: pass
def fetch_url(): return "fetched"
`;
  await withGuest(
    {
      files: {
        'python/library_wrapper.py': library,
        'python/several.py':
          'def a(): return "a"\ndef b(): return "b"\nfrom library_wrapper import fetch_url\nnumber = 5\n',
        'python/with_main.py': 'def main(): return "main"\ndef other(): pass\n',
        'python/airports.py': 'def helper(): pass\ndef airports(): return "stem"\n',
        'python/empty.py': '',
      },
      handlers: [
        { file: 'python/library_wrapper.py', endpoint: 'http_request' },
        { file: 'python/several.py', endpoint: 'a' },
        { file: 'python/several.py', endpoint: 'fetch_url' },
        { file: 'python/several.py', endpoint: 'x', function: 'b' },
        { file: 'python/with_main.py', endpoint: 'data://main' },
        { file: 'python/airports.py', endpoint: 'data://{code}' },
        { file: 'python/several.py', endpoint: 'c' },
        { file: 'python/several.py', endpoint: 'd', function: 'd' },
        { file: 'python/several.py', endpoint: 'e', function: 'number' },
        { file: 'python/empty.py', endpoint: 'f' },
      ],
    },
    async guest => {
      expect(guest.started['handlers']).toEqual([
        { handler: 6, message: 'several.py has several functions and none is named c. Write source.function.' },
        { handler: 7, message: 'several.py has no function d.' },
        { handler: 8, message: 'number in several.py is not a function.' },
        { handler: 9, message: 'empty.py has no function f.' },
      ]);
      const values = [];
      for (const name of ['http_request', 'a', 'fetch_url', 'x', 'data://main', 'data://{code}']) {
        values.push((await guest.call(name))['value']);
      }
      expect(values).toEqual(['fetched', 'a', 'fetched', 'b', 'main', 'stem']);
    },
  );
});

test('inline code is a function, or the body of one', async () => {
  const sources: Record<string, string> = {
    function: 'import math\ndef area(radius):\n    return math.pi * radius ** 2\n',
    returns: 'import math\nif radius < 0:\n    return None\nreturn math.floor(radius)\n',
    result: 'squares = [n * n for n in range(radius)]\nresult = sum(squares)\n',
    awaits: 'import asyncio\nawait asyncio.sleep(0)\nreturn radius\n',
    named: 'def helper():\n    return 1\ndef named(radius):\n    return radius + helper()\n',
    fails: 'x = radius\nreturn x / 0\n',
    nothing: 'x = 1\n',
    several: 'def a(): pass\ndef b(): pass\n',
  };
  await withGuest(
    {
      files: {},
      inline: Object.fromEntries(Object.entries(sources).map(([name, code]) => [`tools/${name}.yml`, code])),
      handlers: Object.keys(sources).map(name => ({
        file: `tools/${name}.yml`,
        endpoint: name,
        parameters: [{ name: 'radius' }],
      })),
    },
    async guest => {
      const message = 'The inline code must return a value, set `result`, or define one function.';
      expect(guest.started['handlers']).toEqual([
        { handler: 6, message },
        { handler: 7, message },
      ]);
      const values = [];
      for (const name of ['function', 'returns', 'result', 'awaits', 'named']) {
        values.push((await guest.call(name, { radius: 2 }))['value']);
      }
      expect(values).toEqual([Math.PI * 4, 2, 1, 2, 3]);
      const { error } = (await guest.call('fails', { radius: 2 })) as unknown as { error: { stack: string } };
      expect(error.stack.replace(/^ +[~^]+\n/gm, '')).toBe(
        [
          'Traceback (most recent call last):',
          '  File "tools/fails.yml (source.code)", line 2, in __mxcp_body__',
          '    return x / 0',
          'ZeroDivisionError: division by zero',
        ].join('\n'),
      );
    },
  );
});
