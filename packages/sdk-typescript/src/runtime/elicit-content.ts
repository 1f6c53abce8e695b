/** A JSON Schema of a flat object: texts, numbers, booleans, enums and lists of those. */
export interface ElicitSchema {
  /** `object`; any text, so that a schema need not be written `as const`. */
  readonly type: string;
  readonly properties: Readonly<Record<string, ElicitField>>;
  readonly required?: readonly string[];
}

type ElicitField = Readonly<Record<string, unknown>>;

/** What a person who accepts has filled in; fields that are not required may be missing. */
export type ElicitContent<Schema extends ElicitSchema> = {
  readonly [Name in RequiredOf<Schema>]: ValueOf<Schema['properties'][Name]>;
} & {
  readonly [Name in Exclude<keyof Schema['properties'], RequiredOf<Schema>>]?: ValueOf<Schema['properties'][Name]>;
};

type RequiredOf<Schema extends ElicitSchema> = Schema['required'] extends readonly string[]
  ? Extract<keyof Schema['properties'], Schema['required'][number]>
  : never;

type ValueOf<Field> = Field extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Field extends { readonly oneOf: readonly { readonly const: infer Value }[] }
    ? Value
    : Field extends { readonly type: 'string' }
      ? string
      : Field extends { readonly type: 'number' | 'integer' }
        ? number
        : Field extends { readonly type: 'boolean' }
          ? boolean
          : Field extends { readonly type: 'array'; readonly items: infer Items }
            ? readonly ItemOf<Items>[]
            : unknown;

type ItemOf<Items> = Items extends { readonly anyOf: readonly { readonly const: infer Value }[] }
  ? Value
  : ValueOf<Items>;
