/**
 * Every finding that mxcp-ts can report. A code is permanent: it may be retired, never reused.
 * `docs/reference/diagnostics.md` lists the same codes; a test holds the two together.
 */
export const diagnosticCodes = {
  // Reading YAML
  'yaml/syntax': { severity: 'error', summary: 'The file is not valid YAML.' },
  'yaml/duplicate-key': { severity: 'error', summary: 'A key is written twice in one mapping.' },
  'yaml/multiple-documents': { severity: 'error', summary: 'A file holds more than one YAML document.' },
  'yaml/empty': { severity: 'error', summary: 'An endpoint file is empty.' },
  'yaml/ambiguous-scalar': { severity: 'warning', summary: 'An unquoted scalar means something else in YAML 1.1.' },

  // The shape of the files
  'project/not-a-mapping': { severity: 'error', summary: 'A file does not hold a mapping at its top level.' },
  'project/unknown-field': { severity: 'error', summary: 'A field is not part of the format.' },
  'project/missing-field': { severity: 'error', summary: 'A required field is missing.' },
  'project/wrong-type': { severity: 'error', summary: 'A value has the wrong type.' },
  'project/wrong-value': { severity: 'error', summary: 'A value is not one of those allowed.' },
  'project/unknown-type': { severity: 'error', summary: 'A type name does not exist.' },
  'project/legacy-version': { severity: 'error', summary: 'A file is written for an old format version.' },
  'project/wrong-kind': { severity: 'error', summary: 'A file of one kind lies in the folder of another.' },
  'project/kind-count': {
    severity: 'error',
    summary: 'A file defines none, or several, of tool, resource and prompt.',
  },
  'project/duplicate-name': { severity: 'error', summary: 'Two files of one kind define the same name.' },
  'project/duplicate-parameter': { severity: 'error', summary: 'Two parameters of an endpoint have the same name.' },
  'project/bad-name': { severity: 'error', summary: 'A name does not fit what MCP clients accept.' },
  'project/dotted-name': { severity: 'warning', summary: 'A name holds a dot, which some MCP clients refuse.' },
  'project/bad-parameter-name': { severity: 'error', summary: 'A parameter name is not an identifier.' },
  'project/bad-icon': { severity: 'error', summary: 'An icon cannot be used.' },
  'project/bad-meta-key': { severity: 'error', summary: 'A key of meta cannot be sent.' },
  'project/unreadable-file': { severity: 'error', summary: 'A file or folder of the project cannot be read.' },
  'project/bad-sql-tools': { severity: 'error', summary: 'A tool pack is not known.' },

  // References
  'reference/unset-variable': { severity: 'error', summary: 'An environment variable is not set.' },
  'reference/bad-syntax': { severity: 'error', summary: 'A reference cannot be read.' },
  'reference/file': { severity: 'error', summary: 'A file:// reference cannot be read.' },
  'reference/missing-plugin': {
    severity: 'error',
    summary: 'A reference needs a plug-in that is not switched on, or not there.',
  },
  'reference/source-unavailable': { severity: 'error', summary: 'A source of secrets cannot be used.' },
  'reference/unreadable-secret': { severity: 'error', summary: 'A source of secrets does not give what is named.' },
  'reference/secret-missing': { severity: 'error', summary: 'A secret that the site file declares is not configured.' },
  'reference/unresolved-ref': { severity: 'error', summary: 'A $ref points to nothing.' },
  'reference/cyclic-ref': { severity: 'error', summary: 'A chain of $ref leads back to itself.' },

  // Sources
  'source/one-of': { severity: 'error', summary: 'A source has both, or neither, of code and file.' },
  'source/missing-file': { severity: 'error', summary: 'A source file does not exist.' },
  'source/outside-project': { severity: 'error', summary: 'A source file lies outside the project.' },
  'source/empty': { severity: 'error', summary: 'A source is empty.' },
  'source/language-mismatch': { severity: 'error', summary: 'The language does not fit the source file.' },
  'source/inline-not-supported': { severity: 'error', summary: 'Inline code is not supported in this language.' },

  // Types
  'type/bad-default': { severity: 'error', summary: 'A default does not fit its own type.' },
  'type/bad-example': { severity: 'error', summary: 'An example does not fit its own type.' },
  'type/bad-enum': { severity: 'error', summary: 'An enum value does not fit its own type.' },
  'type/contradiction': { severity: 'error', summary: 'Two constraints of a type contradict each other.' },
  'type/bad-pattern': { severity: 'error', summary: 'A regular expression is not valid.' },
  'type/misplaced-keyword': { severity: 'warning', summary: 'A keyword has no effect on this type.' },

  // Endpoints
  'tool/two-inputs': { severity: 'error', summary: 'A tool has both parameters and an input schema.' },
  'tool/bad-input-schema': { severity: 'error', summary: 'An input schema cannot be used.' },
  'tool/bad-header': { severity: 'error', summary: 'A parameter cannot be sent as the header it names.' },
  'elicit/bad-field': { severity: 'error', summary: 'A field cannot be asked for in a form.' },
  'completion/misplaced': { severity: 'error', summary: 'Values are proposed where MCP proposes none.' },
  'completion/bad-source': { severity: 'error', summary: 'What is proposed is neither texts nor a handler.' },
  'completion/parameter-name': {
    severity: 'error',
    summary: 'A parameter has the name under which a handler gets what was typed.',
  },
  'resource/bad-template': { severity: 'error', summary: 'A URI template is not valid.' },
  'resource/parameter-not-in-uri': { severity: 'error', summary: 'A parameter does not occur in the URI template.' },
  'resource/undeclared-variable': { severity: 'error', summary: 'A URI template variable is not declared.' },
  'resource/bad-change': { severity: 'error', summary: 'What changes a resource cannot be watched.' },
  'resource/absent-file': { severity: 'warning', summary: 'A file that changes a resource is not there yet.' },
  'prompt/two-sources': { severity: 'error', summary: 'A prompt has both messages and a source.' },
  'prompt/message-content': { severity: 'error', summary: 'A message says nothing, or several things.' },
  'prompt/bad-media': { severity: 'error', summary: 'A picture or sound of a message cannot be used.' },
  'prompt/bad-uri': { severity: 'error', summary: 'The URI of a message is none.' },
  'prompt/no-messages': { severity: 'error', summary: 'A prompt has no messages.' },
  'prompt/syntax': { severity: 'error', summary: 'A template cannot be parsed.' },
  'prompt/unknown-variable': { severity: 'error', summary: 'A template uses a variable that is not a parameter.' },
  'prompt/unknown-filter': { severity: 'error', summary: 'A template uses a filter that does not exist here.' },

  // Planning
  'plan/not-enforced-yet': { severity: 'error', summary: 'A protection is written that this version cannot enforce.' },
  'plan/not-active-yet': { severity: 'warning', summary: 'A setting is written that this version does not act on.' },
  'plan/remote-path': {
    severity: 'warning',
    summary: 'A statement reads a remote path, which validate does not open.',
  },
  'plan/sql-syntax': { severity: 'error', summary: 'A SQL statement cannot be parsed.' },
  'plan/sql-unknown-column': { severity: 'error', summary: 'A query names a column that does not exist.' },
  'plan/sql-binding': {
    severity: 'error',
    summary: 'A SQL statement cannot be bound to the tables and types it names.',
  },
  'plan/sql-unknown-table': { severity: 'warning', summary: 'A query names a table that nothing defines.' },
  'plan/sql-unknown-function': { severity: 'error', summary: 'A query calls a function that does not exist.' },
  'plan/sql-not-checked': { severity: 'warning', summary: 'A SQL statement could not be checked here.' },
  'plan/sql-undeclared-parameter': {
    severity: 'error',
    summary: 'A SQL statement uses a parameter that is not declared.',
  },
  'plan/sql-unused-parameter': { severity: 'error', summary: 'A declared parameter is used by no SQL statement.' },
  'plan/sql-return-mismatch': {
    severity: 'error',
    summary: 'The columns of a query do not fit the declared return type.',
  },
  'plan/setup-file': { severity: 'error', summary: 'A setup file of the database cannot be used.' },
  'plan/code-syntax': { severity: 'error', summary: 'A TypeScript, JavaScript or Python file cannot be parsed.' },
  'plan/missing-export': { severity: 'error', summary: 'A source file does not have the function.' },
  'plan/ambiguous-function': { severity: 'error', summary: 'It is not clear which function of a file to call.' },
  'plan/parameter-missing-in-function': {
    severity: 'error',
    summary: 'A function does not take a declared parameter.',
  },
  'plan/extra-parameter': { severity: 'error', summary: 'A function needs an argument that is not declared.' },
  'plan/unused-parameter': { severity: 'warning', summary: 'A handler does not use a declared parameter.' },
  'plan/missing-import': { severity: 'warning', summary: 'A module is imported that the interpreter does not have.' },
  'plan/module-load': { severity: 'error', summary: "A handler's module cannot be loaded." },
  'plan/plugin-load': { severity: 'error', summary: "A plug-in's file cannot be loaded, or is not a plug-in." },
  'plan/unresolved-import': { severity: 'error', summary: 'An imported file, package or name cannot be found.' },
  'plan/no-interpreter': { severity: 'error', summary: 'No usable Python interpreter was found.' },

  // Configuration
  'config/profile-not-found': { severity: 'error', summary: 'A profile is named that no file defines.' },
  'config/unknown-plugin-settings': {
    severity: 'error',
    summary: 'The site file names plug-in settings that the user config does not have.',
  },
  'config/bad-path': { severity: 'error', summary: 'A configured path cannot be used.' },
  'config/bad-setting': { severity: 'error', summary: 'DuckDB does not know a setting, or refuses its value.' },
  'config/weak-secret': { severity: 'error', summary: 'A secret of the server is too short.' },
  'config/bad-number': { severity: 'error', summary: 'A configured number is out of range.' },
} as const satisfies Record<string, { readonly severity: 'error' | 'warning'; readonly summary: string }>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
