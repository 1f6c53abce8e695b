import type { ServedRuntime } from '@mxcp-ts/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpClients } from '../support/connect-clients.ts';
import { flightsEndpoints, openRuntime } from '../support/flights-runtime.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';
import { everything, useEverything } from '../support/use-everything.ts';

describe.each([
  ['with sessions', false],
  ['stateless', true],
])('%s', (_mode, isStateless) => {
  let runtime: ServedRuntime;
  let served: HttpUnderTest;

  beforeAll(async () => {
    runtime = await openRuntime(flightsEndpoints());
    served = await serveOverHttp(runtime, { isStateless });
  });
  afterAll(() => served.close());

  test.each(Object.entries(httpClients))('%s lists and uses everything', async (name, connect) => {
    const client = await connect(served.url);
    expect(await useEverything(client)).toEqual(everything(name.includes('2026') ? '2026' : '2025'));
    await client.close();
  });

  test.each(Object.entries(httpClients))('%s completes arguments that have an enum', async (_name, connect) => {
    const client = await connect(served.url);
    const argument = { name: 'airport', value: 'g' };
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'briefing' }, argument });
    expect(completion).toEqual({ values: ['GVA', 'GRZ'], total: 2, hasMore: false });
    await client.close();
  });
});
