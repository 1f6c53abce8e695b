/** What TypeScript handlers import as `mxcp-ts/runtime`. Importing it does nothing; its functions work in a running project. */
export { type ClientAbility, canAsk } from './runtime/ask-client.ts';
export { ClientCannotError } from './runtime/client-cannot-error.ts';
export { config } from './runtime/config.ts';
export { content, type LinkContent, type ResourceContent } from './runtime/content.ts';
export type { ContentAnnotations, ContentBlock } from './runtime/content-block.ts';
export type { ContentOptions } from './runtime/content-options.ts';
export type { ContentResult } from './runtime/content-result.ts';
export { type CallContext, type Client, context, type RequestHeaders, type User } from './runtime/context.ts';
export {
  DatabaseError,
  db,
  type Row,
  type SqlParameters,
  type StreamOptions,
  type Transaction,
} from './runtime/database.ts';
export { definePlugin } from './runtime/define-plugin.ts';
export { type Elicited, elicit, elicitUrl } from './runtime/elicit.ts';
export type { ElicitContent, ElicitSchema } from './runtime/elicit-content.ts';
export { type Hook, onInit, onShutdown } from './runtime/hooks.ts';
export { listRoots, type Root } from './runtime/list-roots.ts';
export { log } from './runtime/log.ts';
export { notify, progress } from './runtime/notify.ts';
export { plugins } from './runtime/plugins.ts';
export type { BinaryData } from './runtime/read-bytes.ts';
export { type ReloadOptions, reload } from './runtime/reload.ts';
export {
  type Sampled,
  type SampledContent,
  type SampleMessage,
  type SampleRequest,
  sample,
} from './runtime/sample.ts';
export type { Secret } from './runtime/secret.ts';
export { session } from './runtime/session.ts';
export type { SqlValue } from './runtime/sql-value.ts';
export { UserError } from './runtime/user-error.ts';

import type { ContentBlock } from './runtime/content-block.ts';
import type { ContentResult } from './runtime/content-result.ts';

// Declared here and not in a file of their own: `declare module` adds to what a module itself declares, not to what it
// passes on.

/** The tools of the project by name. `mxcp-ts types` writes what is in it. */
// biome-ignore lint/suspicious/noEmptyInterface: the project's declarations fill it
export interface Tools {}

/** The resources of the project by URI. `mxcp-ts types` writes what is in it. */
// biome-ignore lint/suspicious/noEmptyInterface: the project's declarations fill it
export interface Resources {}

/** The function of a tool: `export const route: Tool<'route'> = async ({ from, to }) => …`. */
export type Tool<Name extends keyof Tools> = HandlerOf<Tools[Name]>;

/** The function of a resource. */
export type Resource<Uri extends keyof Resources> = HandlerOf<Resources[Uri], Blocks>;

/** What has a declared type gives a value of it, with blocks beside it at most: clients were promised the value. */
type HandlerOf<Endpoint, Instead = never> = Endpoint extends {
  readonly args: infer Args;
  readonly result: infer Result;
}
  ? (args: Args) => Returned<Result> | Instead | Promise<Returned<Result> | Instead>
  : never;

type Returned<Result> = Result | ContentResult<Result>;
type Blocks = ContentBlock | readonly (ContentBlock | string)[];
