import { afterAll, beforeAll, expect, test } from 'vitest';
import { columnReply } from './support/column-batch.ts';
import { openGuest, type TestGuest } from './support/open-guest.ts';

const file = 'python/rows.py';
const code = `
import copy, heapq, json, operator, pickle
from mxcp.runtime import db, Rows

def few():
    return db.execute("few")

def many():
    return db.execute("many")

def plain():
    return [{"n": n, "s": None if n % 3 == 0 else "row %d" % n} for n in range(25_000)]

def is_made(rows):
    return type(rows).__name__ == "Rows"

# What code can do to a list, and what it has to give: the same as with a plain list of the same dicts.
USES = {
    "iter": lambda rows: [row["n"] for row in rows],
    "next": lambda rows: next(iter(rows)),
    "index": lambda rows: [rows[0], rows[-1]],
    "slice": lambda rows: rows[10:12],
    "getitem": lambda rows: operator.itemgetter(3, 5)(rows),
    "in": lambda rows: [{"n": 1, "s": "row 1"} in rows, 5 in rows],
    "reversed": lambda rows: next(reversed(rows)),
    "equal": lambda rows: [rows == plain(), plain() == rows, rows != plain(), plain() != rows],
    "unequal": lambda rows: [rows == [], [] == rows, rows != [1], rows == "x"],
    "less": lambda rows: [rows < [], [] < rows, rows >= [], [] >= rows],
    "add": lambda rows: (rows + [1])[-2:],
    "radd": lambda rows: ([1] + rows)[:2],
    "multiply": lambda rows: [len(rows * 2), len(2 * rows), (rows * 2)[25_001]],
    "list": lambda rows: list(rows)[7],
    "tuple": lambda rows: tuple(rows)[7],
    "star": lambda rows: [*rows][7],
    "unpack": lambda rows: (lambda first, *rest: [first, len(rest)])(*rows),
    "extend": lambda rows: (lambda other: (other.extend(rows), other[3]))([1]),
    "iadd": lambda rows: (lambda other: operator.iadd(other, rows)[3])([1]),
    "assign": lambda rows: (lambda other: (operator.setitem(other, slice(0, 1), rows), other[2]))([1]),
    "sorted": lambda rows: sorted(rows, key=lambda row: -row["n"])[0],
    "enumerate": lambda rows: next(enumerate(rows)),
    "zip": lambda rows: next(zip(rows, rows)),
    "sum": lambda rows: sum((row["n"] for row in rows), 0),
    "max": lambda rows: max(rows, key=lambda row: row["n"]),
    "count": lambda rows: rows.count({"n": 1, "s": "row 1"}),
    "index of": lambda rows: rows.index({"n": 1, "s": "row 1"}),
    "json": lambda rows: json.loads(json.dumps(rows))[5],
    "json indent": lambda rows: json.dumps(rows, indent=1)[:40],
    "json inside": lambda rows: json.dumps({"rows": rows})[:40],
    "repr": lambda rows: repr(rows)[:40],
    "str": lambda rows: str(rows)[:40],
    "f-string": lambda rows: f"{rows}"[:40],
    "format": lambda rows: "%s" % rows[:1],
    "pickle": lambda rows: pickle.loads(pickle.dumps(rows))[5],
    "copy": lambda rows: copy.copy(rows)[5],
    "deepcopy": lambda rows: copy.deepcopy(rows)[5],
    "copy method": lambda rows: rows.copy()[5],
    "append": lambda rows: (rows.append({"n": -1}), rows[-2:], len(rows))[1:],
    "insert": lambda rows: (rows.insert(0, 1), rows[:2])[1],
    "pop": lambda rows: [rows.pop(), rows.pop(0), len(rows)],
    "remove": lambda rows: (rows.remove({"n": 0, "s": None}), rows[0])[1],
    "reverse": lambda rows: (rows.reverse(), rows[0])[1],
    "sort": lambda rows: (rows.sort(key=lambda row: -row["n"]), rows[0])[1],
    "set item": lambda rows: (operator.setitem(rows, 0, 1), rows[:2])[1],
    "delete item": lambda rows: (operator.delitem(rows, 0), rows[0])[1],
    "in place": lambda rows: operator.iadd(rows, [1])[-2:],
    "clear": lambda rows: (rows.clear(), len(rows))[1],
    "comprehension": lambda rows: {row["n"]: row for row in rows}[9],
    "heapq": lambda rows: heapq.nlargest(1, rows, key=lambda row: row["n"]),
}

def uses():
    wrong = {}
    for name, use in USES.items():
        rows, list_ = many(), plain()
        if is_made(rows) or use(rows) != use(list_) or not is_made(rows):
            wrong[name] = repr(use(many()))[:200]
    return wrong

def without_rows():
    rows = many()
    facts = [len(rows), bool(rows), isinstance(rows, list), rows.columns, rows.types, is_made(rows)]
    return facts

def first_and_all():
    rows = many()
    return [rows.fetchone(), is_made(rows), type(many().fetchall()).__name__, len(many().fetchall()), few().fetchone()]

def read_by_c():
    rows = many()
    try:
        list.sort(rows)
    except TypeError as error:
        return [str(error), type(list.__getitem__(rows, 0)).__name__, is_made(rows)]

def at_once():
    import threading
    rows, seen = many(), []
    threads = [threading.Thread(target=lambda: seen.append(rows[100]["n"])) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [seen, is_made(rows), rows == plain()]

def returned():
    return many()

def missing_package():
    wrong = {}
    import sys
    for name, use in {"pandas": lambda: few().df(), "numpy": lambda: few().fetchnumpy(), "pyarrow": lambda: few().arrow(), "polars": lambda: few().pl()}.items():
        kept, sys.modules[name] = sys.modules.get(name), None
        try:
            use()
        except RuntimeError as error:
            wrong[name] = str(error)
    return wrong
`;

const large = Array.from({ length: 25_000 }, (_, row) => row);
const replies: Record<string, object> = {
  few: columnReply([
    { name: 'a', type: { id: 'INTEGER' }, layout: 'i4', values: [1, 2] },
    { name: 'a', type: { id: 'INTEGER' }, layout: 'i4', values: [3, 4] },
  ]),
  many: columnReply([
    { name: 'n', type: { id: 'INTEGER' }, layout: 'i4', values: large },
    {
      name: 's',
      type: { id: 'VARCHAR' },
      layout: 'text',
      values: large.map(row => (row % 3 === 0 ? null : `row ${row}`)),
    },
  ]),
};

let guest: TestGuest;
const endpoints = [...code.matchAll(/^def (\w+)\(\)/gm)].map(match => match[1] ?? '');

beforeAll(async () => {
  guest = await openGuest({
    files: { [file]: code },
    handlers: endpoints.map(endpoint => ({ file, endpoint, function: endpoint })),
    onExecute: ({ sql }) => replies[String(sql)],
  });
});
afterAll(() => guest.kill());

test('rows of a large result do in every use what a plain list of dicts does', async () => {
  expect(await guest.call('uses')).toMatchObject({ value: {} });
});

test('a large result knows its length, columns and types without a single row', async () => {
  expect(await guest.call('without_rows')).toMatchObject({
    value: [25_000, true, true, ['n', 's'], ['INTEGER', 'VARCHAR'], false],
  });
});

test('fetchone and fetchall give dicts', async () => {
  expect(await guest.call('first_and_all')).toMatchObject({
    value: [{ n: 0, s: null }, true, 'list', 25_000, { a: 1, a_1: 3 }],
  });
});

test('C code that reads the list past Python fails loudly instead of seeing no rows', async () => {
  expect(await guest.call('read_by_c')).toMatchObject({
    value: ["'<' not supported between instances of 'UnreadRow' and 'UnreadRow'", 'UnreadRow', false],
  });
});

test('several threads may look at the rows first', async () => {
  expect(await guest.call('at_once')).toMatchObject({ value: [Array(8).fill(100), true, true] });
});

test('a large result can be what a handler returns', async () => {
  const { value } = await guest.call('returned');
  expect(value).toEqual(large.map(n => ({ n, s: n % 3 === 0 ? null : `row ${n}` })));
});

test('forms whose package is missing say what to install', async () => {
  const needs = (form: string, name: string) =>
    `${form}() needs the package ${name}, which this interpreter does not have. Install it with \`pip install ${name}\`.`;
  expect((await guest.call('missing_package'))['value']).toEqual({
    pandas: needs('df', 'pandas'),
    numpy: needs('fetchnumpy', 'numpy'),
    pyarrow: needs('arrow', 'pyarrow'),
    polars: needs('pl', 'polars'),
  });
});
