import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatLine, sortDiagnostics } from '@mxcp-ts/diagnostics';
import { expect, test } from 'vitest';
import { createPythonEngine } from '../../src/index.ts';
import { type ListedPlugin, makeProject, sdkFolder } from '../support/make-project.ts';

async function check(
  files: Readonly<Record<string, string>>,
  plugins: readonly ListedPlugin[] = [],
): Promise<readonly string[]> {
  const { project, endpoints } = makeProject(files, { plugins });
  const found = await createPythonEngine({ sdkFolder }).check(endpoints, project);
  return formatLine(sortDiagnostics(found))
    .replace(/`\S+ -m pip/g, '`python -m pip')
    .split('\n')
    .filter(line => line !== '');
}

const tool = (name: string, file: string, rest = '') =>
  `mxcp: 1\ntool:\n  name: ${name}\n  language: python\n${rest}  source:\n    file: ${file}\n`;
const parameters = (...names: string[]) =>
  `  parameters:\n${names.map(name => `    - name: ${name}\n      type: string\n`).join('')}`;

test('a project without mistakes has no findings, and its code is not run', async () => {
  const { project, endpoints } = makeProject({
    'tools/a.yml': tool('a', 'python/a.py', parameters('x', 'y')),
    'tools/b.yml': tool('b', 'python/a.py', parameters('anything')),
    'tools/http.yml': tool('http_request', 'python/library_wrapper.py', parameters('url')),
    'tools/decorated.yml': tool('decorated', 'python/shapes.py', parameters('x')),
    'tools/bound.yml': tool('bound', 'python/shapes.py', parameters('x')),
    'tools/imported.yml': tool('imported', 'python/shapes.py', parameters('x')),
    'tools/star.yml': tool('from_star', 'python/star.py'),
    'tools/cached.yml': tool('cached', 'python/shapes.py', parameters('x')),
    'resources/main.yml':
      'mxcp: 1\nresource:\n  uri: data://x\n  language: python\n  source:\n    file: python/main.py\n',
    'python/a.py':
      'open("executed", "w")\nimport json, os.path, mxcp.runtime\ndef a(x, y, *, z=1): pass\nasync def b(**kw): pass\n',
    'python/library_wrapper.py':
      'from mxcp.runtime import on_init\n@on_init\ndef setup(): pass\ndef fetch_url(url, method="GET"): pass\n',
    'python/shapes.py':
      'import functools\nfrom a import imported\nfrom other import decorate\n@decorate\ndef decorated(): pass\nbound = functools.partial(decorated)\n@functools.lru_cache(maxsize=1)\ndef cached(x): pass\n',
    'python/other.py': 'def decorate(f): return f\n',
    'python/star.py': 'from a import *\n',
    'python/main.py': 'def main(): pass\ndef other(): pass\n',
  });
  expect(await createPythonEngine({ sdkFolder }).check(endpoints, project)).toEqual([]);
  expect(existsSync(join(project.root, 'executed'))).toBe(false);
  expect(existsSync(join(project.root, 'python/__pycache__'))).toBe(false);
});

test('names that mxcp.runtime does not have stand where they are imported', async () => {
  const findings = await check({
    'tools/a.yml': tool('a', 'python/a.py'),
    'tools/b.yml':
      'mxcp: 1\ntool:\n  name: b\n  language: python\n  source:\n    code: |\n      from mxcp.runtime import contxt\n      def b(): pass\n',
    'python/a.py':
      'from mxcp.runtime import (\n    db,\n    contnt as c, elicit,\n)\nfrom mxcp.runtime import *\nfrom mxcp.runtime import Answer, progress, __all__\ndef a(): pass\n',
  });
  expect(findings).toEqual([
    'python/a.py:3:5 error plan/unresolved-import mxcp.runtime has no "contnt". hint: Did you mean "content"?',
    'python/a.py:3:18 error plan/unresolved-import mxcp.runtime has no "elicit".',
    'tools/b.yml:7:32 error plan/unresolved-import mxcp.runtime has no "contxt". hint: Did you mean "context"?',
  ]);
});

test('syntax errors stand at their own line and column, in characters as editors count them', async () => {
  expect(
    await check({
      'tools/a.yml': tool('a', 'python/a.py'),
      'tools/b.yml': tool('b', 'python/b.py'),
      'tools/c.yml': tool('c', 'python/c.py'),
      'tools/d.yml':
        'mxcp: 1\ntool:\n  name: d\n  language: python\n  source:\n    code: |\n      x = 1\n      return x +\n',
      'python/a.py': 'def a():\n    pass\n\ndef b(:\n    pass\n',
      'python/b.py': 'def b():\n    x = "𝄞é" 5\n',
      'python/c.py': 'def c(): pass\nreturn 5\n',
    }),
  ).toEqual([
    'python/a.py:4:7 error plan/code-syntax Python cannot parse this: invalid syntax.',
    'python/b.py:2:15 error plan/code-syntax Python cannot parse this: invalid syntax.',
    "python/c.py:2:1 error plan/code-syntax Python cannot parse this: 'return' outside function.",
    'tools/d.yml:8:17 error plan/code-syntax Python cannot parse this: invalid syntax.',
  ]);
});

test('syntax errors of files that a handler imports are found as well', async () => {
  expect(
    await check({
      'tools/a.yml': tool('a', 'python/a.py'),
      'python/a.py': 'from utils.text import clean\nfrom .near import x\ndef a(): pass\n',
      'python/utils/text.py': 'import utils.deeper\n',
      'python/utils/deeper.py': 'def :\n',
      'python/near.py': ')\n',
      'python/unused.py': '(\n',
    }),
  ).toEqual([
    "python/near.py:1:1 error plan/code-syntax Python cannot parse this: unmatched ')'.",
    'python/utils/deeper.py:1:5 error plan/code-syntax Python cannot parse this: invalid syntax.',
  ]);
});

test('functions that are not there are reported where the YAML names them', async () => {
  expect(
    await check({
      'tools/a.yml': tool('delay_stats', 'python/a.py'),
      'tools/b.yml': `${tool('b', 'python/a.py')}    function: delay_statz\n`,
      'tools/c.yml': tool('unrelated_name', 'python/a.py'),
      'tools/d.yml': tool('d', 'python/empty.py'),
      'resources/e.yml': 'mxcp: 1\nresource:\n  uri: data://x\n  language: python\n  source:\n    file: python/a.py\n',
      'python/a.py': 'def delay_stat(): pass\ndef other(): pass\n',
      'python/empty.py': '_x = 1\n',
    }),
  ).toEqual([
    'resources/e.yml:6:11 error plan/ambiguous-function It is not clear which function to call: "delay_stat", "other". hint: Name one with `source.function`.',
    'tools/a.yml:3:9 error plan/missing-export The source has no function "delay_stats". hint: Did you mean "delay_stat"?',
    'tools/b.yml:7:15 error plan/missing-export The source has no function "delay_statz". hint: Did you mean "delay_stat"?',
    'tools/c.yml:6:11 error plan/ambiguous-function It is not clear which function to call: "delay_stat", "other". hint: Name one with `source.function`.',
    'tools/d.yml:6:11 error plan/missing-export The source has no function "d".',
  ]);
});

test('parameters have to fit the function', async () => {
  expect(
    await check({
      'tools/a.yml': tool('a', 'python/a.py', parameters('origin', 'limit')),
      'tools/b.yml': tool('b', 'python/a.py', parameters('x')),
      'tools/c.yml':
        'mxcp: 1\ntool:\n  name: c\n  language: python\n  parameters:\n    - name: y\n  source:\n    code: |\n      def c(x):\n        return x\n',
      'python/a.py': 'def a(orgin, *, required): pass\ndef b(x, /): pass\n',
    }),
  ).toEqual([
    'tools/a.yml:6:13 error plan/parameter-missing-in-function The function "a" does not take the parameter "origin". hint: Did you mean "orgin"?',
    'tools/a.yml:8:13 error plan/parameter-missing-in-function The function "a" does not take the parameter "limit".',
    'tools/a.yml:11:11 error plan/extra-parameter The function "a" needs the argument "orgin", which is not a declared parameter. hint: Declare "orgin" under parameters, or give it a default in the function.',
    'tools/a.yml:11:11 error plan/extra-parameter The function "a" needs the argument "required", which is not a declared parameter. hint: Declare "required" under parameters, or give it a default in the function.',
    'tools/b.yml:6:13 error plan/parameter-missing-in-function The function "b" takes "x" by position only; arguments are passed by name. hint: Remove the `/` from the function.',
    'tools/c.yml:6:13 error plan/parameter-missing-in-function The function "c" does not take the parameter "y".',
    'tools/c.yml:8:11 error plan/extra-parameter The function "c" needs the argument "x", which is not a declared parameter. hint: Declare "x" under parameters, or give it a default in the function.',
  ]);
});

test('imports that the interpreter does not have are warnings with the line to install them', async () => {
  expect(
    await check({
      'tools/a.yml': tool('a', 'python/a.py'),
      'python/a.py': [
        '# é',
        'import json, not_there_a, helper',
        'from  sklearn_not_there.ensemble import Forest as F',
        'from cv2.not_there import x',
        'from utils.x import y',
        'from typing import TYPE_CHECKING',
        'try:',
        '    import not_there_b',
        'except ImportError:',
        '    not_there_b = None',
        'if TYPE_CHECKING:',
        '    import not_there_c',
        'def a():',
        '    import not_there_d',
      ].join('\n'),
      'python/helper.py': 'import not_there_e\n',
      'python/utils/x.py': 'y = 1\n',
      'python/unrelated.py': 'import not_there_f\n',
    }),
  ).toEqual([
    'python/a.py:2:14 warning plan/missing-import The module "not_there_a" is not installed. hint: Install it with `python -m pip install not_there_a`.',
    'python/a.py:3:7 warning plan/missing-import The module "sklearn_not_there.ensemble" is not installed. hint: Install it with `python -m pip install sklearn_not_there`.',
    'python/a.py:4:6 warning plan/missing-import The module "cv2.not_there" is not installed. hint: Install it with `python -m pip install opencv-python`.',
    'python/helper.py:1:8 warning plan/missing-import The module "not_there_e" is not installed. hint: Install it with `python -m pip install not_there_e`.',
  ]);
});

test('without a usable interpreter there is one finding that says what was tried', async () => {
  const { project, endpoints } = makeProject(
    { 'tools/a.yml': tool('a', 'python/a.py'), 'python/a.py': 'def a(): pass\n' },
    { pythonInterpreter: './no/python' },
  );
  const found = await createPythonEngine({ sdkFolder }).check(endpoints, project);
  expect(formatLine(found).replaceAll(project.root, '<root>')).toBe(
    'tools/a.yml:6:11 error plan/no-interpreter There is no usable Python interpreter: <root>/no/python (python.interpreter) does not run. hint: Install Python 3.10 or newer, or name an interpreter in the site file as `python.interpreter`.\n',
  );
});

test('plug-ins are checked like handlers, and those of the site file for being there and having their class', async () => {
  const found = await check(
    {
      'plugins/broken.py': 'def register_functions(conn:\n    pass\n',
      'plugins/imports.py': 'import json, not_there, helper, shared\n',
      'plugins/helper.py': '',
      'python/shared.py': '',
      'plugins/no_class.py': 'class MXCPPlugins: pass\n',
      'plugins/fine.py': 'class MXCPPlugin: pass\n',
      'plugins/assigned.py': 'MXCPPlugin = type("MXCPPlugin", (), {})\n',
    },
    ['no_class', 'fine', 'assigned', 'company.geo', 'json'].map(module => ({ name: module, module })),
  );
  expect(found).toEqual([
    'mxcp-site.yml:1:1 error plan/plugin-load plugins/no_class.py has no class MXCPPlugin, which a plug-in of the site file must have.',
    'mxcp-site.yml:4:1 warning plan/missing-import The module "company.geo" is not in the folder of plug-ins, and is not installed.',
    expect.stringMatching(/^plugins\/broken.py:1:\d+ error plan\/code-syntax Python cannot parse this/),
    'plugins/imports.py:1:14 warning plan/missing-import The module "not_there" is not installed. hint: Install it with `python -m pip install not_there`.',
  ]);
});

test('prompts take what they declare, completions what they name, and all of them what is asked of the user', async () => {
  const found = await check({
    'prompts/a.yml': 'prompt:\n  name: brief\n  parameters:\n    - name: city\n  source:\n    file: python/a.py\n',
    'prompts/b.yml': 'prompt:\n  name: unclear\n  source:\n    file: python/b.py\n',
    'completions/a.yml':
      'completion:\n  name: cities\n  parameters:\n    - name: value\n    - name: country\n  source:\n    file: python/c.py\n',
    'tools/a.yml':
      'tool:\n  name: order\n  elicit:\n    fields:\n      - name: size\n      - name: color\n  source:\n    file: python/d.py\n',
    'tools/b.yml':
      'tool:\n  name: inline\n  elicit:\n    fields:\n      - name: size\n  source:\n    code: |\n      return size\n',
    'python/a.py': 'def compose(town): pass\n',
    'python/b.py': 'def one(): pass\ndef two(): pass\n',
    'python/c.py': 'def propose(value): pass\n',
    'python/d.py': 'def order(size): pass\n',
  });
  expect(found).toEqual([
    'prompts/a.yml:4:13 error plan/parameter-missing-in-function The function "compose" does not take the parameter "city".',
    'prompts/a.yml:6:11 error plan/extra-parameter The function "compose" needs the argument "town", which is not a declared parameter. hint: Declare "town" under parameters, or give it a default in the function.',
    'prompts/b.yml:4:11 error plan/ambiguous-function It is not clear which function to call: "one", "two". hint: Name one with `source.function`.',
    'tools/a.yml:6:15 error plan/parameter-missing-in-function The function "order" does not take the parameter "color".',
  ]);
});
