import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { type FormField, formFields } from './form-fields.ts';
import { problemsOf } from './problems-of.ts';
import type { Prompter } from './prompter.ts';

/** The answer to a form, field by field. An empty line where a field must be filled in declines, Ctrl-D cancels. */
export async function askForm(schema: JsonObject, prompter: Prompter): Promise<JsonObject> {
  const fields = formFields(schema);
  if (fields.length === 0) {
    const action = await askYesNo('  Do you agree? (yes or no): ', prompter);
    return action === 'accept' ? { action, content: {} } : { action };
  }
  const content: [string, JsonValue][] = [];
  for (const field of fields) {
    const filled = await askField(field, prompter);
    if (filled === 'decline' || filled === 'cancel') return { action: filled };
    if (filled !== undefined) content.push([field.name, filled.value]);
  }
  return { action: 'accept', content: Object.fromEntries(content) };
}

/** Whether a person agrees; anything but a yes declines. */
export async function askYesNo(prompt: string, prompter: Prompter): Promise<'accept' | 'decline' | 'cancel'> {
  const line = await prompter.ask(prompt);
  if (line === undefined) return 'cancel';
  return readBoolean(line) === true ? 'accept' : 'decline';
}

type Filled = { readonly value: JsonValue } | undefined | 'decline' | 'cancel';

async function askField(field: FormField, prompter: Prompter): Promise<Filled> {
  explain(field, prompter);
  for (;;) {
    const line = await prompter.ask(promptOf(field));
    if (line === undefined) return 'cancel';
    if (line.trim() === '') {
      if (field.preset !== undefined) return { value: field.preset };
      return field.isRequired ? 'decline' : undefined;
    }
    const value = readField(field, line);
    const problems = problemsOf(field.schema, value);
    if (problems.length === 0) return { value };
    for (const { message } of problems) prompter.show(`  ${field.name} ${message}.`);
  }
}

function explain({ title, description, options }: FormField, prompter: Prompter): void {
  const texts = [title, description].filter(text => text !== undefined);
  if (texts.length > 0) prompter.show(`  ${texts.join(': ')}`);
  for (const { value, title } of options) if (title !== undefined) prompter.show(`    ${String(value)}  ${title}`);
}

function promptOf({ name, kind, options, isRequired, preset, schema }: FormField): string {
  const choices = options.map(({ value }) => String(value)).join(', ');
  const kinds: Readonly<Record<FormField['kind'], string>> = {
    text: typeof schema['format'] === 'string' ? schema['format'] : 'text',
    number: 'number',
    integer: 'whole number',
    boolean: 'yes or no',
    choice: choices,
    choices: choices === '' ? 'with commas between' : `some of ${choices}, with commas between`,
  };
  const hints = [
    kinds[kind],
    ...(preset !== undefined ? [`default ${shown(preset)}`] : isRequired ? [] : ['may be left out']),
  ];
  return `  ${name} (${hints.join('; ')}): `;
}

function shown(value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What cannot be read stays text, which the field's schema then refuses in its own words. */
function readField({ kind, options }: FormField, line: string): JsonValue {
  const text = line.trim();
  const choose = (choice: string) => options.find(({ value, title }) => isSame(choice, value, title))?.value ?? choice;
  switch (kind) {
    case 'text':
      return line;
    case 'number':
    case 'integer':
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case 'boolean':
      return readBoolean(text) ?? text;
    case 'choice':
      return choose(text);
    case 'choices':
      return text.split(',').map(part => choose(part.trim()));
  }
}

function isSame(text: string, value: JsonValue, title: string | undefined): boolean {
  return [String(value), title].some(name => name?.toLowerCase() === text.toLowerCase());
}

function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (['yes', 'y', 'true'].includes(word)) return true;
  return ['no', 'n', 'false'].includes(word) ? false : undefined;
}
