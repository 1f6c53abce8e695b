/** What `mxcp_guest/check.py` reports about one file or one inline source. Offsets are 0-based UTF-16 code units. */
export interface Outline {
  readonly syntaxError: { readonly message: string; readonly start: number; readonly end: number } | null;
  readonly functions: readonly OutlineFunction[];
  /** Names of the functions defined here without a leading underscore; hooks left out. */
  readonly publicFunctions: readonly string[];
  /** Names bound in any other way: imports, classes, assignments. */
  readonly otherNames: readonly string[];
  /** True after `from x import *`: more names may exist. */
  readonly hasUnknownNames: boolean;
  /** Inline source only: it is the body of a function. */
  readonly isBody: boolean;
  readonly missingImports: readonly MissingImport[];
  readonly unknownNames: readonly UnknownName[];
}

export interface OutlineFunction {
  readonly name: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly isPositionalOnly: boolean;
    readonly isRequired: boolean;
  }[];
  /** It has `**kwargs`. */
  readonly takesAnyName: boolean;
  /** False under a decorator that may change what the function takes. */
  readonly isSignatureKnown: boolean;
}

export interface MissingImport {
  readonly module: string;
  readonly package: string;
  readonly start: number;
  readonly end: number;
}

/** A name that is imported from a module that does not have it. */
export interface UnknownName {
  readonly module: string;
  readonly name: string;
  /** The names that the module has. */
  readonly known: readonly string[];
  readonly start: number;
  readonly end: number;
}

export interface ProjectOutline {
  readonly files: readonly (Outline & { readonly file: string })[];
  readonly inline: readonly Outline[];
  /** Those of the named modules that the interpreter does not find. */
  readonly missingModules: readonly string[];
}

export interface OutlineRequest {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly inline: readonly { readonly code: string; readonly parameters: readonly string[] }[];
  /** Dotted names to look for. */
  readonly modules: readonly string[];
}
