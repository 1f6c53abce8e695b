import { type Diagnostic, diagnostic, didYouMean, type Span } from '@mxcp-ts/diagnostics';
import type { CodeEndpoint } from '../code-endpoint.ts';
import { findFunctionName } from '../function-name.ts';
import type { FirstParameter, ModuleExports } from './read-exports.ts';

/** Whether the function of an endpoint is there and takes what the endpoint declares. */
export function checkFunction(endpoint: CodeEndpoint, module: ModuleExports): readonly Diagnostic[] {
  const names = [...module.functions.keys()];
  const name = findFunctionName(endpoint, names);
  if (name === undefined) return module.isOpen ? [] : [unclearFunction(endpoint, names)];
  const exported = module.functions.get(name);
  if (exported === undefined) return module.isOpen ? [] : [missingExport(endpoint, name, module)];
  switch (exported.kind) {
    case 'not-a-function':
      return [
        diagnostic(
          'plan/missing-export',
          `The export "${name}" of ${endpoint.file.relative} is not a function.`,
          placeOfName(endpoint),
        ),
      ];
    case 'function':
      return [
        ...extraParameters(endpoint, name, exported.parameter),
        ...unusedParameters(endpoint, name, exported.parameter),
      ];
    case 'unknown':
      return [];
  }
}

function unclearFunction({ definition, file }: CodeEndpoint, names: readonly string[]): Diagnostic {
  const place = definition.locate.at('source', 'file');
  if (names.length === 0)
    return diagnostic(
      'plan/missing-export',
      `${file.relative} exports no function.`,
      place,
      'A handler is a named export: `export function read() { … }`.',
    );
  return diagnostic(
    'plan/ambiguous-function',
    `${file.relative} exports ${names.length} names; it is not clear which one to call.`,
    place,
    `Name it: \`function: ${names[0]}\` below \`source\`.`,
  );
}

function missingExport(endpoint: CodeEndpoint, name: string, module: ModuleExports): Diagnostic {
  return diagnostic(
    'plan/missing-export',
    `${endpoint.file.relative} has no export "${name}".`,
    placeOfName(endpoint),
    hintForMissing(name, module),
  );
}

function hintForMissing(name: string, { functions, privateFunctions, hasDefault }: ModuleExports): string {
  if (privateFunctions.includes(name)) return `It has a function of that name: put \`export\` before it.`;
  const guess = didYouMean(name, [...functions.keys()]);
  if (guess !== undefined) return guess;
  if (hasDefault) return 'A handler is a named export; the default export is not looked at.';
  return 'Export a function of that name, or name another one with `function` below `source`.';
}

/** A name that the function takes out of its argument must be declared, or it is never there. */
function extraParameters(
  { definition, functionName }: CodeEndpoint,
  name: string,
  parameter: FirstParameter,
): Diagnostic[] {
  if (parameter.kind !== 'names' || mayGetMore(definition)) return [];
  const declared = [...definition.parameters, ...(definition.elicit?.fields ?? [])].map(each => each.name);
  const place = definition.locate.at('source', functionName === undefined ? 'file' : 'function');
  return parameter.names
    .filter(taken => !taken.hasDefault && !declared.includes(taken.name))
    .map(taken =>
      diagnostic(
        'plan/extra-parameter',
        `The function "${name}" takes "${taken.name}", which is not a declared parameter.`,
        place,
        didYouMean(taken.name, declared) ?? 'Declare it below `parameters`, or give it a default in the function.',
      ),
    );
}

/** A JSON Schema as it was written says in many ways what else may come. */
function mayGetMore(definition: CodeEndpoint['definition']): boolean {
  if (definition.kind !== 'tool' || definition.inputSchema === undefined) return false;
  return definition.inputSchema['additionalProperties'] !== false;
}

function unusedParameters({ definition }: CodeEndpoint, name: string, parameter: FirstParameter): Diagnostic[] {
  // Those of a completion are the same for each.
  if (definition.kind === 'completion' || parameter.kind === 'whole') return [];
  if (parameter.kind === 'names' && parameter.isOpen) return [];
  const taken = parameter.kind === 'none' ? [] : parameter.names.map(each => each.name);
  return definition.parameters.flatMap((declared, index) =>
    taken.includes(declared.name)
      ? []
      : [
          diagnostic(
            'plan/unused-parameter',
            `The function "${name}" does not take the parameter "${declared.name}".`,
            definition.locate.at('parameters', index, 'name'),
          ),
        ],
  );
}

function placeOfName({ definition, functionName }: CodeEndpoint): Span {
  if (functionName !== undefined) return definition.locate.at('source', 'function');
  return definition.kind === 'tool' ? definition.locate.at('name') : definition.locate.at('source', 'file');
}
