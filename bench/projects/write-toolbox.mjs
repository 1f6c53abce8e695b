import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { itemCount } from './generate-project.mjs';

/** Writes what MCP Toolbox serves: the table of `setupSql` as an SQLite file, and the point query as a tool. */
export function writeToolbox(folder) {
  mkdirSync(folder, { recursive: true });
  const database = join(folder, 'items.sqlite');
  execFileSync('python3', ['-c', makeTable, database, String(itemCount)]);
  const tool = {
    kind: 'sqlite-sql',
    source: 'items',
    description: 'The tool point_query of the benchmark.',
    parameters: [{ name: 'id', type: 'integer', description: 'The id of an item.' }],
    statement: 'SELECT id, name, price, added FROM items WHERE id = ?',
  };
  const config = { sources: { items: { kind: 'sqlite', database } }, tools: { point_query: tool } };
  writeFileSync(join(folder, 'tools.yaml'), stringify(config));
}

const makeTable = `import datetime, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL, added TEXT)")
first = datetime.date(2024, 1, 1)
rows = [(i, f"item {i}", i / 8, str(first + datetime.timedelta(i % 365))) for i in range(int(sys.argv[2]))]
connection.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", rows)
connection.commit()
`;
