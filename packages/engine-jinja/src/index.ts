export { createJinjaEngine } from './jinja-engine.ts';
export { filters as jinjaFilters } from './language/filters.ts';
export { methodNames as jinjaMethods } from './language/names.ts';
export { tests as jinjaTests } from './language/tests.ts';
