export { type AdminClient, connectAdmin } from './admin-client.ts';
export { type AdminHandlers, type AdminServer, openAdminSocket } from './admin-server.ts';
export type {
  AdminConfig,
  AdminEndpoint,
  AdminHealth,
  AdminRoot,
  AdminRoute,
  AdminRoutes,
  AdminStatus,
  Caller,
  InferAnswer,
  InferredReturn,
  InvokeBody,
  ListedEndpoint,
  QueryAnswer,
  ReloadAnswer,
  ReloadBody,
  ReloadResult,
  ReloadState,
  ValidateAnswer,
} from './protocol.ts';
export { type ReadCaller, readCaller } from './read-caller.ts';
export { adminSocketPath } from './socket-path.ts';
