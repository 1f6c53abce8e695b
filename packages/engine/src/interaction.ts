import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/** What a handler asks of the person or the model at the client, in the shapes of MCP. */
export type InputRequest =
  | {
      readonly method: 'elicitation/create';
      readonly params:
        | { readonly mode?: 'form'; readonly message: string; readonly requestedSchema: JsonObject }
        | { readonly mode: 'url'; readonly message: string; readonly url: string };
    }
  | { readonly method: 'sampling/createMessage'; readonly params: JsonObject }
  | { readonly method: 'roots/list' };

/** What a client can be asked for; `sample-tools` is a sample whose model may call tools. */
export type ClientAbility = 'elicit' | 'elicit-url' | 'sample' | 'sample-tools' | 'roots';

export interface ClientInfo {
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly abilities: readonly ClientAbility[];
}

/** What became of a question to the client. */
export type InputAnswer =
  /** Elicitation: {action, content}; sampling: {role, content, model, stopReason}; roots: {roots}. */
  | { readonly kind: 'answer'; readonly value: JsonValue }
  /** Nobody knows yet. The handler must end: whatever it gives is dropped, and it runs again, from the top, with the answer. */
  | { readonly kind: 'waiting' }
  /** This client cannot be asked that. A handler that fails because of it fails with the type `ClientCannot`. */
  | { readonly kind: 'client-cannot'; readonly message: string }
  /** The question itself is wrong. */
  | { readonly kind: 'refused'; readonly message: string };

/** Something that clients may want to look at again. */
export type Change =
  | { readonly kind: 'tools' | 'prompts' | 'resources' }
  | { readonly kind: 'resource'; readonly uri: string };
