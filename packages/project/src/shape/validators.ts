import { type JsonSchemaDocument, schemaDocuments } from '@mxcp-ts/schemas';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Compiled validators of our schemas; each is compiled when it is first needed. */
export interface Validators {
  validatorOf(schema: JsonSchemaDocument): ValidateFunction;
}

/** Gives the same validators every time: compiling takes as long as reading some hundred files. */
export const sharedValidators: () => Validators = once(createValidators);

function createValidators(): Validators {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    // A test holds our schemas to the meta-schema, which takes longer to compile than they do.
    meta: false,
    validateSchema: false,
    // Takes as long as all the rest of compiling, and checks no faster.
    code: { optimize: false },
    schemas: [...schemaDocuments],
  });
  return {
    validatorOf({ $id }) {
      const validate = ajv.getSchema($id);
      if (validate === undefined) throw new Error(`no schema ${$id}`);
      return validate;
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
