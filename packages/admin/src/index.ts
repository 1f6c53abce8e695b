export { type AdminClient, connectAdmin } from './admin-client.ts';
export { type AdminHandlers, type AdminServer, openAdminSocket } from './admin-server.ts';
export type { AdminEndpoint, AdminRoute, AdminRoutes, AdminStatus, QueryAnswer, ValidateAnswer } from './protocol.ts';
export { adminSocketPath } from './socket-path.ts';
