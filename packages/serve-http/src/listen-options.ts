import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '@mxcp-ts/engine';
import type { Readiness } from '@mxcp-ts/runtime';

/** Answers one request; settles when the exchange is over and never rejects. */
export interface HttpHandler {
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

/** A further path of the server: a REST interface, a page. */
export interface Route extends HttpHandler {
  /** The path itself and everything below it: `/api`. */
  readonly path: string;
}

export interface ListenOptions {
  /** An address or a name; `localhost` listens on 127.0.0.1 and, where the machine has it, on ::1. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly mcp: HttpHandler;
  readonly project: string;
  readonly readiness: () => Readiness;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
  readonly extraRoutes?: readonly Route[];
}
