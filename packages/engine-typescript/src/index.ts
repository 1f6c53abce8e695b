export { createTypeScriptEngine, type TypeScriptEngineOptions } from './engine.ts';
