import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectClient, type TestClient } from './clients.ts';
import { makeProject } from './make-project.ts';

const languages = ['sql', 'typescript', 'python'] as const;

const tool = (name: string, language: string, source: string) => `mxcp: 1
tool:
  name: ${name}
  description: Test.
  language: ${language}
  parameters: [{ name: n, type: integer, description: A number. }]
  return: { type: object, properties: { n: { type: integer }, version: { type: integer } } }
  source: ${source}
`;

const code = {
  sql: (version: number) =>
    tool('by_sql', 'sql', `{ code: "SELECT n + $n AS n, ${version} AS version FROM numbers WHERE n = 0" }`),
  typescript: (version: number) => `import { db } from 'mxcp-ts/runtime';
export async function by_typescript({ n }: { n: number }) {
  const rows = await db.execute('SELECT n + $n AS n FROM numbers WHERE n = 0', { n });
  return { n: rows[0].n, version: ${version} };
}
`,
  python: (version: number) => `from mxcp.runtime import db, reload_duckdb

def by_python(n):
    return {"n": db.execute("SELECT n + $n AS n FROM numbers WHERE n = 0", {"n": n})[0]["n"], "version": ${version}}

def swap():
    reload_duckdb(payload_func=lambda: None, description="swap")
    return "asked"
`,
};

/** A project with one tool in each language, which all ask the database, and one that asks for an exclusive reload. */
export function makeThreeLanguages(): string {
  const folder = makeProject({
    'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\nduckdb: { setup: [sql/setup.sql] }\n',
    'sql/setup.sql': 'CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (0);',
    'tools/by_sql.yml': code.sql(0),
    'tools/by_typescript.yml': tool('by_typescript', 'typescript', '{ file: ../code/by.ts, function: by_typescript }'),
    'code/by.ts': code.typescript(0),
    'tools/by_python.yml': tool('by_python', 'python', '{ file: ../python/by.py }'),
    'tools/swap.yml':
      'mxcp: 1\ntool: { name: swap, description: Test., language: python, source: { file: ../python/by.py } }\n',
    'python/by.py': code.python(0),
  });
  return folder;
}

/** Edits the sources of all three languages. */
export function editAll(folder: string, version: number): void {
  writeFileSync(join(folder, 'tools/by_sql.yml'), code.sql(version));
  writeFileSync(join(folder, 'code/by.ts'), code.typescript(version));
  writeFileSync(join(folder, 'python/by.py'), code.python(version));
}

/** An edit that cannot be served, of another kind each time. */
export function breakOne(folder: string, version: number): void {
  const kinds = [
    () => writeFileSync(join(folder, 'tools/by_sql.yml'), code.sql(version).replace('integer', 'intger')),
    () => writeFileSync(join(folder, 'code/by.ts'), `${code.typescript(version)}\nexport const = ;\n`),
    () => writeFileSync(join(folder, 'python/by.py'), `${code.python(version)}\ndef broken(:\n`),
  ];
  kinds[version % kinds.length]?.();
}

export interface Load {
  /** Calls that were answered. */
  readonly answered: () => number;
  /** What calls that did not end well were answered with. */
  readonly failures: string[];
  /** Ends a call of each caller and begins no more until `resume`. */
  pause(): Promise<void>;
  resume(): void;
  stop(): Promise<void>;
}

/** 32 callers, each of which calls the tools of the three languages in turn, one call after the other. */
export async function startLoad(url: string, pauseMs = 10): Promise<Load> {
  const clients = await Promise.all(Array.from({ length: 4 }, () => connectClient('v2 of 2026', { url })));
  const failures: string[] = [];
  let answered = 0;
  let isStopped = false;
  let gate: Promise<void> | undefined;
  let open: () => void = () => {};
  let running = 0;

  async function caller(client: TestClient, index: number): Promise<void> {
    for (let turn = index; !isStopped; turn += 1) {
      await gate;
      const name = `by_${languages[turn % languages.length]}`;
      running += 1;
      try {
        const answer = await client.callTool(name, { n: turn });
        if (answer.isError || (answer.structured as { n?: unknown } | undefined)?.n !== turn)
          failures.push(`${name}: ${answer.text}`);
        answered += 1;
      } catch (error) {
        failures.push(`${name}: ${String(error)}`);
      }
      running -= 1;
      await sleep(pauseMs);
    }
  }

  const callers = Array.from({ length: 32 }, (_, index) => caller(clients[index % 4] as TestClient, index));
  return {
    answered: () => answered,
    failures,
    async pause() {
      gate = new Promise(resolve => {
        open = resolve;
      });
      while (running > 0) await sleep(10);
    },
    resume() {
      gate = undefined;
      open();
    },
    async stop() {
      isStopped = true;
      open();
      await Promise.all(callers);
      await Promise.all(clients.map(client => client.close()));
    },
  };
}
