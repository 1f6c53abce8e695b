import { didYouMean } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { filters } from '../language/filters.ts';
import { globalNames, methodNames } from '../language/names.ts';
import { tests } from '../language/tests.ts';
import type { Call, Identifier, Node } from './ast.narrow.ts';
import { type PlacedName, placeOf } from './places.ts';

/** What the template finds besides what every template does. */
export interface KnownNames {
  readonly variables: readonly string[];
  /** What has these variables as parameters. */
  readonly owner: EndpointDefinition['kind'];
}

export interface NameFinding {
  readonly code: 'prompt/unknown-variable' | 'prompt/unknown-filter';
  readonly message: string;
  readonly hint: string | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * Every name in a template that means nothing: variables that are neither given nor set in the template, filters,
 * tests and methods that are not in the tables. A variable is reported once, where it first stands.
 */
export function inspectNames(tree: Node, { variables, owner }: KnownNames): readonly NameFinding[] {
  const inspection: Inspection = { findings: [], reported: new Set(), owner };
  visit(tree, new Set([...globalNames, ...variables]), inspection);
  return inspection.findings;
}

interface Inspection {
  readonly findings: NameFinding[];
  readonly reported: Set<string>;
  readonly owner: KnownNames['owner'];
}

/** The names known at a place. `set` and `macro` add to it; a loop and a macro body get a copy. */
type Scope = Set<string>;

function visitAll(nodes: readonly Node[], scope: Scope, inspection: Inspection): void {
  for (const node of nodes) visit(node, scope, inspection);
}

function visit(node: Node, scope: Scope, inspection: Inspection): void {
  switch (node.type) {
    case 'Identifier':
      checkVariable(placeOf(node.value), scope, inspection);
      break;
    case 'FilterExpression':
      visit(node.operand, scope, inspection);
      visitFilter(node.filter, scope, inspection);
      break;
    case 'CallExpression':
      visitCall(node, scope, inspection);
      break;
    case 'MemberExpression':
      visit(node.object, scope, inspection);
      if (node.computed) visit(node.property, scope, inspection);
      break;
    case 'KeywordArgumentExpression':
      visit(node.value, scope, inspection);
      break;
    case 'For':
      visitFor(node, scope, inspection);
      break;
    case 'Set':
      visitSet(node, scope, inspection);
      break;
    case 'Macro':
      scope.add(placeOf(node.name.value).name);
      visitBody(node.args, node.body, new Set([...scope, 'caller']), inspection);
      break;
    case 'CallStatement':
      visit(node.call, scope, inspection);
      visitBody(node.callerArgs ?? [], node.body, new Set(scope), inspection);
      break;
    default:
      visitAll(childrenOf(node), scope, inspection);
  }
}

type Plain = Exclude<
  Node,
  | Identifier
  | Call
  | {
      type:
        | 'FilterExpression'
        | 'MemberExpression'
        | 'KeywordArgumentExpression'
        | 'For'
        | 'Set'
        | 'Macro'
        | 'CallStatement';
    }
>;

/** What a node that declares nothing and names nothing consists of, in the order it is evaluated. */
function childrenOf(node: Plain): readonly Node[] {
  switch (node.type) {
    case 'Program':
      return node.body;
    case 'If':
      return [node.test, ...node.body, ...node.alternate];
    case 'ArrayLiteral':
    case 'TupleLiteral':
      return node.value;
    case 'ObjectLiteral':
      return [...node.value].flat();
    case 'BinaryExpression':
      return [node.left, node.right];
    case 'SelectExpression':
      return [node.test, node.lhs];
    case 'UnaryExpression':
    case 'SpreadExpression':
    case 'KeywordSpreadExpression':
      return [node.argument];
    case 'SliceExpression':
      return [node.start, node.stop, node.step].filter(part => part !== undefined);
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr];
    case 'Break':
    case 'Continue':
    case 'IntegerLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
      return [];
  }
}

function visitFor(node: Extract<Node, { type: 'For' }>, scope: Scope, inspection: Inspection): void {
  const { iterable } = node;
  visit(iterable.type === 'SelectExpression' ? iterable.lhs : iterable, scope, inspection);
  const inner = new Set([...scope, ...namesOf(node.loopvar)]);
  // `for x in xs if x > 1`: the condition sees the item, but not yet the loop.
  if (iterable.type === 'SelectExpression') visit(iterable.test, inner, inspection);
  inner.add('loop');
  visitAll(node.body, inner, inspection);
  visitAll(node.defaultBlock, new Set(scope), inspection);
}

function visitSet(node: Extract<Node, { type: 'Set' }>, scope: Scope, inspection: Inspection): void {
  if (node.value !== null) visit(node.value, scope, inspection);
  visitAll(node.body, scope, inspection);
  if (node.assignee.type === 'MemberExpression') visit(node.assignee.object, scope, inspection);
  for (const name of namesOf(node.assignee)) scope.add(name);
}

function visitBody(parameters: readonly Node[], body: readonly Node[], scope: Scope, inspection: Inspection): void {
  for (const parameter of parameters) {
    if (parameter.type === 'KeywordArgumentExpression') visit(parameter.value, scope, inspection);
    const name = parameter.type === 'KeywordArgumentExpression' ? parameter.key : parameter;
    if (name.type === 'Identifier') scope.add(placeOf(name.value).name);
  }
  visitAll(body, scope, inspection);
}

function namesOf(target: Node): readonly string[] {
  if (target.type === 'Identifier') return [placeOf(target.value).name];
  return target.type === 'TupleLiteral' ? target.value.flatMap(namesOf) : [];
}

function visitCall({ callee, args }: Call, scope: Scope, inspection: Inspection): void {
  visit(callee, scope, inspection);
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed) {
    checkName(placeOf(callee.property.value), 'method', methodNames, inspection);
  }
  visitAll(args, scope, inspection);
}

function visitFilter(filter: Identifier | Call, scope: Scope, inspection: Inspection): void {
  const callee = filter.type === 'CallExpression' ? filter.callee : filter;
  if (callee.type === 'Identifier') {
    const placed = placeOf(callee.value);
    if (placed.kind === 'name') checkName(placed, 'filter', Object.keys(filters), inspection);
    else checkName(placed, 'test', Object.keys(tests), inspection);
  } else {
    // `x | first.name`: the parser reads a longer expression than a filter is.
    visit(callee, scope, inspection);
  }
  if (filter.type === 'CallExpression') {
    visitAll(filter.args, scope, inspection);
    if (callee.type === 'Identifier') checkNamedFilter(placeOf(callee.value).name, filter.args, callee, inspection);
  }
}

/** `map("upper")`, `select("odd")`: names written as texts, checked where the filter stands. */
function checkNamedFilter(filter: string, args: readonly Node[], place: Identifier, inspection: Inspection): void {
  const position = { map: 0, select: 0, reject: 0, selectattr: 1, rejectattr: 1 }[filter];
  const named = position === undefined ? undefined : args[position];
  if (named?.type !== 'StringLiteral') return;
  const known = filter === 'map' ? Object.keys(filters) : Object.keys(tests);
  checkName({ ...placeOf(place.value), name: named.value }, filter === 'map' ? 'filter' : 'test', known, inspection);
}

function checkVariable(
  { name, start, end }: PlacedName,
  scope: Scope,
  { findings, reported, owner }: Inspection,
): void {
  if (scope.has(name) || reported.has(name)) return;
  reported.add(name);
  const hint =
    didYouMean(
      name,
      [...scope].filter(known => !globalNames.includes(known)),
    ) ?? 'Declare it under "parameters".';
  const message = `The variable "${name}" is not a parameter of this ${owner}.`;
  findings.push({ code: 'prompt/unknown-variable', message, hint, start, end });
}

function checkName(
  { name, start, end }: PlacedName,
  what: 'filter' | 'test' | 'method',
  known: readonly string[],
  { findings }: Inspection,
): void {
  if (known.includes(name)) return;
  const message = `The ${what} "${name}" does not exist here.`;
  findings.push({ code: 'prompt/unknown-filter', message, hint: didYouMean(name, known), start, end });
}
