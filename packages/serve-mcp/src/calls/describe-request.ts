import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallContext, ClientInfo } from '@mxcp-ts/engine';

/** Says who sends a request, and how it came in: each transport knows that in a way of its own. */
export type DescribeRequest = (ctx: ServerContext, client: ClientInfo) => CallContext;

export interface HttpRequestFacts {
  /** As the client numbered it, not as a shared connection did. */
  readonly requestId: string | number;
  readonly headers: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/** The context of a call that came by HTTP. */
export function httpContext({ requestId, headers, session }: HttpRequestFacts, client: ClientInfo): CallContext {
  return {
    transport: 'http',
    requestId: String(requestId),
    headers,
    user: undefined,
    client,
    session,
  };
}

/** Every request over stdio is of the one client at the other end, so all share a session. */
export function stdioRequests(session: string): DescribeRequest {
  return ({ mcpReq }, client) => ({
    transport: 'stdio',
    requestId: String(mcpReq.id),
    headers: noHeaders,
    user: undefined,
    client,
    session,
  });
}

const noHeaders: CallContext['headers'] = Object.freeze({});
