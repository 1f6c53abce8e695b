import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGuest, python, type TestGuest } from './support/open-guest.ts';

const prelude = `
import collections, dataclasses, datetime, decimal, enum, fractions, ipaddress, pathlib, typing, uuid
from datetime import timedelta, timezone
from decimal import Decimal

class Color(enum.Enum):
    RED = "red"

class Level(enum.IntEnum):
    HIGH = 3

class Unknown:
    pass

Point = collections.namedtuple("Point", "x y")

@dataclasses.dataclass
class Flight:
    code: str
    at: datetime.date
    stops: typing.List[Point] = dataclasses.field(default_factory=list)

def generate():
    yield 1
    yield Decimal("2.50")

def cyclic():
    value = {"a": []}
    value["a"].append(value)
    return value

def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value

class Cell:
    pass

def evaluate(expression):
    return eval(expression)

async def evaluate_async(expression):
    return eval(expression)
`;

let guest: TestGuest;

beforeAll(async () => {
  guest = await openGuest({
    files: { 'python/values.py': prelude },
    handlers: [
      { file: 'python/values.py', endpoint: 'evaluate' },
      { file: 'python/values.py', endpoint: 'evaluate_async' },
    ],
  });
});
afterAll(() => guest.kill());

async function resultOf(expression: string) {
  const { type, id: _, ...rest } = await guest.call('evaluate', { expression });
  return type === 'result' ? rest : { failure: (rest['error'] as { message: string }).message };
}

describe('plain values', () => {
  test.each([
    ['None', null],
    ['True', true],
    ['"héllo \\u2028 𝄞"', 'héllo \u2028 𝄞'],
    ['0.1 + 0.2', 0.30000000000000004],
    ['-1', -1],
    ['2**53 - 1', 9007199254740991],
    ['float("nan")', null],
    ['[1.0, float("inf"), -float("inf")]', [1, null, null]],
    ['{"a": [1, {"b": None}]}', { a: [1, { b: null }] }],
    ['(1, 2)', [1, 2]],
    ['{3, 1, 2}', [1, 2, 3]],
    ['frozenset({"b", "a"})', ['a', 'b']],
    ['range(3)', [0, 1, 2]],
    ['collections.deque([1, 2])', [1, 2]],
    ['{"b": 1}.keys()', ['b']],
    ['(n * n for n in range(3))', [0, 1, 4]],
    ['collections.OrderedDict(a=1)', { a: 1 }],
    ['collections.defaultdict(list, a=[1])', { a: [1] }],
    ['Color.RED', 'red'],
    ['Level.HIGH', 3],
    ['Point(1, 2)', { x: 1, y: 2 }],
    [
      'Flight("AA1", datetime.date(2024, 1, 2), [Point(1, 2)])',
      { code: 'AA1', at: '2024-01-02', stops: [{ x: 1, y: 2 }] },
    ],
    ['datetime.datetime(2024, 1, 2, 3, 4, 5)', '2024-01-02T03:04:05'],
    ['datetime.datetime(2024, 1, 2, 3, 4, 5, 6, timezone.utc)', '2024-01-02T03:04:05.000006+00:00'],
    ['datetime.date(2024, 1, 2)', '2024-01-02'],
    ['datetime.time(3, 4)', '03:04:00'],
    ['timedelta(days=1, hours=2, seconds=3.5)', 'P1DT2H3.5S'],
    ['timedelta(seconds=-90)', '-PT1M30S'],
    ['timedelta()', 'PT0S'],
    ['uuid.UUID(int=1)', '00000000-0000-0000-0000-000000000001'],
    ['pathlib.Path("a/b")', 'a/b'],
    ['fractions.Fraction(1, 3)', '1/3'],
    ['ipaddress.ip_address("::1")', '::1'],
    ['Decimal("NaN")', null],
    ['"\\ud800"', '\ud800'],
  ])('gives %s as JSON', async (expression, expected) => {
    expect(await resultOf(expression)).toEqual({ value: expected });
  });

  test.each([
    ['b"\\x00\\xff"', 'AP8='],
    ['bytearray(b"ab")', 'YWI='],
    ['memoryview(b"ab")', 'YWI='],
  ])('gives %s as base64 that says it is bytes', async (expression, value) => {
    expect(await resultOf(expression)).toEqual({ value, isBytes: true });
    expect(await resultOf(`[${expression}]`)).toEqual({ value: [value] });
  });

  test('turns keys into text', async () => {
    const expression =
      '{1: 1, 1.5: 2, True: 3, None: 4, (1, "a"): 5, datetime.date(2024, 1, 2): 6, Color.RED: 7, Decimal("2.50"): 8, 2**60: 9}';
    // In Python 1 and True are one key.
    expect(await resultOf(expression)).toEqual({
      value: { '1': 3, '1.5': 2, null: 4, '1,a': 5, '2024-01-02': 6, red: 7, '2.50': 8, '1152921504606846976': 9 },
    });
  });
});

describe('numbers that a double cannot hold', () => {
  test('sends their exact text and where they stand', async () => {
    expect(await resultOf('{"a/b": [2**53, -2**70], "~": Decimal("1.10"), "n": Decimal("1E+3")}')).toEqual({
      value: { 'a/b': ['9007199254740992', '-1180591620717411303424'], '~': '1.10', n: '1000' },
      exact: [
        { pointer: '/a~1b/0', text: '9007199254740992' },
        { pointer: '/a~1b/1', text: '-1180591620717411303424' },
        { pointer: '/~0', text: '1.10' },
        { pointer: '/n', text: '1000' },
      ],
    });
    expect(await resultOf('2**64')).toEqual({
      value: '18446744073709551616',
      exact: [{ pointer: '', text: '18446744073709551616' }],
    });
    expect(await resultOf('list(generate())')).toEqual({
      value: [1, '2.50'],
      exact: [{ pointer: '/1', text: '2.50' }],
    });
  });
});

describe('values without a JSON form', () => {
  const advice = 'Return dicts, lists, text, numbers, dates, dataclasses or pydantic models.';
  test.each([
    [
      '{"items": [Unknown()]}',
      `The result holds a value of type values.Unknown at /items/0, which has no JSON form. ${advice}`,
    ],
    ['Unknown', `The result holds a value of type type at its top level, which has no JSON form. ${advice}`],
    ['[len]', `The result holds a value of type builtin_function_or_method at /0, which has no JSON form. ${advice}`],
    ['cyclic()', 'The result contains itself at /a/0.'],
    ['deep()', 'The result is nested too deeply.'],
    [
      '{Unknown(): 1}',
      'The result has a key of type Unknown at its top level, which has no text form. Use text for keys.',
    ],
  ])('refuses %s', async (expression, message) => {
    expect(await resultOf(expression)).toEqual({ failure: message });
  });
});

test('async handlers give results in the same way', async () => {
  expect(await guest.call('evaluate_async', { expression: '[Decimal("0.10"), (1,)]' })).toMatchObject({
    type: 'result',
    value: ['0.10', [1]],
    exact: [{ pointer: '/0', text: '0.10' }],
  });
});

function has(module: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${module}`], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(`skipped: this Python has no ${module}\n`);
    return false;
  }
}

describe.skipIf(!has('pydantic'))('pydantic', () => {
  test('models become objects', async () => {
    const expression =
      '(lambda p: p.create_model("M", a=(int, 1), at=(datetime.date, datetime.date(2024, 1, 2)))())(__import__("pydantic"))';
    expect(await resultOf(expression)).toEqual({ value: { a: 1, at: '2024-01-02' } });
  });
});

describe.skipIf(!has('numpy'))('numpy', () => {
  const np = '__import__("numpy")';
  test.each([
    [`${np}.int64(5)`, 5],
    [`${np}.float64("nan")`, null],
    [`${np}.float32(1.1)`, 1.1],
    [`${np}.bool_(True)`, true],
    [`${np}.str_("a")`, 'a'],
    [
      `${np}.array([[1, 2], [3, 4]])`,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [`${np}.array([1.5, float("nan")])`, [1.5, null]],
    [`${np}.array(["2024-01-02"], dtype="datetime64[ns]")`, ['2024-01-02T00:00:00']],
    [`${np}.datetime64("NaT")`, null],
    [`{${np}.int64(1): ${np}.float64(2.5)}`, { '1': 2.5 }],
  ])('gives %s as JSON', async (expression, expected) => {
    expect(await resultOf(expression)).toEqual({ value: expected });
  });
});

describe.skipIf(!has('pandas'))('pandas', () => {
  const pd = '__import__("pandas")';
  test.each([
    [
      `${pd}.DataFrame({"a": [1, 2], "b": ["x", None]})`,
      [
        { a: 1, b: 'x' },
        { a: 2, b: null },
      ],
    ],
    [`${pd}.Series([1.5, None])`, [1.5, null]],
    [`${pd}.Timestamp("2024-01-02T03:04:05")`, '2024-01-02T03:04:05'],
    [`{"a": ${pd}.NaT, "b": ${pd}.NA}`, { a: null, b: null }],
    [`${pd}.Timedelta(seconds=90)`, 'PT1M30S'],
    [`${pd}.Series(["a", "a"]).value_counts().to_dict()`, { a: 2 }],
    [`{${pd}.Timestamp("2024-01-02"): 1}`, { '2024-01-02T00:00:00': 1 }],
    [`${pd}.Series(${pd}.Categorical(["x", "y"]))`, ['x', 'y']],
  ])('gives %s as JSON', async (expression, expected) => {
    expect(await resultOf(expression)).toEqual({ value: expected });
  });
});
