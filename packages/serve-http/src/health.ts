import type { ServerResponse } from 'node:http';
import type { Readiness } from '@mxcp-ts/runtime';
import { sendJson } from './send-json.ts';

export interface HealthParts {
  readonly project: string;
  readonly readiness: () => Readiness;
}

const fresh = { 'cache-control': 'no-store' };

/** Answers `/health` and the probes below it; false for any other path. */
export function answerHealth(path: string, res: ServerResponse, { project, readiness }: HealthParts): boolean {
  switch (path) {
    case '/health': {
      const { ready, generation, problems } = readiness();
      sendJson(
        res,
        200,
        { status: ready && problems.length === 0 ? 'ok' : 'degraded', project, generation, problems },
        fresh,
      );
      return true;
    }
    case '/health/live':
      sendJson(res, 200, { status: 'ok', project }, fresh);
      return true;
    case '/health/ready': {
      const { ready, generation, problems } = readiness();
      sendJson(res, ready ? 200 : 503, { status: ready ? 'ready' : 'not-ready', project, generation, problems }, fresh);
      return true;
    }
    default:
      return false;
  }
}
