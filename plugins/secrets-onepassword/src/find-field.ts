import type { SecretRead } from '@mxcp-ts/plugin-api';
import { isRecord } from './json-record.ts';
import type { OpReference } from './op-reference.ts';

type Named = Readonly<Record<string, unknown>>;

/** The value of the field that a reference names. Ids and labels count, with capitals as they are written first. */
export function findField(item: Named, { item: title, section, field, wantsCode }: OpReference): SecretRead {
  const fields = recordsIn(item['fields']);
  const sections = section === undefined ? undefined : named(recordsIn(item['sections']), section).map(({ id }) => id);
  if (sections?.length === 0) return failure(`The item "${title}" has no section "${section}".`);
  const inSection = sections === undefined ? fields : fields.filter(entry => sections.includes(sectionIdOf(entry)));
  const found = named(inSection, field);
  // Without a section, those that stand in none come first, as they do in the app.
  const plain = sections === undefined ? found.filter(entry => sectionIdOf(entry) === undefined) : [];
  const candidates = plain.length > 0 ? plain : found;
  const [chosen] = candidates;
  const where = section === undefined ? `The item "${title}"` : `The section "${section}" of the item "${title}"`;
  if (chosen === undefined) return failure(`${where} has no field "${field}".`, hintOf(inSection));
  if (candidates.length > 1)
    return failure(`${where} has ${candidates.length} fields "${field}".`, 'Name its section, or the field by its id.');
  return wantsCode ? codeOf(chosen, field) : readValue(chosen, field);
}

function named(entries: readonly Named[], name: string): readonly Named[] {
  const matching = (isSame: (text: unknown) => boolean) => {
    const byId = entries.filter(({ id }) => isSame(id));
    return byId.length > 0 ? byId : entries.filter(({ label }) => isSame(label));
  };
  const exact = matching(text => text === name);
  // 1Password's own references do not tell capitals apart.
  return exact.length > 0
    ? exact
    : matching(text => typeof text === 'string' && text.toLowerCase() === name.toLowerCase());
}

function codeOf({ totp }: Named, field: string): SecretRead {
  if (typeof totp === 'string' && totp !== '') return { ok: true, value: totp };
  return failure(`The field "${field}" is no one-time password.`, 'Leave out `?attribute=otp`.');
}

function readValue({ value }: Named, field: string): SecretRead {
  // Connect leaves out the value of a field that is empty.
  return typeof value === 'string' && value !== '' ? { ok: true, value } : failure(`The field "${field}" is empty.`);
}

function hintOf(fields: readonly Named[]): string | undefined {
  const labels = [
    ...new Set(
      fields.flatMap(({ label, id }) =>
        typeof label === 'string' && label !== '' ? [label] : typeof id === 'string' ? [id] : [],
      ),
    ),
  ];
  return labels.length === 0 ? undefined : `Its fields are: ${labels.join(', ')}.`;
}

function sectionIdOf({ section }: Named): unknown {
  return isRecord(section) ? section['id'] : undefined;
}

function recordsIn(value: unknown): readonly Named[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function failure(message: string, hint?: string): SecretRead {
  return { ok: false, scope: 'reference', message, ...(hint !== undefined && { hint }) };
}
