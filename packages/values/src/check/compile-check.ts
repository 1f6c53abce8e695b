import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from '../json.ts';
import type { Findings } from '../limit-problems.ts';
import { isMultipleOf } from '../number/decimal.ts';
import { isBase64 } from '../type/media.ts';
import { describeErrors } from './describe-errors.ts';
import { textFormats } from './formats.ts';
import { hasRepeatedItem } from './has-repeated-item.ts';
import { rawFormats } from './raw-formats.ts';

/** What is wrong with a value; no problems when it fits. */
export type Check = (value: unknown) => Findings;

const fits: Findings = Object.freeze({ problems: [], hidden: 0 });

/**
 * A check of values against a schema, with every problem in our words.
 *
 * The schema is compiled at the first value, not at once: it takes a third of a millisecond, and a server with
 * thousands of tools has to start.
 */
export function compileCheck(schema: JsonSchema): Check {
  return compileWith(() => newAjv(), schema);
}

/** As `compileCheck`, for a schema that a person wrote as JSON Schema: formats are those of clients. */
export function compileRawCheck(schema: JsonSchema): Check {
  return compileWith(() => newAjv(rawFormats), schema);
}

/** As `compileRawCheck`, of values against parts of the schema: by the pointer from its top. */
export function compileRawChecks(schema: JsonSchema): (pointer: string, value: unknown) => Findings {
  const ajv = newAjv(rawFormats);
  const key = 'the-whole';
  ajv.addSchema(schema, key);
  return (pointer, value) => {
    const validate = ajv.getSchema(`${key}#${pointer.split('/').map(encodeURIComponent).join('/')}`);
    return validate === undefined || validate(value) === true ? fits : describeErrors(validate.errors ?? []);
  };
}

/**
 * As `compileCheck`, for many schemas that are forgotten together: they share a compiler, which is most of the work, and
 * a check when they say the same.
 */
export function createCheckCompiler(): (schema: JsonSchema) => Check {
  let ajv: Ajv2020 | undefined;
  const sharedAjv = () => {
    ajv ??= newAjv();
    return ajv;
  };
  const checks = new Map<string, Check>();
  return schema => {
    const text = JSON.stringify(schema, tellNumbers);
    const check = checks.get(text) ?? compileWith(sharedAjv, schema);
    checks.set(text, check);
    return check;
  };
}

/** Infinities and NaN, which YAML can hold, are null in JSON. */
function tellNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}

function compileWith(getAjv: () => Ajv2020, schema: JsonSchema): Check {
  let validate: ValidateFunction | undefined;
  return value => {
    validate ??= getAjv().compile(schema);
    try {
      return validate(value) ? fits : describeErrors(validate.errors ?? []);
    } catch (error) {
      // Comparing items walks as deep as the value goes, and JSON text can go deeper than the stack.
      if (error instanceof RangeError) {
        return { problems: [{ pointer: '', message: 'is nested too deeply' }], hidden: 0 };
      }
      throw error;
    }
  };
}

/** `compileCheck` has one for each schema: an instance keeps all it ever compiled, so a shared one would grow with every reload. */
function newAjv(formats: NonNullable<Options['formats']> = ownFormats()): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    ownProperties: true,
    meta: false,
    validateSchema: false,
    // Takes as long as all the rest of compiling, and checks no faster.
    code: { optimize: false },
    logger: false,
    formats,
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    errors: false,
    validate: checkMultiple,
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    validate: checkUnique,
  });
  // `true` is ours: the value must be base64. A text is JSON Schema's, where it is a note.
  ajv.removeKeyword('contentMediaType');
  ajv.addKeyword({
    keyword: 'contentMediaType',
    type: 'string',
    schemaType: ['boolean', 'string'],
    errors: false,
    validate: checkMedia,
  });
  return ajv;
}

function ownFormats(): NonNullable<Options['formats']> {
  return Object.fromEntries(Object.entries(textFormats).map(([name, { test }]) => [name, test]));
}

function checkMultiple(divisor: number, value: number): boolean {
  return isMultipleOf(value, divisor);
}

function checkMedia(mustBeBase64: boolean | string, value: string): boolean {
  return mustBeBase64 !== true || isBase64(value);
}

// Ajv compares every item with every other one; a caller could make that take minutes.
function checkUnique(isWanted: boolean, items: readonly unknown[]): boolean {
  return !isWanted || !hasRepeatedItem(items);
}
