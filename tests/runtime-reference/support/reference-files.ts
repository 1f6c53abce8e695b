import { readBlock, substitutedBlock } from './read-block.ts';
import type { Surroundings } from './substitutions.ts';

/** Where each block stands in the project. Two that belong together, one after the other, are one file. */
export const blocksByFile: Readonly<Record<string, readonly string[]>> = {
  'python/configuration_and_secrets.py': ['configuration-and-secrets.py'],
  'python/lifecycle_hooks.py': ['lifecycle-hooks.py'],
  'python/async_functions.py': ['async-functions.py'],
  'python/return_types.py': ['return-types.py'],
  'python/utils/validators.py': ['shared-modules-validators.py'],
  'python/main_tool.py': ['shared-modules-main-tool.py'],
  'python/error_handling.py': ['error-handling.py'],
  'python/external_api.py': ['external-api.py'],
  'python/database_reload.py': ['database-reload.py'],
  'python/library_wrapper.py': ['pattern-1-library-wrapper.py'],
  'tools/http_request.yml': ['pattern-1-http-request.yml'],
  'python/data_analysis.py': ['pattern-2-data-analysis.py'],
  'python/ml_wrapper.py': ['pattern-3-ml-wrapper.py'],
  'python/api_client_wrapper.py': ['pattern-4-api-client-wrapper.py'],
  'python/async_library_wrapper.py': ['pattern-5-async-library-wrapper.py'],
  'python/stateful_library_wrapper.py': ['pattern-6-stateful-library-wrapper.py'],
  'python/library_errors.py': ['library-errors.py'],
  'python/reload_api.py': ['reload-api.py'],
  'python/reload_real_world.py': ['reload-real-world.py'],
  'python/plugin_usage.py': ['accessing-plugins.py', 'plugin-usage.py'],
  'plugins/my_plugin.py': ['plugin-definition.py'],
};

/** The one block that is the inside of a function: it uses a variable that it does not set. */
export const wrappedBlock = 'database-access.py';

/** Every block that is code, by the file of the project that it is. */
export function referenceFiles(surroundings: Surroundings): Record<string, string> {
  const files: Record<string, string> = { 'python/database_access.py': databaseAccess() };
  for (const [file, blocks] of Object.entries(blocksByFile))
    files[file] = blocks.map(block => substitutedBlock(block, surroundings)).join('\n\n');
  return files;
}

function databaseAccess(): string {
  const body = readBlock(wrappedBlock).replaceAll(/^(?=.)/gm, '    ');
  return `def database_access(user_id: int) -> dict:\n${body}    return {"first": first, "results": results}\n`;
}
