export { type AdminTarget, adminHandlers, listEndpoints, packFiles, runQuery } from './admin-handlers.ts';
export { isAboutConfiguration } from './build-generation.ts';
export { builtInEngines } from './engines.ts';
export { importPlugin } from './import-plugin.ts';
export { inferReturns } from './infer-returns.ts';
export { installation, readVersion } from './installation.ts';
export { type FolderOptions, loadFolder } from './load-folder.ts';
export { createLog, createMask, type LogOptions } from './log.ts';
export { Reloader, type ReloadResult, type ReloadStatus } from './reload/reloader.ts';
export { loadProtocol, type ServedProject, type ServeOptions, serveProject } from './serve-project.ts';
export {
  findEverything,
  openProjectDatabase,
  type StartedProject,
  type StartOptions,
  startProject,
} from './start-project.ts';
