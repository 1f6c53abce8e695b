import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerPreflight, setCorsHeaders } from './cors.ts';
import { answerHealth } from './health.ts';
import type { ListenOptions } from './listen-options.ts';
import { createRequestGuard } from './request-guard.ts';
import { sendJson } from './send-json.ts';

/** Answers every request of the listener: first whether it may be asked at all, then by its path. */
export function createRequestHandler(
  options: ListenOptions,
  state: { readonly isClosing: boolean },
): (req: IncomingMessage, res: ServerResponse) => void {
  const judge = createRequestGuard(options);
  return (req, res) => {
    // A connection that is kept alive would keep a closing server waiting.
    if (state.isClosing) res.setHeader('Connection', 'close');
    const verdict = judge(req);
    if (!verdict.allowed) return sendJson(res, verdict.status, { error: verdict.reason });
    if (verdict.origin !== undefined) setCorsHeaders(res, verdict.origin);
    if (req.method === 'OPTIONS') return answerPreflight(req, res);
    route(req, res, options).catch((defect: unknown) => {
      options.log('error', `HTTP: ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}`);
      if (res.headersSent) res.destroy();
      else sendJson(res, 500, { error: 'Internal server error.' });
    });
  };
}

async function route(req: IncomingMessage, res: ServerResponse, options: ListenOptions): Promise<void> {
  const path = pathOf(req);
  if (path === '/mcp' || path === '/mcp/') return options.mcp.handle(req, res);
  const extra = options.extraRoutes?.find(
    candidate => path === candidate.path || path.startsWith(`${candidate.path}/`),
  );
  if (extra !== undefined) return extra.handle(req, res);
  if (req.method !== 'GET' && req.method !== 'HEAD') return notFound(res);
  if (path === '/') return sendJson(res, 200, { project: options.project, mcp: '/mcp', health: '/health' });
  if (!answerHealth(path, res, options)) notFound(res);
}

function notFound(res: ServerResponse): void {
  sendJson(res, 404, { error: 'There is nothing at this path. MCP clients connect to /mcp.' });
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
