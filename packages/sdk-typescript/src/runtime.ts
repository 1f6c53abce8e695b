/** What TypeScript handlers import as `mxcp-ts/runtime`. Importing it does nothing; its functions work in a running project. */
export { config, type Secret } from './runtime/config.ts';
export { type CallContext, context } from './runtime/context.ts';
export { DatabaseError, db, type Row, type SqlParameters } from './runtime/database.ts';
export { type Hook, onInit, onShutdown } from './runtime/hooks.ts';
export { plugins, progress, reloadDuckdb } from './runtime/later.ts';
export { log } from './runtime/log.ts';
export { UserError } from './runtime/user-error.ts';
