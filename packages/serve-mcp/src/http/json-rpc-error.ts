import type { ServerResponse } from 'node:http';

/** A refusal below the protocol: no server of the SDK has seen the message. */
export interface JsonRpcRefusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The id of the refused request, when there is one to echo. */
  readonly id?: string | number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function sendRefusal(res: ServerResponse, refusal: JsonRpcRefusal): void {
  const body = bodyOf(refusal);
  res.writeHead(refusal.status, {
    ...refusal.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  res.end(body);
}

export function refusalResponse(refusal: JsonRpcRefusal): Response {
  return new Response(bodyOf(refusal), {
    status: refusal.status,
    headers: { ...refusal.headers, 'content-type': 'application/json' },
  });
}

function bodyOf({ code, message, id }: JsonRpcRefusal): string {
  return JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: id ?? null });
}
