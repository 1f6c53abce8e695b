export { renderPythonTypes } from './python/render-python-types.ts';
export { renderTypeScriptTypes } from './typescript/render-typescript-types.ts';
export { type TypesFile, type WriteTypesOptions, writeTypes } from './write-types.ts';
