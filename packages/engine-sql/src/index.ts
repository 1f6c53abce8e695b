export { inferSqlReturns } from './infer-sql-returns.ts';
export { type OpenDatabaseOptions, openDatabase } from './open-database.ts';
export { createSqlEngine, type SqlEngineOptions } from './sql-engine.ts';
