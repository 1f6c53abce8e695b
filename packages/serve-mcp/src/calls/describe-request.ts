import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallContext } from '@mxcp-ts/engine';

/** Says who sends a request, and how it came in: each transport knows that in a way of its own. */
export type DescribeRequest = (ctx: ServerContext) => CallContext;

export interface HttpRequestFacts {
  /** As the client numbered it, not as a shared connection did. */
  readonly requestId: string | number;
  /** Asked only when a handler wants to know. */
  headers(): Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/** The context of a call that came by HTTP. `headers` is an own property, so that copies of the object keep it. */
export function httpContext({ requestId, headers, session }: HttpRequestFacts): CallContext {
  return {
    transport: 'http',
    requestId: String(requestId),
    get headers() {
      return headers();
    },
    user: undefined,
    session,
  };
}

/** Every request over stdio is of the one client at the other end, so all share a session. */
export function stdioRequests(session: string): DescribeRequest {
  return ({ mcpReq }) => ({
    transport: 'stdio',
    requestId: String(mcpReq.id),
    headers: noHeaders,
    user: undefined,
    session,
  });
}

const noHeaders: CallContext['headers'] = Object.freeze({});
