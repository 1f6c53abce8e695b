import { harmlessTableFunctions } from './function-rules.ts';

export interface GuardRules {
  /** Lower-case names of the scalar and aggregate functions that may be called. */
  readonly functions: ReadonlySet<string>;
  /** Lower-case names of functions that the site allows on top, table functions included. */
  readonly allowed: ReadonlySet<string>;
  /** Whether the database has this table or view, by name and what qualifies it ("" for nothing). */
  hasTable(catalog: string, schema: string, name: string): boolean;
}

type Node = Readonly<Record<string, unknown>>;

const relationTypes: ReadonlySet<string> = new Set([
  'BASE_TABLE',
  'EMPTY',
  'EXPRESSION_LIST',
  'JOIN',
  'PIVOT',
  'SHOW_REF',
  'SUBQUERY',
  'TABLE_FUNCTION',
]);

const shownLists: ReadonlySet<string> = new Set(['"tables"', '__show_tables_expanded']);

/**
 * Why a query must not be run, or undefined when it only reads tables. Decided from the parse tree alone: binding
 * already opens the files that a statement names.
 *
 * @param statement - one statement of what DuckDB's `json_serialize_sql` gives
 */
export function findRefusal(statement: unknown, rules: GuardRules): string | undefined {
  const subqueryNames = new Set<string>();
  collectSubqueryNames(statement, subqueryNames);
  return visit(statement, node => refusalOfNode(node, rules, subqueryNames));
}

function refusalOfNode(node: Node, rules: GuardRules, subqueryNames: ReadonlySet<string>): string | undefined {
  if (node['class'] === 'PARAMETER') return 'Parameters have no values here. Write the values into the query.';
  if ('function_name' in node) return refusalOfFunction(node, rules);
  if (!isRelation(node)) return undefined;
  switch (node['type']) {
    case 'BASE_TABLE':
      return refusalOfTable(node, rules, subqueryNames);
    case 'TABLE_FUNCTION':
      return refusalOfTableFunction(node, rules);
    case 'SHOW_REF':
      return node['query'] !== null || shownLists.has(String(node['table_name']))
        ? undefined
        : 'Only SHOW TABLES is allowed.';
    default:
      return relationTypes.has(String(node['type']))
        ? undefined
        : `This kind of source is not allowed: ${node['type']}.`;
  }
}

/** Every source of a FROM has these two, and nothing else in the tree has both without a class. */
function isRelation(node: Node): boolean {
  return typeof node['type'] === 'string' && 'sample' in node && 'alias' in node && !('class' in node);
}

function refusalOfFunction(node: Node, { functions, allowed }: GuardRules): string | undefined {
  const name = String(node['function_name']).toLowerCase();
  // The function of a FROM has been judged with its source; it stands in the tree as an ordinary call.
  if (functions.has(name) || allowed.has(name) || harmlessTableFunctions.has(name)) return undefined;
  return `The function "${name}" is not allowed here, or does not exist.`;
}

function refusalOfTableFunction(node: Node, { allowed }: GuardRules): string | undefined {
  const call = node['function'];
  const name = isNode(call) ? String(call['function_name']).toLowerCase() : '';
  if (harmlessTableFunctions.has(name) || allowed.has(name)) return undefined;
  return `The table function "${name}" is not allowed here. Query the tables of the database.`;
}

function refusalOfTable(node: Node, rules: GuardRules, subqueryNames: ReadonlySet<string>): string | undefined {
  const [catalog, schema, name] = [node['catalog_name'], node['schema_name'], node['table_name']].map(part =>
    String(part).toLowerCase(),
  );
  if (catalog === undefined || schema === undefined || name === undefined) return 'A table has no name.';
  if (catalog === '' && schema === '' && subqueryNames.has(name) && !looksLikePath(name)) return undefined;
  if (rules.hasTable(catalog, schema, name)) return undefined;
  return looksLikePath(name)
    ? 'Files cannot be read here. Query the tables of the database.'
    : `There is no table "${[catalog, schema, name].filter(part => part !== '').join('.')}".`;
}

// A name defined by WITH counts anywhere in the tree, also where it is out of scope and DuckDB would look for a file.
function looksLikePath(name: string): boolean {
  return /[./\\:*?]/.test(name);
}

function collectSubqueryNames(value: unknown, names: Set<string>): void {
  visit(value, node => {
    const map = isNode(node['cte_map']) ? node['cte_map']['map'] : undefined;
    if (Array.isArray(map)) for (const entry of map) if (isNode(entry)) names.add(String(entry['key']).toLowerCase());
    return undefined;
  });
}

/** Looks at every object of the tree until one gives a refusal. */
function visit(root: unknown, look: (node: Node) => string | undefined): string | undefined {
  // A list instead of recursion: the caller decides how deep the tree is.
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) for (const item of value) open.push(item);
    else if (isNode(value)) {
      const refusal = look(value);
      if (refusal !== undefined) return refusal;
      for (const child of Object.values(value)) if (typeof child === 'object') open.push(child);
    }
  }
  return undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
