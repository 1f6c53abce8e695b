import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../../tests/support/make-project.ts';
import { renderPythonTypes } from '../../src/index.ts';
import { type Files, load, tool } from '../load.ts';

const head =
  '"""Written by `mxcp-ts types` from the YAML files of the project. Do not edit: it is written anew."""\n\nfrom __future__ import annotations\n\n';

/** The text for a project, which Python can import. */
async function render(files: Files): Promise<string> {
  const text = renderPythonTypes(await load(files));
  const folder = makeFolder();
  writeFileSync(join(folder, 'mxcp_types.py'), text);
  execFileSync('python3', ['-B', '-W', 'error', '-c', 'import mxcp_types'], { cwd: folder });
  return text;
}

test('a tool has the types of its arguments, its result and its function', async () => {
  const body = `  description: Finds a way.\\n
  parameters:
    - { name: origin, type: string, description: From where. }
    - { name: day, type: string, format: date, default: null }
    - { name: legs, type: array, items: { type: object, required: [to], properties: { to: { type: string }, km: { type: number } } } }
  return:
    type: object
    description: The way.
    required: [hours]
    properties:
      hours: { type: number, description: How long. }
      start: { type: string, format: date-time }
      list: { type: array, items: { type: integer } }
`.replace('\\n', '');
  expect(
    await render({ ...tool('find_route', 'py', body), ...tool('other', 'ts', '') }),
  ).toBe(`${head}import datetime as _dt
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Protocol, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired


class FindRouteArgsLegsItem(TypedDict):
    to: str
    km: NotRequired[float]


class FindRouteArgs(TypedDict):
    # From where.
    origin: str
    day: _dt.date | None
    legs: list[FindRouteArgsLegsItem]


FindRouteResult = TypedDict(
    "FindRouteResult",
    {
        "hours": "float",
        "start": "NotRequired[str | _dt.datetime | None]",
        "list": "NotRequired[Sequence[int | None] | None]",
    },
)


class FindRoute(Protocol):
    """Finds a way."""

    def __call__(self, *, origin: str, day: _dt.date | None, legs: list[FindRouteArgsLegsItem]) -> FindRouteResult | Awaitable[FindRouteResult]: ...
`);
});

test('what needs no class is an alias', async () => {
  const body = '  return: { enum: [a, "b\\"", null, 1] }\n';
  expect(await render(tool('pick', 'py', body))).toBe(`${head}from collections.abc import Awaitable
from typing import Literal, Protocol, TypedDict


class PickArgs(TypedDict):
    pass


PickResult = Literal["a", "b\\"", 1] | None


class Pick(Protocol):
    def __call__(self) -> PickResult | Awaitable[PickResult]: ...
`);
});

test('a project without Python has an empty module', async () => {
  expect(await render({})).toBe(head.split('\n', 1)[0]?.concat('\n'));
});

test('every name is a name of its own', async () => {
  const returns = '  return: { type: array, items: { type: object, properties: { a: { type: integer } } } }\n';
  const text = await render({
    ...tool('a_b', 'py', returns),
    ...tool('a-b', 'py', returns),
    ...tool('any', 'py', ''),
    ...tool('a_b_result', 'py', returns),
  });
  expect([...text.matchAll(/^(?:class )?(\w+)(?: =|\()/gm)].map(([, name]) => name)).toEqual([
    'ABArgs',
    'ABResultItem',
    'ABResult',
    'AB',
    'AB2Args',
    'AB2ResultItem',
    'AB2Result',
    'AB2',
    'ABResult2Args',
    'ABResult2ResultItem',
    'ABResult2Result',
    'ABResult2',
    'Any2Args',
    'Any2Result',
    'Any2',
  ]);
});

test('a null of everything else is admitted where the check of results does', async () => {
  const text = await render(
    tool(
      't',
      'py',
      '  return: { oneOf: [{ type: object, nullable: true }, { type: array, items: { type: array } }] }\n',
    ),
  );
  expect(/^TResult = .*$/m.exec(text)?.[0]).toBe('TResult = Mapping[str, Any] | None | Sequence[Sequence[Any]]');
});
