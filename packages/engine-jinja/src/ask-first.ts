import type { Environment } from '@huggingface/jinja';
import type { BoundHandler, HandlerResult, InputAnswer } from '@mxcp-ts/engine';
import type { ElicitDefinition, ParameterDefinition } from '@mxcp-ts/project';
import { compileArguments, type JsonObject, type JsonValue, type Problem } from '@mxcp-ts/values';
import { compileText, failureOf } from './compile-text.ts';

/**
 * A handler that asks the client's user before `handler` runs, which then gets the answered fields as further arguments.
 * It does not run when the user declines or cannot be asked. `checkElicit` must find nothing.
 */
export function askFirst(elicit: ElicitDefinition, handler: BoundHandler, globals: Environment): BoundHandler {
  const message = compileText(elicit.message, globals);
  const fields = elicit.fields.map(compileField);
  return async call => {
    const params = { mode: 'form', requestedSchema: elicit.schema } as const;
    let answer: InputAnswer;
    try {
      const request = { method: 'elicitation/create', params: { ...params, message: message(call.args) } } as const;
      answer = call.ask(elicit.key, request);
    } catch (error) {
      return { kind: 'failed', error: failureOf(error) };
    }
    if (answer.kind !== 'answer') return resultWithout(answer);
    const given = readAnswer(answer.value, fields);
    if (given.kind !== 'given') return given;
    return handler({ ...call, signal: call.signal, args: { ...call.args, ...given.args } });
  };
}

interface FieldReader {
  readonly name: string;
  readonly isNullWhenAbsent: boolean;
  readonly read: ReturnType<typeof compileArguments>;
}

function compileField(field: ParameterDefinition): FieldReader {
  return { name: field.name, isNullWhenAbsent: !Object.hasOwn(field, 'default'), read: compileArguments([field]) };
}

type Given = { readonly kind: 'given'; readonly args: JsonObject };

function readAnswer(answer: JsonValue, fields: readonly FieldReader[]): Given | HandlerResult {
  const { action, content } = asObject(answer);
  if (action === 'decline') return failed('ElicitationDeclined', 'The user declined.');
  if (action !== 'accept') return failed('ElicitationCancelled', 'The user did not answer.');
  const values = asObject(content);
  const args: JsonObject = {};
  const problems: Problem[] = [];
  for (const { name, isNullWhenAbsent, read } of fields) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    // Whether a field had to be filled in is for its schema to say, which the answer fits.
    const field = value === undefined && isNullWhenAbsent ? null : read(value === undefined ? {} : { [name]: value });
    if (field === null) args[name] = null;
    else if (field.ok) Object.assign(args, field.value);
    else problems.push(...field.problems);
  }
  if (problems.length === 0) return { kind: 'given', args };
  const list = problems.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ');
  return failed('InvalidAnswer', `The answer cannot be used: ${list}.`);
}

function resultWithout(answer: Exclude<InputAnswer, { kind: 'answer' }>): HandlerResult {
  switch (answer.kind) {
    case 'waiting':
      // Dropped: the call is made again with the answer.
      return { kind: 'ok', value: null };
    case 'client-cannot':
      return failed('ClientCannot', answer.message);
    case 'refused': {
      const { message } = answer;
      return { kind: 'failed', error: { type: 'ElicitationError', message, stack: undefined, userMessage: undefined } };
    }
  }
}

function failed(type: string, message: string): HandlerResult {
  return { kind: 'failed', error: { type, message, stack: undefined, userMessage: message } };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
