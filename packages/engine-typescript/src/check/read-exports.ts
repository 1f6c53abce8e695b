import {
  type ExportNamedDeclaration,
  type Expression,
  type Function as FunctionNode,
  type Identifier,
  type Literal,
  type Pattern,
  type Program,
  parse,
  type Statement,
} from 'acorn';

/** What a handler takes, as far as its text says. */
export type ExportedValue =
  | { readonly kind: 'function'; readonly parameter: FirstParameter }
  | { readonly kind: 'not-a-function' }
  /** Made by a call, imported, or otherwise beyond a look at the text. */
  | { readonly kind: 'unknown' };

export type FirstParameter =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'names';
      readonly names: readonly { readonly name: string; readonly hasDefault: boolean }[];
      /** Whether it takes whatever else there is. */
      readonly isOpen: boolean;
    }
  | { readonly kind: 'whole' };

export interface ModuleExports {
  /** By exported name, without `default`. */
  readonly functions: ReadonlyMap<string, ExportedValue>;
  readonly hasDefault: boolean;
  /** Whether there may be exports that the text does not name. */
  readonly isOpen: boolean;
  /** Functions that are declared and not exported. */
  readonly privateFunctions: readonly string[];
}

/** Reads the exports of a JavaScript module, without running it; undefined when it does not parse. */
export function readExports(code: string): ModuleExports | undefined {
  const program = tryParse(code);
  if (program === undefined) return undefined;
  const locals = new Map(program.body.flatMap(localsOf));
  const functions = new Map<string, ExportedValue>();
  let hasDefault = false;
  let isOpen = !program.body.some(isModuleSyntax) && /\bexports\b/.test(code);
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') hasDefault = true;
    if (statement.type === 'ExportAllDeclaration') {
      if (statement.exported === null || statement.exported === undefined) isOpen = true;
      else functions.set(nameOf(statement.exported), { kind: 'not-a-function' });
    }
    if (statement.type === 'ExportNamedDeclaration') {
      for (const [name, value] of namedExportsOf(statement, locals)) {
        if (name === 'default') hasDefault = true;
        else functions.set(name, value);
      }
    }
  }
  const privateFunctions = [...locals].flatMap(([name, { kind }]) =>
    kind === 'function' && !functions.has(name) ? [name] : [],
  );
  return { functions, hasDefault, isOpen, privateFunctions };
}

function tryParse(code: string): Program | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true });
    } catch {
      // A CommonJS file may use what modules forbid; what neither reading accepts, the bundler has judged already.
    }
  }
  return undefined;
}

function isModuleSyntax({ type }: Program['body'][number]): boolean {
  return type.startsWith('Export') || type.startsWith('Import');
}

function localsOf(statement: Program['body'][number]): (readonly [string, ExportedValue])[] {
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration) return localsOf(statement.declaration);
  return declaredBy(statement as Statement);
}

function declaredBy(statement: Statement): (readonly [string, ExportedValue])[] {
  switch (statement.type) {
    case 'FunctionDeclaration':
      return [[statement.id.name, functionValue(statement)]];
    case 'ClassDeclaration':
      return [[statement.id.name, { kind: 'not-a-function' }]];
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id, init }) => {
        if (id.type === 'Identifier') return [[id.name, initialValue(init)] as const];
        return boundNames(id).map(name => [name, { kind: 'unknown' }] as const);
      });
    default:
      return [];
  }
}

function namedExportsOf(
  { declaration, specifiers, source }: ExportNamedDeclaration,
  locals: ReadonlyMap<string, ExportedValue>,
): (readonly [string, ExportedValue])[] {
  if (declaration) return declaredBy(declaration);
  return specifiers.map(({ local, exported }) => {
    const value = source ? undefined : locals.get(nameOf(local));
    return [nameOf(exported), value ?? { kind: 'unknown' }] as const;
  });
}

function initialValue(init: Expression | null | undefined): ExportedValue {
  switch (init?.type) {
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return functionValue(init);
    case 'Literal':
    case 'TemplateLiteral':
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'ClassExpression':
      return { kind: 'not-a-function' };
    default:
      return { kind: 'unknown' };
  }
}

function functionValue({ params }: Pick<FunctionNode, 'params'>): ExportedValue {
  const [first] = params;
  return { kind: 'function', parameter: first === undefined ? { kind: 'none' } : parameterOf(first) };
}

function parameterOf(pattern: Pattern): FirstParameter {
  if (pattern.type === 'AssignmentPattern') return parameterOf(pattern.left);
  if (pattern.type !== 'ObjectPattern') return { kind: 'whole' };
  const names: { name: string; hasDefault: boolean }[] = [];
  let isOpen = false;
  for (const property of pattern.properties) {
    const name = property.type === 'Property' && !property.computed ? keyOf(property.key) : undefined;
    if (property.type !== 'Property' || name === undefined) isOpen = true;
    else names.push({ name, hasDefault: property.value.type === 'AssignmentPattern' });
  }
  return { kind: 'names', names, isOpen };
}

function keyOf(key: Expression | Identifier | { type: string }): string | undefined {
  if (key.type === 'Identifier' && 'name' in key) return key.name;
  return key.type === 'Literal' && 'value' in key ? String(key.value) : undefined;
}

function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap(property =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(element => (element === null ? [] : boundNames(element)));
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}
