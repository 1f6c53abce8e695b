/** What stands at the top of every generated file. */
export const header = 'Written by `mxcp-ts types` from the YAML files of the project. Do not edit: it is written anew.';
