export { createPythonEngine, type PythonEngineOptions } from './create-python-engine.ts';
