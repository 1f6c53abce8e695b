import { type Diagnostic, diagnostic, didYouMean, type Span } from '@mxcp-ts/diagnostics';
import { argumentsOf } from '@mxcp-ts/project';
import { functionNameOf, type PythonEndpoint, spanOfSource } from '../python-endpoints.ts';
import type { Outline, OutlineFunction } from './outline.ts';

/** Whether the endpoint's function exists, is the only one that could be meant, and takes the declared parameters. */
export function checkFunction(endpoint: PythonEndpoint, outline: Outline): readonly Diagnostic[] {
  if (outline.syntaxError !== null) return [];
  const chosen = chooseFunction(endpoint, outline);
  if (chosen === undefined) return [];
  if ('code' in chosen) return [chosen];
  return chosen.isSignatureKnown ? checkParameters(endpoint, chosen) : [];
}

/** The function that the guest will call, a finding, or undefined when that cannot be known from the text. */
function chooseFunction(endpoint: PythonEndpoint, outline: Outline): OutlineFunction | Diagnostic | undefined {
  if (outline.isBody) return undefined;
  const written = functionNameOf(endpoint);
  const name = written ?? endpoint.definition.name;
  const known = outline.functions.find(candidate => candidate.name === name);
  if (known !== undefined) return known;
  if (outline.otherNames.includes(name) || outline.hasUnknownNames) return undefined;
  if (written !== undefined) return missing(written, outline, spanOfSource(endpoint));
  const [only, ...others] = outline.publicFunctions;
  if (only !== undefined && others.length === 0) return outline.functions.find(candidate => candidate.name === only);
  const fallback = resourceFallback(endpoint, outline);
  if (fallback !== 'none') return fallback;
  return unclear(endpoint, outline);
}

/** Resources have names of their own that no function can have: `main`, or the file's name. */
function resourceFallback(
  { definition, source }: PythonEndpoint,
  outline: Outline,
): OutlineFunction | undefined | 'none' {
  if (definition.kind !== 'resource' || !('file' in source)) return 'none';
  const stem = source.file.relative.replace(/^.*\//, '').replace(/\.py$/, '');
  for (const name of ['main', stem]) {
    const known = outline.functions.find(candidate => candidate.name === name);
    if (known !== undefined) return known;
    if (outline.otherNames.includes(name)) return undefined;
  }
  return 'none';
}

function unclear(endpoint: PythonEndpoint, outline: Outline): Diagnostic {
  const { definition } = endpoint;
  const { publicFunctions } = outline;
  const isNamed = definition.kind === 'tool' || definition.kind === 'prompt';
  if (isNamed && didYouMean(definition.name, publicFunctions) !== undefined) {
    return missing(definition.name, outline, definition.locate.at('name'));
  }
  if (publicFunctions.length > 1) {
    const list = publicFunctions.map(name => `"${name}"`).join(', ');
    return diagnostic(
      'plan/ambiguous-function',
      `It is not clear which function to call: ${list}.`,
      spanOfSource(endpoint),
      'Name one with `source.function`.',
    );
  }
  if (isNamed) return missing(definition.name, outline, spanOfSource(endpoint));
  return diagnostic('plan/missing-export', 'The source has no public function.', spanOfSource(endpoint));
}

function missing(name: string, { publicFunctions, otherNames }: Outline, span: Span): Diagnostic {
  const hint = didYouMean(name, [...publicFunctions, ...otherNames]);
  return diagnostic('plan/missing-export', `The source has no function "${name}".`, span, hint);
}

function checkParameters(endpoint: PythonEndpoint, called: OutlineFunction): readonly Diagnostic[] {
  const { definition } = endpoint;
  // A completion is given every other argument, and takes those it names.
  const isOptional = definition.kind === 'completion';
  const byName = new Map(called.parameters.map(parameter => [parameter.name, parameter]));
  const given = argumentsOf(definition);
  const declared = new Set(given.map(({ name }) => name));
  const free = called.parameters.filter(({ name }) => !declared.has(name)).map(({ name }) => name);
  const notTaken = given.flatMap(({ name }, index) => {
    const parameter = byName.get(name);
    if (parameter === undefined ? called.takesAnyName || isOptional : !parameter.isPositionalOnly) return [];
    const field = index - definition.parameters.length;
    const span =
      field < 0
        ? definition.locate.at('parameters', index, 'name')
        : definition.locate.at('elicit', 'fields', field, 'name');
    if (parameter !== undefined) {
      const message = `The function "${called.name}" takes "${name}" by position only; arguments are passed by name.`;
      return [diagnostic('plan/parameter-missing-in-function', message, span, 'Remove the `/` from the function.')];
    }
    const message = `The function "${called.name}" does not take the parameter "${name}".`;
    return [diagnostic('plan/parameter-missing-in-function', message, span, didYouMean(name, free))];
  });
  const notDeclared = called.parameters
    .filter(({ name, isRequired }) => isRequired && !declared.has(name))
    .map(({ name }) =>
      diagnostic(
        'plan/extra-parameter',
        `The function "${called.name}" needs the argument "${name}", which is not a declared parameter.`,
        spanOfSource(endpoint),
        `Declare "${name}" under parameters, or give it a default in the function.`,
      ),
    );
  return [...notTaken, ...notDeclared];
}
