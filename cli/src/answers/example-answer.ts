import type { InputRequest } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import { type FormField, formFields } from './form-fields.ts';

/** How an answer to a question is written on a command line. */
export function exampleFor(key: string, request: InputRequest): string {
  return answerOption(`${key}=${exampleText(request)}`);
}

/** The option that gives an answer, `key=text`, as a shell takes it. */
export function answerOption(pair: string): string {
  return `--answer ${quote(pair)}`;
}

function exampleText(request: InputRequest): string {
  switch (request.method) {
    case 'elicitation/create': {
      if (request.params.mode === 'url') return 'accept';
      const fields = formFields(request.params.requestedSchema);
      const required = fields.filter(({ isRequired }) => isRequired);
      const shown = required.length > 0 ? required : fields;
      return JSON.stringify(Object.fromEntries(shown.map(field => [field.name, exampleValue(field)])));
    }
    case 'sampling/createMessage':
      return 'What the model says';
    case 'roots/list':
      return '["file:///home/ada/work"]';
  }
}

function exampleValue({ kind, options, preset }: FormField): JsonValue {
  if (preset !== undefined) return preset;
  const [first] = options;
  switch (kind) {
    case 'text':
      return '…';
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    case 'choice':
      return first?.value ?? '…';
    case 'choices':
      return [first?.value ?? '…'];
  }
}

/** As a POSIX shell takes it for one word. */
function quote(text: string): string {
  return /^[\w=.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
