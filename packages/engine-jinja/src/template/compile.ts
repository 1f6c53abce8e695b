import { methodsLikeFilters } from '../language/names.ts';
import { operators } from '../language/operators.ts';
import type { Call, Identifier, Node } from './ast.narrow.ts';
import { placeOf } from './places.ts';

/**
 * The tree that is run: marks removed, and everything whose meaning in the library depends on the kind of value
 * (printing, filters, tests, operators, loops over nothing) turned into calls of functions of ours, see `render`.
 * Their names hold a colon, which no name in a template can.
 */
export function compile(node: Node): Node {
  switch (node.type) {
    case 'Program':
      return { ...node, body: compileBody(node.body) };
    case 'If':
      return {
        ...node,
        test: compile(node.test),
        body: compileBody(node.body),
        alternate: compileBody(node.alternate),
      };
    case 'For':
      return compileFor(node);
    case 'Set':
      return {
        ...node,
        assignee: compileTarget(node.assignee),
        value: node.value === null ? null : compile(node.value),
        body: compileBody(node.body),
      };
    case 'Macro':
      return { ...node, name: bare(node.name), args: node.args.map(compile), body: compileBody(node.body) };
    case 'CallStatement':
      return {
        ...node,
        call: compileCall(node.call),
        callerArgs: node.callerArgs?.map(compile) ?? null,
        body: compileBody(node.body),
      };
    default:
      return compileExpression(node);
  }
}

type Statement = Extract<Node, { type: 'Program' | 'If' | 'For' | 'Set' | 'Macro' | 'CallStatement' }>;

function compileExpression(node: Exclude<Node, Statement>): Node {
  switch (node.type) {
    case 'Identifier':
      return bare(node);
    case 'FilterExpression':
      return compileFilter(compile(node.operand), node.filter);
    case 'BinaryExpression':
      return compileOperator(node);
    case 'CallExpression':
      return compileMethod(node) ?? compileCall(node);
    case 'MemberExpression':
      return compileMember(node, guard(node.object));
    case 'ArrayLiteral':
    case 'TupleLiteral':
      return { ...node, value: node.value.map(compile) };
    case 'ObjectLiteral':
      return { ...node, value: new Map([...node.value].map(([key, value]) => [compile(key), compile(value)])) };
    case 'SelectExpression':
      return { ...node, lhs: compile(node.lhs), test: compile(node.test) };
    case 'UnaryExpression':
    case 'SpreadExpression':
    case 'KeywordSpreadExpression':
      return { ...node, argument: compile(node.argument) };
    case 'SliceExpression':
      return {
        type: 'SliceExpression',
        start: optional(node.start),
        stop: optional(node.stop),
        step: optional(node.step),
      };
    case 'KeywordArgumentExpression':
      return { ...node, key: bare(node.key), value: compile(node.value) };
    case 'Ternary':
      return {
        ...node,
        condition: compile(node.condition),
        trueExpr: compile(node.trueExpr),
        falseExpr: compile(node.falseExpr),
      };
    case 'Break':
    case 'Continue':
    case 'IntegerLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
      return node;
  }
}

/** Everything that is not a statement prints its value; a piece of text is a literal and prints itself. */
function compileBody(body: readonly Node[]): readonly Node[] {
  return body.map(node => {
    const compiled = compile(node);
    const isPrinted = !silent.has(node.type);
    return isPrinted ? callOf('value:print', [compiled]) : compiled;
  });
}

const silent: ReadonlySet<Node['type']> = new Set([
  'If',
  'For',
  'Set',
  'Macro',
  'CallStatement',
  'Break',
  'Continue',
  'StringLiteral',
]);

function compileFor(node: Extract<Node, { type: 'For' }>): Node {
  const { iterable } = node;
  const items: Node =
    iterable.type === 'SelectExpression'
      ? { ...iterable, lhs: callOf('value:items', [compile(iterable.lhs)]), test: compile(iterable.test) }
      : callOf('value:items', [compile(iterable)]);
  return {
    ...node,
    loopvar: compileTarget(node.loopvar),
    iterable: items,
    body: compileBody(node.body),
    defaultBlock: compileBody(node.defaultBlock),
  };
}

/** What is assigned to: a name, several, or an attribute of a namespace. */
function compileTarget(node: Node): Node {
  return node.type === 'MemberExpression' ? compileMember(node, compile(node.object)) : compile(node);
}

function compileMember(node: Extract<Node, { type: 'MemberExpression' }>, object: Node): Node {
  return { ...node, object, property: compile(node.property) };
}

/** An attribute of something undefined is an error, as in Jinja2; the library would give undefined again. */
function guard(object: Node): Node {
  return callOf('value:defined', [compile(object), { type: 'StringLiteral', value: labelOf(object) }]);
}

function labelOf(node: Node): string {
  if (node.type === 'Identifier') return placeOf(node.value).name;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return 'the value';
  return `${labelOf(node.object)}.${placeOf(node.property.value).name}`;
}

function compileFilter(operand: Node, filter: Identifier | Call): Node {
  const callee = filter.type === 'CallExpression' ? filter.callee : filter;
  const args = filter.type === 'CallExpression' ? filter.args.map(compile) : [];
  const { kind, name } = placeOf(callee.type === 'Identifier' ? callee.value : '');
  if (kind === 'name') return callOf(`filter:${name}`, [operand, ...args]);
  const test = callOf(`test:${name}`, [operand, ...args]);
  return kind === 'is' ? test : { type: 'UnaryExpression', operator: { value: 'not' }, argument: test };
}

function compileOperator(node: Extract<Node, { type: 'BinaryExpression' }>): Node {
  const { operator } = node;
  const [left, right] = [compile(node.left), compile(node.right)];
  return Object.hasOwn(operators, operator.value)
    ? callOf(`operator:${operator.value}`, [left, right])
    : { ...node, left, right };
}

/** The library's `title` and `capitalize` differ from the filters of the same name; one meaning is enough. */
function compileMethod({ callee, args }: Call): Node | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined;
  const { name } = placeOf(callee.property.value);
  return methodsLikeFilters.includes(name)
    ? callOf(`filter:${name}`, [guard(callee.object), ...args.map(compile)])
    : undefined;
}

function compileCall({ callee, args }: Call): Call {
  return { type: 'CallExpression', callee: compile(callee), args: args.map(compile) };
}

function callOf(name: string, args: readonly Node[]): Call {
  return { type: 'CallExpression', callee: { type: 'Identifier', value: name }, args };
}

function bare({ value }: Identifier): Identifier {
  return { type: 'Identifier', value: placeOf(value).name };
}

function optional(node: Node | undefined): Node | undefined {
  return node === undefined ? undefined : compile(node);
}
