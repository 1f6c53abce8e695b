import { argumentsOf, type Project } from '@mxcp-ts/project';
import { header } from '../header.ts';
import { type TypedEndpoint, typedEndpoints } from '../typed-endpoints.ts';
import { comment } from './comment.ts';
import { propertyKey } from './literal.ts';
import { argumentsType, resultType, schemaArgumentsType } from './typescript-type.ts';

/**
 * The text of `mxcp-types.d.ts`: the arguments and results of all tools and resources whose handler is TypeScript, as
 * members of `Tools` and `Resources` of `mxcp-ts/runtime`. The same project gives the same text.
 */
export function renderTypeScriptTypes(project: Project): string {
  const { tools, resources } = typedEndpoints(project, 'typescript');
  return [
    `// ${header}`,
    '/* eslint-disable */',
    // Makes the file a module, so that what follows adds to the real one instead of standing in for it.
    "import 'mxcp-ts/runtime';",
    '',
    "declare module 'mxcp-ts/runtime' {",
    [...renderInterface('Tools', tools), '', ...renderInterface('Resources', resources)].join('\n'),
    '}',
    '',
  ].join('\n');
}

function renderInterface(name: string, endpoints: readonly TypedEndpoint[]): readonly string[] {
  if (endpoints.length === 0) return [`  interface ${name} {}`];
  return [`  interface ${name} {`, ...endpoints.flatMap(renderEndpoint), '  }'];
}

function renderEndpoint(endpoint: TypedEndpoint): readonly string[] {
  const { name, description, returns } = endpoint;
  return [
    ...comment(description, '    '),
    `    ${propertyKey(name)}: {`,
    `      args: ${argumentsOfHandler(endpoint)};`,
    `      result: ${resultType(returns, '      ')};`,
    '    };',
  ];
}

function argumentsOfHandler(endpoint: TypedEndpoint): string {
  return endpoint.kind === 'tool' && endpoint.inputSchema !== undefined
    ? schemaArgumentsType(endpoint, '      ')
    : argumentsType(argumentsOf(endpoint), '      ');
}
