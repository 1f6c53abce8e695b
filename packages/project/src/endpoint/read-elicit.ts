import { diagnostic } from '@mxcp-ts/diagnostics';
import type { ElicitBlock } from '@mxcp-ts/schemas';
import type { ElicitDefinition, ParameterDefinition } from '../definition.ts';
import { checkParameterTypes } from './check-parameters.ts';
import { elicitField, isOptionalField } from './elicit-field.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { expandParameters } from './expand-parameters.ts';
import { refuseCompletions } from './read-completions.ts';
import { textAt } from './read-source.ts';

/** The question before a handler; undefined when a field cannot be read, which is then reported. */
export function readElicit(
  written: ElicitBlock,
  parameters: readonly ParameterDefinition[],
  at: EndpointPlace,
): ElicitDefinition | undefined {
  const fields = expandParameters(written.fields, ['elicit', 'fields'], at);
  if (fields === undefined) return undefined;
  refuseCompletions(written.fields, ['elicit', 'fields'], at);
  checkNames(fields, parameters, at);
  checkParameterTypes(fields, ['elicit', 'fields'], at);
  const properties = Object.fromEntries(fields.flatMap((field, index) => renderField(field, index, at)));
  const required = fields.filter(field => !isOptionalField(field)).map(({ name }) => name);
  return {
    key: written.key ?? 'input',
    message: textAt(['elicit', 'message'], written.message, at.place),
    fields,
    schema: { type: 'object', properties, ...(required.length > 0 && { required }) },
  };
}

function renderField(field: ParameterDefinition, index: number, { locate, context }: EndpointPlace) {
  const rendered = elicitField(field);
  if (rendered.ok) return [[field.name, rendered.schema] as const];
  const span = locate.at('elicit', 'fields', index, ...rendered.path);
  context.report(diagnostic('elicit/bad-field', rendered.message, span, rendered.hint));
  return [];
}

function checkNames(
  fields: readonly ParameterDefinition[],
  parameters: readonly ParameterDefinition[],
  { locate, context }: EndpointPlace,
): void {
  const taken = new Set(parameters.map(({ name }) => name));
  for (const [index, { name }] of fields.entries()) {
    if (taken.has(name)) {
      const isParameter = parameters.some(parameter => parameter.name === name);
      const message = isParameter
        ? `The field "${name}" has the name of a parameter.`
        : `The field "${name}" is declared twice.`;
      const span = locate.at('elicit', 'fields', index, 'name');
      context.report(diagnostic('project/duplicate-parameter', message, span, 'Rename it.'));
    }
    taken.add(name);
  }
}
