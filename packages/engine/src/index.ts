export type {
  ColumnType,
  Database,
  DatabaseFailure,
  ExecuteOutcome,
  ExecuteRequest,
  PreparedQuery,
  QueryDefinition,
  QueryOutcome,
  SqlGuard,
  WireType,
} from './database.ts';
export type {
  BoundHandler,
  EngineHost,
  ExactNumber,
  HandlerCall,
  HandlerEngine,
  HandlerFailure,
  HandlerResult,
  StartedEngine,
} from './handler-engine.ts';
export type { Log, LogFields, LogLevel } from './log.ts';
