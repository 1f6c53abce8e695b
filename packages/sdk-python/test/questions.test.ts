import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type GuestSetup, type Message, openGuest, python } from './support/open-guest.ts';

const file = 'python/app.py';
const prelude = `
import asyncio
from mxcp.runtime import *
FORM = {"type": "object", "properties": {"name": {"type": "string"}}}
`;

const hasPydantic = (() => {
  try {
    execFileSync(python, ['-c', 'import pydantic'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('skipped: this Python has no pydantic\n');
    return false;
  }
})();

interface Asked {
  readonly key: string;
  readonly request: object;
}

/** A guest with one file whose functions are its handlers; answers are by the key of the question. */
async function open(code: string, answers: Readonly<Record<string, object>> = {}, setup: Partial<GuestSetup> = {}) {
  const asked: Asked[] = [];
  const guest = await openGuest({
    files: { [file]: prelude + code },
    handlers: [...code.matchAll(/^(?:async )?def (\w+)/gm)].map(([, endpoint = '']) => ({ file, endpoint })),
    onQuestion: (message: Message) => {
      const { key, request } = message as unknown as Asked;
      asked.push({ key, request });
      return answers[key] ?? { ok: true, value: { waiting: true } };
    },
    ...setup,
  });
  return { guest, asked };
}

const answer = (value: object) => ({ ok: true, value: { answer: value } });
const suspended = { type: 'failure', error: { type: 'Suspended' } };

test('a form, a page, the model and the roots are asked the same way in plain and async functions', async () => {
  const { guest, asked } = await open(
    `
def show(form, declined, page, said, roots):
    return [
        [form.action, form.accepted, form.content], [declined.action, declined.accepted, declined.content], page.action,
        [said.role, said.text, said.content, said.model, said.stop_reason], [[root.uri, root.name] for root in roots],
    ]
def plain():
    return show(
        mcp.elicit("form", "Who?", FORM), mcp.elicit("no", "Sure?", FORM), mcp.elicit_url("page", "Pay", "https://x.y"),
        mcp.sample("model", "Hi"), mcp.list_roots(),
    )
async def later():
    return show(
        await mcp.elicit("form", "Who?", FORM), await mcp.elicit("no", "Sure?", FORM),
        await mcp.elicit_url("page", "Pay", "https://x.y"), await mcp.sample("model", "Hi"), await mcp.list_roots(),
    )
`,
    {
      form: answer({ action: 'accept', content: { name: 'Ada' } }),
      no: answer({ action: 'decline' }),
      page: answer({ action: 'cancel' }),
      model: answer({ role: 'assistant', content: { type: 'text', text: 'Hello' }, model: 'm', stopReason: 'endTurn' }),
      roots: answer({ roots: [{ uri: 'file:///a', name: 'A' }, { uri: 'file:///b' }] }),
    },
  );
  const value = [
    ['accept', true, { name: 'Ada' }],
    ['decline', false, null],
    'cancel',
    ['assistant', 'Hello', { type: 'text', text: 'Hello' }, 'm', 'endTurn'],
    [
      ['file:///a', 'A'],
      ['file:///b', null],
    ],
  ];
  const requestedSchema = { type: 'object', properties: { name: { type: 'string' } } };
  const questions = [
    { key: 'form', request: { method: 'elicitation/create', params: { message: 'Who?', requestedSchema } } },
    { key: 'no', request: { method: 'elicitation/create', params: { message: 'Sure?', requestedSchema } } },
    {
      key: 'page',
      request: { method: 'elicitation/create', params: { mode: 'url', message: 'Pay', url: 'https://x.y' } },
    },
    {
      key: 'model',
      request: {
        method: 'sampling/createMessage',
        params: { messages: [{ role: 'user', content: { type: 'text', text: 'Hi' } }], maxTokens: 1000 },
      },
    },
    { key: 'roots', request: { method: 'roots/list' } },
  ];
  expect(await guest.call('plain')).toMatchObject({ value });
  expect(await guest.call('later')).toMatchObject({ value });
  expect(asked).toEqual([...questions, ...questions]);
  guest.kill();
});

test('sampling takes messages with blocks, and the options of MCP in the names of Python', async () => {
  const { guest, asked } = await open(
    `
def ask():
    said = mcp.sample("model", [
        {"role": "user", "content": ["Look", content.image(b"GIF89a")]}, {"role": "assistant", "content": "I see"},
        content.text("And?"), "Well?", {"role": "user", "content": {"type": "text", "text": "raw"}},
    ], max_tokens=5, system_prompt="Be short.", temperature=0.5, stop_sequences=["."], model_preferences={"hints": [{"name": "m"}]})
    return [said.text, said.model]
`,
    {
      model: answer({
        role: 'assistant',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image', data: '', mimeType: 'image/png' },
          { type: 'text', text: 'b' },
        ],
      }),
    },
  );
  expect(await guest.call('ask')).toMatchObject({ value: ['ab', null] });
  const text = (said: string) => ({ type: 'text', text: said });
  expect(asked[0]?.request).toEqual({
    method: 'sampling/createMessage',
    params: {
      messages: [
        { role: 'user', content: [text('Look'), { type: 'image', data: 'R0lGODlh', mimeType: 'image/gif' }] },
        { role: 'assistant', content: text('I see') },
        { role: 'user', content: text('And?') },
        { role: 'user', content: text('Well?') },
        { role: 'user', content: text('raw') },
      ],
      maxTokens: 5,
      systemPrompt: 'Be short.',
      temperature: 0.5,
      stopSequences: ['.'],
      modelPreferences: { hints: [{ name: 'm' }] },
    },
  });
  guest.kill();
});

test('a question without an answer ends the handler past `except Exception`, and `finally` runs', async () => {
  const { guest } = await open(`
def plain():
    try: mcp.elicit("a", "?", FORM)
    except Exception: return "caught"
    finally: log.info("left")
    return "went on"
async def later():
    try: await mcp.elicit("a", "?", FORM)
    except Exception: return "caught"
    finally: log.info("left")
    return "went on"
`);
  expect(await guest.call('plain')).toMatchObject(suspended);
  expect(await guest.call('later')).toMatchObject(suspended);
  expect(guest.logs.map(({ text }) => text)).toEqual(['left', 'left']);
  guest.kill();
});

test('a handler that swallows its end can ask nothing more, of the client or of the database', async () => {
  const { guest, asked } = await open(
    `
def plain():
    ends = []
    for ask in (lambda: mcp.elicit("a", "?", FORM), lambda: mcp.elicit("b", "?", FORM), lambda: db.execute("insert"), lambda: session.get("x")):
        try: ask()
        except Cancelled as error: ends.append(type(error).__name__)
    return ends
async def later():
    ends = []
    for ask in (lambda: mcp.elicit("a", "?", FORM), lambda: mcp.list_roots(), lambda: db.execute_async("insert"), lambda: session.aget("x")):
        try: await ask()
        except Cancelled as error: ends.append(type(error).__name__)
    return ends
def committing():
    with db.transaction():
        try: mcp.elicit("a", "?", FORM)
        except BaseException: pass
`,
    {},
    { context: { hasSession: true }, onExecute: () => ({ ok: true, value: 1 }) },
  );
  const value = ['Suspended', 'Suspended', 'Suspended', 'Suspended'];
  expect(await guest.call('plain')).toMatchObject({ value });
  expect(await guest.call('later')).toMatchObject({ value });
  expect(await guest.call('committing')).toMatchObject(suspended);
  expect(asked.map(({ key }) => key)).toEqual(['a', 'a', 'a']);
  expect(guest.executed.map(({ type }) => type)).toEqual(['begin']);
  guest.kill();
});

test('questions that are asked together reach the host together, and their end makes no noise', async () => {
  const { guest, asked } = await open(`
import gc
async def gathered():
    await asyncio.gather(mcp.elicit("a", "?", FORM), mcp.sample("b", "?"), mcp.list_roots("c"))
async def tasks():
    first = asyncio.create_task(mcp.elicit("a", "?", FORM))
    second = asyncio.create_task(inner("b"))
    third = asyncio.ensure_future(mcp.list_roots("c"))
    await first
async def inner(key):
    return await mcp.sample(key, "?")
async def collect():
    gc.collect()
    await asyncio.sleep(0.01)
`);
  const round = ['a', 'b', 'c'];
  expect(await guest.call('gathered')).toMatchObject(suspended);
  expect(asked.map(({ key }) => key)).toEqual(round);
  expect(await guest.call('tasks')).toMatchObject(suspended);
  expect(asked.map(({ key }) => key)).toEqual([...round, ...round]);
  await guest.call('collect');
  expect(guest.logs).toEqual([]);
  guest.kill();
});

test('all of them give their answers to asyncio.gather', async () => {
  const { guest } = await open(
    `
async def gathered():
    form, said = await asyncio.gather(mcp.elicit("a", "?", FORM), mcp.sample("b", "?"))
    return [form.action, said.text]
`,
    {
      a: answer({ action: 'cancel' }),
      b: answer({ role: 'assistant', content: { type: 'text', text: 'Yes' }, model: 'm' }),
    },
  );
  expect(await guest.call('gathered')).toMatchObject({ value: ['cancel', 'Yes'] });
  guest.kill();
});

test('a client that cannot be asked is an exception with a name of its own, a wrong question a ValueError', async () => {
  const { guest } = await open(
    `
def uncaught(): mcp.sample("cannot", "?")
async def uncaught_later(): await asyncio.gather(mcp.sample("cannot", "?"), mcp.list_roots("cannot"))
async def grouped():
    if not hasattr(asyncio, "TaskGroup"): await mcp.sample("cannot", "?")  # 3.10
    async with asyncio.TaskGroup() as group:
        group.create_task(mcp.sample("cannot", "?"))
def caught():
    try: mcp.list_roots("cannot")
    except ClientCannot as error: return str(error)
def wrong(): mcp.elicit("wrong", "?", FORM)
`,
    {
      cannot: { ok: false, error: { type: 'ClientCannot', message: 'This client cannot be asked.' } },
      wrong: { ok: false, error: { type: 'ValueError', message: 'Two different questions have this key.' } },
    },
  );
  const error = { type: 'ClientCannot', message: 'This client cannot be asked.' };
  expect(await guest.call('uncaught')).toMatchObject({ type: 'failure', error });
  expect(await guest.call('uncaught_later')).toMatchObject({ type: 'failure', error });
  expect(await guest.call('grouped')).toMatchObject({ type: 'failure', error });
  expect(await guest.call('caught')).toMatchObject({ value: 'This client cannot be asked.' });
  expect(await guest.call('wrong')).toMatchObject({
    error: { type: 'ValueError', message: 'Two different questions have this key.' },
  });
  guest.kill();
});

test('what is asked wrongly is said before the host hears of it', async () => {
  const { guest, asked } = await open(`
said = []
def attempt(use):
    try: use()
    except Exception as error: said.append(f"{type(error).__name__}: {error}")
@on_init
def start():
    attempt(lambda: mcp.elicit("a", "?", FORM))
    attempt(lambda: mcp.can("elicit"))
def plain():
    attempt(lambda: mcp.elicit(1, "?", FORM))
    attempt(lambda: mcp.elicit("a", None, FORM))
    attempt(lambda: mcp.elicit("a", "?", "text"))
    attempt(lambda: mcp.elicit_url("a", "?", 5))
    for url in ("/pay", "javascript:alert(1)", "ftp://x.y", "https://", "https://x.y/a b", "https://x.y:port"):
        attempt(lambda: mcp.elicit_url("a", "?", url))
    attempt(lambda: mcp.sample("a", 5))
    attempt(lambda: mcp.sample("a", "?", tokens=5))
    attempt(lambda: mcp.can("dance"))
    attempt(lambda: mcp.resource_updated(5))
    return said
async def forgot():
    answer = mcp.elicit("a", "?", FORM)
    try: return answer.accepted
    except AttributeError as error: return str(error)
    finally: answer.close()
`);
  const outside =
    'works only while a handler runs, also in tasks and asyncio.to_thread that it starts: there is no call in hooks, in SQL functions and in threads of your own.';
  expect((await guest.call('plain'))['value']).toEqual([
    `RuntimeError: mcp.elicit ${outside}`,
    `RuntimeError: mcp.can ${outside}`,
    'TypeError: The key of a question is text, not int.',
    'TypeError: mcp.elicit takes its message as text, not NoneType.',
    'TypeError: mcp.elicit takes a schema as a dict, or a class with flat fields, not str.',
    'TypeError: mcp.elicit_url takes its URL as text, not int.',
    ...Array(6).fill('ValueError: mcp.elicit_url takes the URL of a web page, which begins with https:// or http://.'),
    'TypeError: mcp.sample takes text, content blocks, or a list of {role, content}, not int.',
    'TypeError: mcp.sample has no option tokens. There are include_context, max_tokens, meta, metadata, model_preferences, stop_sequences, system_prompt, temperature, tool_choice, tools.',
    "ValueError: 'dance' is nothing that clients are asked. There are elicit, elicit-url, sample, sample-tools, roots.",
    'TypeError: mcp.resource_updated takes a URI as text, not int.',
  ]);
  expect((await guest.call('forgot'))['value']).toBe(
    'There is no accepted yet: in an async function write `await mcp.elicit(...)`.',
  );
  expect(asked).toEqual([]);
  guest.kill();
});

test('a question that nobody awaits fails the call at its line, without noise', async () => {
  const { guest, asked } = await open(
    `
import gc
async def forgot():
    mcp.elicit("a", "?", FORM)
    return "went on"
async def gave():
    return mcp.sample("a", "?")
async def nested():
    return {"roots": [mcp.list_roots()]}
async def generated():
    yield mcp.elicit_url("a", "?", "https://x.y")
def ran(): return asyncio.run(forgot())
async def one_of_two():
    pay, _ = mcp.elicit_url("a", "?", "https://x.y"), mcp.elicit("b", "?", FORM)
    return (await pay).action
async def waits_anyway():
    mcp.elicit("b", "?", FORM)
    await mcp.elicit("c", "?", FORM)
async def failed():
    mcp.elicit("b", "?", FORM)
    raise UserError("no")
async def collect(): gc.collect()
`,
    { a: answer({ action: 'accept' }) },
  );
  const failure = (name: string, place: string) => ({
    type: 'failure',
    error: {
      type: 'RuntimeError',
      message: `${name} was not awaited: write \`await ${name}(...)\`.`,
      stack: expect.stringMatching(
        `^Traceback \\(most recent call last\\):\n  File "${guest.root}/python/app.py", line ${place}\n(.*\n)*RuntimeError: ${name} was not awaited`,
      ),
    },
  });
  expect(await guest.call('forgot')).toMatchObject(failure('mcp.elicit', '8, in forgot'));
  expect(await guest.call('gave')).toMatchObject(failure('mcp.sample', '11, in gave'));
  expect(await guest.call('nested')).toMatchObject(failure('mcp.list_roots', '13, in nested'));
  expect(await guest.call('generated')).toMatchObject(failure('mcp.elicit_url', '15, in generated'));
  expect(await guest.call('ran')).toMatchObject(failure('mcp.elicit', '8, in forgot'));
  expect(await guest.call('one_of_two')).toMatchObject(failure('mcp.elicit', '18, in one_of_two'));
  expect(asked.map(({ key }) => key)).toEqual(['a']);
  expect(await guest.call('waits_anyway')).toMatchObject(suspended);
  expect(await guest.call('failed')).toMatchObject({ error: { type: 'UserError', message: 'no' } });
  await guest.call('collect');
  expect([guest.logs, guest.raw.text]).toEqual([[], '']);
  guest.kill();
});

test('the client of a call says what it is and can', async () => {
  const { guest } = await open(`
def look():
    client = context.client
    return [client and [client.name, client.version, client.abilities], [mcp.can(a) for a in ("elicit", "elicit-url", "sample", "roots")]]
`);
  const client = { name: 'inspector', version: '1.0', abilities: ['elicit', 'roots'] };
  expect((await guest.call('look', {}, { client }))['value']).toEqual([
    ['inspector', '1.0', ['elicit', 'roots']],
    [true, false, false, true],
  ]);
  expect((await guest.call('look'))['value']).toEqual([null, [false, false, false, false]]);
  guest.kill();
});

test('changes are announced from calls, from hooks and from threads', async () => {
  const { guest } = await open(`
import threading
@on_init
def start(): mcp.tools_changed()
def plain():
    mcp.prompts_changed()
    thread = threading.Thread(target=mcp.resources_changed)
    thread.start()
    thread.join()
async def later():
    await mcp.resource_updated("data://x")
`);
  await guest.call('plain');
  await guest.call('later');
  expect(guest.told).toEqual(
    [{ kind: 'tools' }, { kind: 'prompts' }, { kind: 'resources' }, { kind: 'resource', uri: 'data://x' }].map(
      change => ({ type: 'announce', change }),
    ),
  );
  guest.kill();
});

const forms = `
import dataclasses, datetime, enum, typing
class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
@dataclasses.dataclass
class Order:
    size: int
    when: datetime.date
    price: float
    extras: typing.List[Color]
    color: Color = Color.RED
    note: typing.Optional[str] = None
    gift: bool = dataclasses.field(default=False, metadata={"title": "A gift?"})
    speed: typing.Literal["slow", "fast"] = "slow"
    moment: "datetime.datetime | None" = None
@dataclasses.dataclass
class Nested:
    order: Order
def ask(): return repr(mcp.elicit("form", "?", Order).content)
async def later(): return (await mcp.elicit("no", "?", Order)).content
def nested():
    try: mcp.elicit("form", "?", Nested)
    except TypeError as error: return str(error)
`;

test('a dataclass is a schema, and what was filled in an instance of it', async () => {
  const content = { size: 5, when: '2026-01-02', price: 3, extras: ['blue'], moment: '2026-01-02T03:04:05Z' };
  const { guest, asked } = await open(forms, {
    form: answer({ action: 'accept', content }),
    no: answer({ action: 'decline' }),
  });
  expect((await guest.call('ask'))['value']).toBe(
    "Order(size=5, when=datetime.date(2026, 1, 2), price=3.0, extras=[<Color.BLUE: 'blue'>], color=<Color.RED: 'red'>, " +
      "note=None, gift=False, speed='slow', moment=datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc))",
  );
  expect((await guest.call('later'))['value']).toBe(null);
  expect(asked[0]?.request).toEqual({
    method: 'elicitation/create',
    params: {
      message: '?',
      requestedSchema: {
        type: 'object',
        properties: {
          size: { type: 'integer' },
          when: { type: 'string', format: 'date' },
          price: { type: 'number' },
          extras: { type: 'array', items: { type: 'string', enum: ['red', 'blue'] } },
          color: { type: 'string', enum: ['red', 'blue'], default: 'red' },
          note: { type: 'string' },
          gift: { type: 'boolean', title: 'A gift?', default: false },
          speed: { type: 'string', enum: ['slow', 'fast'], default: 'slow' },
          moment: { type: 'string', format: 'date-time' },
        },
        required: ['size', 'when', 'price', 'extras'],
      },
    },
  });
  expect((await guest.call('nested'))['value']).toBe(
    'Nested.order cannot be asked for: a form has text, numbers, booleans, dates, enums, and lists of enums.',
  );
  guest.kill();
});

test.runIf(hasPydantic)('so is a pydantic model', async () => {
  const { guest, asked } = await open(
    `
import enum, typing
from pydantic import BaseModel, Field
class Color(enum.Enum):
    RED = "red"
class Order(BaseModel):
    size: int = Field(ge=1, description="How large")
    color: Color = Color.RED
    note: typing.Optional[str] = None
    extras: typing.List[Color] = []
class Nested(BaseModel):
    order: Order
def ask(): return repr(mcp.elicit("form", "?", Order).content)
def nested():
    try: mcp.elicit("form", "?", Nested)
    except TypeError as error: return str(error)
`,
    { form: answer({ action: 'accept', content: { size: 5, extras: ['red'] } }) },
  );
  expect((await guest.call('ask'))['value']).toBe(
    "Order(size=5, color=<Color.RED: 'red'>, note=None, extras=[<Color.RED: 'red'>])",
  );
  const color = { title: 'Color', type: 'string', enum: ['red'] };
  expect(asked[0]?.request).toEqual({
    method: 'elicitation/create',
    params: {
      message: '?',
      requestedSchema: {
        type: 'object',
        properties: {
          size: { title: 'Size', type: 'integer', minimum: 1, description: 'How large' },
          color: { ...color, default: 'red' },
          note: { title: 'Note', type: 'string' },
          extras: { title: 'Extras', type: 'array', items: color, default: [] },
        },
        required: ['size'],
      },
    },
  });
  expect((await guest.call('nested'))['value']).toBe(
    'Nested.order cannot be asked for: a form has text, numbers, booleans, dates, enums, and lists of enums.',
  );
  guest.kill();
});
