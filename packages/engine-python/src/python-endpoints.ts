import type { Span } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, HandlerSource } from '@mxcp-ts/project';

type PythonSource = Extract<HandlerSource, { language: 'python' | 'typescript' }>;

/** An endpoint whose handler is Python. */
export interface PythonEndpoint {
  readonly definition: EndpointDefinition;
  readonly source: PythonSource;
}

/** Those of the endpoints that are Python, in the same order. */
export function pythonEndpoints(endpoints: readonly EndpointDefinition[]): readonly PythonEndpoint[] {
  return endpoints.flatMap(definition => {
    const { source } = definition;
    return source?.language === 'python' ? [{ definition, source }] : [];
  });
}

/** `source.function` as written; undefined for inline code. */
export function functionNameOf({ source }: PythonEndpoint): string | undefined {
  return 'file' in source ? source.functionName : undefined;
}

/** Where the YAML says which code to run. */
export function spanOfSource({ definition, source }: PythonEndpoint): Span {
  if (!('file' in source)) return definition.locate.at('source', 'code');
  return definition.locate.at('source', source.functionName === undefined ? 'file' : 'function');
}
