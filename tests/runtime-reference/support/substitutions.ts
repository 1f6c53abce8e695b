/** What stands in the document for something that only exists on its author's machines. */
export interface Surroundings {
  /** Where the project is. */
  readonly folder: string;
  /** Where the servers of the test answer, without a slash at the end. */
  readonly http: string;
}

export interface Substitution {
  readonly block: string;
  readonly find: string;
  readonly replace: (surroundings: Surroundings) => string;
  readonly reason: string;
}

/**
 * All that differs between the blocks of the document and what runs. A find that is not there fails. The SQLite-style
 * `datetime('now', '-1 hour')` of external-api.py is left as it is: the test's database has a macro of that name.
 */
export const substitutions: readonly Substitution[] = [
  {
    block: 'external-api.py',
    find: 'https://api.example.com/data',
    replace: ({ http }) => `${http}/data`,
    reason: 'outside host',
  },
  {
    block: 'pattern-4-api-client-wrapper.py',
    find: 'import stripe\n',
    replace: ({ http }) => `import stripe\nstripe.api_base = "${http}"\n`,
    reason: 'outside host, which is the default of the library',
  },
  {
    block: 'reload-api.py',
    find: '/staging/analytics.duckdb',
    replace: ({ folder }) => `${folder}/staging/analytics.duckdb`,
    reason: 'absolute path',
  },
  {
    block: 'reload-api.py',
    find: '/app/data/analytics.duckdb',
    replace: ({ folder }) => `${folder}/data/analytics.duckdb`,
    reason: 'absolute path',
  },
  {
    block: 'reload-api.py',
    find: 's3://bucket/latest-data.parquet',
    replace: ({ folder }) => `${folder}/staging/latest-data.parquet`,
    reason: 'outside host',
  },
  {
    block: 'reload-real-world.py',
    find: 'https://api.example.com/analytics/export',
    replace: ({ http }) => `${http}/analytics/export`,
    reason: 'outside host',
  },
  {
    block: 'reload-real-world.py',
    find: '/app/data/analytics.duckdb',
    replace: ({ folder }) => `${folder}/data/analytics.duckdb`,
    reason: 'absolute path',
  },
  {
    block: 'reload-real-world.py',
    find: 'data = response.json()\n',
    replace: () =>
      'data = response.json()\n        import pathlib\n        pathlib.Path("export.json").write_text(response.text)\n',
    reason: 'read_json_auto reads files, not lists',
  },
  {
    block: 'reload-real-world.py',
    find: '[data])',
    replace: () => '["export.json"])',
    reason: 'read_json_auto reads files, not lists',
  },
];
