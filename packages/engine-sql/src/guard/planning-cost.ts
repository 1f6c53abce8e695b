type Node = Readonly<Record<string, unknown>>;

/** What planning multiplies when a subquery stands in an expression: measured, three per level. */
const subqueryFactor = 3;

/**
 * About how many parts DuckDB plans for a query, or infinity when it nests deeper than `maxDepth`. Planning cannot be
 * interrupted, and some short texts keep it busy for ever: a WITH whose every part reads the one before twice, a dozen
 * subqueries inside each other.
 *
 * @param statement - one statement of what DuckDB's `json_serialize_sql` gives
 */
export function planningCost(statement: unknown, { maxDepth }: { readonly maxDepth: number }): number {
  return costOf(statement, new Map(), maxDepth);
}

function costOf(value: unknown, named: ReadonlyMap<string, number>, depthLeft: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depthLeft === 0) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) return sum(value, named, depthLeft);
  const node = value as Node;
  const inScope = withNamed(node['cte_map'], named, depthLeft);
  const cost = 1 + sum(Object.values(node), inScope, depthLeft - 1);
  if (node['class'] === 'SUBQUERY') return cost * subqueryFactor;
  return cost + costOfReference(node, inScope);
}

function sum(values: readonly unknown[], named: ReadonlyMap<string, number>, depthLeft: number): number {
  let total = 0;
  for (const value of values) total += costOf(value, named, depthLeft);
  return total;
}

/** Every reference to a name of a WITH is planned as if its query stood there. */
function costOfReference(node: Node, named: ReadonlyMap<string, number>): number {
  return node['type'] === 'BASE_TABLE' ? (named.get(String(node['table_name']).toLowerCase()) ?? 0) : 0;
}

function withNamed(
  cteMap: unknown,
  named: ReadonlyMap<string, number>,
  depthLeft: number,
): ReadonlyMap<string, number> {
  const entries = (cteMap as Node | null | undefined)?.['map'];
  if (!Array.isArray(entries) || entries.length === 0) return named;
  const inScope = new Map(named);
  for (const { key, value } of entries as readonly Node[]) {
    inScope.set(String(key).toLowerCase(), costOf(value, inScope, depthLeft - 1));
  }
  return inScope;
}
