import { expect, test } from 'vitest';
import { openGuest, type TestGuest } from './support/open-guest.ts';

const file = 'python/app.py';
const handlers = [{ file, endpoint: 'app' }];

/** Messages by the path of the plug-in. */
function faultsOf(guest: TestGuest, files: readonly string[]): readonly string[] {
  const faults = guest.started['plugins'] as readonly { plugin: number; error: { type: string; message: string } }[];
  return faults.map(({ plugin, error }) => `${files[plugin]}: ${error.message}`);
}

test('listed plug-ins are instances with their configuration, others are modules; names keep their order', async () => {
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.runtime import plugins
import text_processing
def app():
    return [plugins.list(), plugins.get("geo").where(), plugins.get("text_processing").normalize_text(" A "),
            plugins.get("text_processing") is text_processing, plugins.get("nothing")]
`,
      'plugins/geo_plugin.py': `
from mxcp.plugins import MXCPBasePlugin
class MXCPPlugin(MXCPBasePlugin):
    def where(self): return [self._config, self.is_authenticated(), [m.__name__ for m in self.udfs()], [c.__name__ for c in MXCPBasePlugin.find_plugins(__import__("geo_plugin"))]]
`,
      'plugins/text_processing.py': 'def normalize_text(text): return text.strip().lower()\n',
    },
    handlers,
    plugins: [{ name: 'geo', file: 'geo_plugin.py', config: { key: 'k' } }, { file: 'text_processing.py' }],
  });
  expect(guest.started).toMatchObject({ plugins: [], functions: [], modules: [] });
  expect(await guest.call('app')).toMatchObject({
    value: [['geo', 'text_processing'], [{ key: 'k' }, false, [], ['MXCPPlugin']], 'a', true, null],
  });
  guest.kill();
});

test('a plug-in may be an installed package, share code of the project, and be named like a module of it', async () => {
  const guest = await openGuest({
    files: {
      [file]:
        'from mxcp.runtime import plugins\nimport shared\ndef app(): return [shared.where, plugins.get("deep").where(), plugins.get("shared").where]\n',
      'python/shared.py': 'where = "python"\n',
      'plugins/shared.py': 'where = "plugins"\n',
      // Stands for a package in site-packages: it is found by its dotted name alone.
      'company/plugin.py':
        'from mxcp.plugins import MXCPBasePlugin\nimport shared\nclass MXCPPlugin(MXCPBasePlugin):\n    def where(self): return [__name__, shared.where]\n',
    },
    handlers,
    plugins: [{ name: 'deep', module: 'company.plugin', config: {} }, { file: 'shared.py' }],
  });
  expect(guest.started).toMatchObject({ plugins: [] });
  expect(await guest.call('app')).toMatchObject({ value: ['python', ['company.plugin', 'python'], 'plugins'] });
  guest.kill();
});

test('plug-ins come before modules and hooks; on the way down hooks end first, then plug-ins from the last', async () => {
  const plugin = (name: string) => `
from mxcp.plugins import MXCPBasePlugin, on_shutdown
from mxcp.runtime import on_init
print("load ${name}")
@on_init
def start_${name}(): print("init ${name}")
class MXCPPlugin(MXCPBasePlugin):
    @on_shutdown
    def release(self): print("release ${name}")
    @on_shutdown
    async def flush(self): print("flush ${name}")
    def shutdown(self): print("shutdown ${name}"); raise ValueError("stuck")
`;
  const guest = await openGuest({
    files: {
      [file]: `
from mxcp.runtime import on_init, on_shutdown, plugins
print("load app", plugins.list())
@on_init
def start(): print("init app")
@on_shutdown
def end(): print("end app")
def app(): pass
`,
      'plugins/a.py': plugin('a'),
      'plugins/b.py': plugin('b'),
      'plugins/plain.py': 'from mxcp.plugins import on_shutdown\n@on_shutdown\ndef close(): print("close plain")\n',
    },
    handlers,
    plugins: [{ file: 'a.py', config: {} }, { file: 'b.py' }, { file: 'plain.py' }],
  });
  const { message } = await guest.stop();
  const hooks = message['hooks'] as readonly { hook: string; message: string }[];
  expect(hooks.map(hook => `${hook.hook}: ${hook.message}`)).toEqual(['b.shutdown: stuck', 'a.shutdown: stuck']);
  expect(guest.logs.map(({ text }) => text)).toEqual([
    'load a',
    'load b',
    "load app ['a', 'b', 'plain']",
    'init a',
    'init b',
    'init app',
    'end app',
    'close plain',
    ...['b', 'a'].flatMap(name => [`release ${name}`, `flush ${name}`, `shutdown ${name}`]),
  ]);
});

test('functions of both styles are reported with their SQL types', async () => {
  const guest = await openGuest({
    files: {
      [file]: 'def app(): pass\n',
      'plugins/text.py': `
from __future__ import annotations
import datetime, uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Optional, TypedDict
from mxcp.plugins import MXCPBasePlugin, udf
@dataclass
class Place:
    name: str
    height: float | None
class Pair(TypedDict):
    left: int
class Base(MXCPBasePlugin):
    @udf
    def inherited(self, flag: bool) -> bytes: return b""
class MXCPPlugin(Base):
    @udf
    def all(self, a: int, b: Optional[float], c: str | None, d: Decimal, e: datetime.date, f: datetime.datetime, g: datetime.time, h: datetime.timedelta, i: uuid.UUID, *, own: int = 1) -> list[str]: return []
    @udf
    def nested(self, places: list[Place], counts: dict[str, list[int]]) -> Pair: return {"left": 1}
    @udf
    @staticmethod
    def still(x: int = 1) -> int: return x
    def no_udf(self): pass
`,
      'plugins/my_plugin.py': `
class Kind:
    name = "SPECIAL"
def custom_transform(value: str) -> str:
    """Custom transformation logic"""
    return value.upper()
def register_functions(conn):
    """Register custom functions with DuckDB"""
    conn.create_function("custom_upper", custom_transform)
    conn.create_function("typed", lambda a, b: a, ["INT[]", int], "timestamp with time zone", null_handling=Kind, side_effects=True).create_function("gone", len, ["VARCHAR"], "INTEGER", type="native", exception_handling="return_null").remove_function("gone")
`,
    },
    handlers,
    plugins: [{ name: 'txt', file: 'text.py', config: {} }, { file: 'my_plugin.py' }],
  });
  expect(faultsOf(guest, ['text', 'my_plugin'])).toEqual([]);
  const method = { nulls: 'pass', isPure: true, plugin: 0 };
  expect(guest.started['functions']).toEqual([
    { ...method, name: 'inherited_txt', parameters: ['BOOLEAN'], returns: 'BLOB' },
    {
      ...method,
      name: 'all_txt',
      parameters: 'BIGINT DOUBLE VARCHAR DECIMAL(18,3) DATE TIMESTAMP TIME INTERVAL UUID'.split(' '),
      returns: 'VARCHAR[]',
    },
    {
      ...method,
      name: 'nested_txt',
      parameters: ['STRUCT("name" VARCHAR, "height" DOUBLE)[]', 'MAP(VARCHAR, BIGINT[])'],
      returns: 'STRUCT("left" BIGINT)',
    },
    { ...method, name: 'still_txt', parameters: ['BIGINT'], returns: 'BIGINT' },
    { name: 'custom_upper', parameters: ['VARCHAR'], returns: 'VARCHAR', nulls: 'skip', isPure: true, plugin: 1 },
    {
      name: 'typed',
      parameters: ['INT[]', 'BIGINT'],
      returns: 'timestamp with time zone',
      nulls: 'pass',
      isPure: false,
      plugin: 1,
    },
  ]);
  guest.kill();
});

test('each plug-in that cannot be used is reported with what to do; the others work', async () => {
  const plugin = (body: string) =>
    `from typing import Any\nfrom mxcp.plugins import MXCPBasePlugin, udf\nclass MXCPPlugin(MXCPBasePlugin):\n${body}`;
  const register = (call: string) => `def f(x: str) -> str: return x\ndef register_functions(conn): ${call}\n`;
  const sources: Record<string, string> = {
    'no_class.py': 'x = 1\n',
    'other_class.py': 'class MXCPPlugin: pass\n',
    'missing.py': 'import not_there\n',
    'raises.py': plugin('    def __init__(self, config): raise ValueError(f"no {config}")\n'),
    'hints.py': plugin(
      '    @udf\n    def a(self, x) -> str: return ""\n    @udf\n    def b(self, x: str): pass\n    @udf\n    def c(self, x: Any) -> str: return ""\n    @udf\n    def d(self, x: list) -> str: return ""\n    @udf\n    def e(self, *x: str) -> str: return ""\n    @udf\n    async def f(self, x: str) -> str: return ""\n    @udf\n    def g(self, x: "Nope") -> str: return ""\n    @udf\n    def fine(self, x: str) -> str: return x\n',
    ),
    'executes.py': register('conn.execute("select 1")'),
    'arrow.py': register('conn.create_function("f", f, type="arrow")'),
    'arity.py': register('conn.create_function("f", f, ["INT", "INT"], "INT")'),
    'no_type.py': register('conn.create_function("f", f, ["INT["], "INT")'),
    'twice.py': register('[conn.create_function(n, f) for n in ("f", "F")]'),
    'nulls.py': register('conn.create_function("f", f, null_handling="maybe")'),
    'again.py': register('conn.create_function("fine_HINTS", f)'),
    'waits.py': 'async def register_functions(conn): pass\n',
    'works.py': register('conn.create_function("f", f)'),
  };
  const listed = ['no_class.py', 'other_class.py', 'raises.py', 'hints.py'];
  const names = Object.keys(sources);
  const guest = await openGuest({
    files: {
      [file]: 'from mxcp.runtime import plugins\ndef app(): return plugins.list()\n',
      ...Object.fromEntries(Object.entries(sources).map(([name, text]) => [`plugins/${name}`, text])),
    },
    handlers,
    plugins: names.map(name => ({ file: name, ...(listed.includes(name) && { config: { a: 1 } }) })),
  });
  expect(faultsOf(guest, names)).toEqual([
    'no_class.py: plugins/no_class.py has no class MXCPPlugin, which a plug-in of the site file must have.',
    'other_class.py: MXCPPlugin in plugins/other_class.py is not a subclass of mxcp.plugins.MXCPBasePlugin.',
    "missing.py: No module named 'not_there'",
    "raises.py: no {'a': 1}",
    'hints.py: The parameter "x" of a_hints has no type hint, and SQL needs a type. Write one, such as `str`.',
    'hints.py: The result of b_hints has no type hint, and SQL needs a type. Write one, such as `-> str`.',
    'hints.py: The parameter "x" of c_hints cannot be used in SQL. SQL has no type for the hint Any. Write one of bool, int, float, Decimal, str, bytes, datetime, date, time, timedelta, list[…], dict[…, …] or a dataclass.',
    'hints.py: The parameter "x" of d_hints cannot be used in SQL. SQL has no type for the hint list. Write the type of its items, such as `list[str]`.',
    'hints.py: e_hints takes any number of arguments, which SQL has to know. Name each parameter.',
    'hints.py: f_hints is an async function, which SQL cannot wait for. Write it with a plain `def`.',
    "hints.py: g_hints cannot be used in SQL. Its type hints cannot be read: name 'Nope' is not defined.",
    'executes.py: The connection that register_functions gets has create_function and no execute. To run SQL use `db.execute` from mxcp.runtime.',
    'arrow.py: f cannot be a function of type arrow: functions are called row by row here.',
    'arity.py: f does not take 2 arguments, which is how many types are given.',
    'no_type.py: f cannot be a SQL function: "INT[" is not a SQL type.',
    'twice.py: A function named F has been created already.',
    'nulls.py: f has null_handling "maybe", which is neither "default" nor "special".',
    'again.py: Another plug-in defines the SQL function fine_HINTS too.',
    'waits.py: register_functions is async. Write it with a plain `def`.',
  ]);
  const functions = guest.started['functions'] as readonly { name: string }[];
  expect(functions.map(({ name }) => name)).toEqual(['fine_hints', 'f']);
  expect(await guest.call('app')).toMatchObject({ value: expect.arrayContaining(['hints', 'works']) });
  guest.kill();
});
