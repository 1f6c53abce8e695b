import { argumentsOf, type Project } from '@mxcp-ts/project';
import { header } from '../header.ts';
import { type TypedEndpoint, typedEndpoints } from '../typed-endpoints.ts';
import { className, isPythonName, NameGiver } from './names.ts';
import { addResult, addTypedDict, argumentFields, docstring, type Field, type PythonClasses } from './python-type.ts';

/**
 * The text of `mxcp_types.py`: for each tool and resource whose handler is a Python function `<Name>Args` and
 * `<Name>Result`, and `<Name>`, the type of the function itself. The same project gives the same text. It can be
 * imported by Python 3.10 and needs the standard library only.
 */
export function renderPythonTypes(project: Project): string {
  const { tools, resources } = typedEndpoints(project, 'python');
  const classes: PythonClasses = { names: new NameGiver(Object.keys(importable)), blocks: [] };
  const named = [...tools, ...resources].map(endpoint => ({
    endpoint,
    name: classes.names.give(className(endpoint.name), ['', 'Args', 'Result']),
  }));
  for (const { endpoint, name } of named) addEndpoint(endpoint, name, classes);
  const body = classes.blocks.map(lines => `${lines.join('\n')}\n`).join('\n\n');
  return [docstring(header), ...imports(body), ...(body === '' ? [] : ['', '', body.trimEnd()]), ''].join('\n');
}

function addEndpoint(endpoint: TypedEndpoint, name: string, classes: PythonClasses): void {
  const { description, returns } = endpoint;
  const fields = argumentFields(argumentsOf(endpoint), `${name}Args`, classes);
  addTypedDict(`${name}Args`, undefined, fields, classes);
  addResult(`${name}Result`, returns, classes);
  classes.blocks.push([
    `class ${name}(Protocol):`,
    ...(description === undefined ? [] : [`    ${docstring(description)}`, '']),
    `    def __call__(${signatureOf(fields)}) -> ${name}Result | Awaitable[${name}Result]: ...`,
  ]);
}

function signatureOf(fields: readonly Field[]): string {
  if (fields.length === 0) return 'self';
  if (!fields.every(({ name }) => isPythonName(name))) return 'self, **kwargs: Any';
  return ['self', '*', ...fields.map(({ name, type }) => `${name}: ${type}`)].join(', ');
}

const importable: Readonly<Record<string, string>> = {
  Awaitable: 'collections.abc',
  Mapping: 'collections.abc',
  Sequence: 'collections.abc',
  TYPE_CHECKING: 'typing',
  Any: 'typing',
  Literal: 'typing',
  Protocol: 'typing',
  TypedDict: 'typing',
  NotRequired: 'typing_extensions',
};

/** What the body names, and nothing else. */
function imports(body: string): readonly string[] {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(withoutTexts(body));
  const needsNotRequired = body.includes('NotRequired[');
  const from = (module: string) => {
    const names = Object.entries(importable).filter(([name, home]) => home === module && uses(name));
    const all = names.map(([name]) => name);
    if (module === 'typing' && needsNotRequired) all.unshift('TYPE_CHECKING');
    return all.length === 0 ? [] : [`from ${module} import ${all.join(', ')}`];
  };
  const found = [
    ...(body.includes('_dt.') ? ['import datetime as _dt'] : []),
    ...['collections.abc', 'typing'].flatMap(from),
  ];
  if (found.length === 0) return [];
  // Annotations stay texts, so NotRequired, which Python 3.10 does not have, is looked for by type checkers only.
  const checked = needsNotRequired ? ['', 'if TYPE_CHECKING:', '    from typing_extensions import NotRequired'] : [];
  return ['', 'from __future__ import annotations', '', ...found, ...checked];
}

function withoutTexts(body: string): string {
  return body.replace(/^\s*(?:#.*|""".*""")$/gm, '');
}
