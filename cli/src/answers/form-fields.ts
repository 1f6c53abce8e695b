import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/** One field of a form, as a person is asked for it. */
export interface FormField {
  readonly name: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly kind: 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'choices';
  /** What there is to choose from; empty for the other kinds. */
  readonly options: readonly FormOption[];
  readonly isRequired: boolean;
  readonly preset: JsonValue | undefined;
  readonly schema: JsonObject;
}

export interface FormOption {
  readonly value: JsonValue;
  readonly title: string | undefined;
}

/** The fields of the form that a JSON Schema describes, in its order. */
export function formFields({ properties, required }: JsonObject): readonly FormField[] {
  const names = Array.isArray(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, property]) =>
    fieldOf(name, isObject(property) ? property : {}, names.includes(name)),
  );
}

function fieldOf(name: string, schema: JsonObject, isRequired: boolean): FormField {
  const { type, items, title, description } = schema;
  const isList = type === 'array';
  const options = optionsOf(isList && isObject(items) ? items : schema);
  return {
    name,
    title: typeof title === 'string' ? title : undefined,
    description: typeof description === 'string' ? description : undefined,
    kind: isList ? 'choices' : options.length > 0 ? 'choice' : kindOf(type),
    options,
    isRequired,
    preset: schema['default'],
    schema,
  };
}

function kindOf(type: JsonValue | undefined): FormField['kind'] {
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'text';
}

/** `enum`, with the names of older clients beside it, or a `const` with its title each. */
function optionsOf({ enum: values, enumNames: names, oneOf, anyOf }: JsonObject): readonly FormOption[] {
  if (Array.isArray(values)) {
    return values.map((value, index) => ({ value, title: Array.isArray(names) ? textOf(names[index]) : undefined }));
  }
  return [oneOf, anyOf]
    .flatMap(list => (Array.isArray(list) ? list : []))
    .flatMap(option => {
      const value = isObject(option) ? option['const'] : undefined;
      return isObject(option) && value !== undefined ? [{ value, title: textOf(option['title']) }] : [];
    });
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
