import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connectClient, type TestClient } from '../../support/clients.ts';
import { makeFolder } from '../../support/make-project.ts';
import { type RunningServer, startServer } from '../../support/program.ts';
import { installDbt, makeEnvironment, missingPackages } from './make-environment.ts';
import { type LocalHttp, openHttp } from './open-http.ts';
import { type LocalRedis, openRedis } from './open-redis.ts';
import { ownFiles } from './own-files.ts';
import { referenceFiles } from './reference-files.ts';
import { toolFiles } from './reference-tools.ts';

export interface ServedReference {
  readonly folder: string;
  /** Where a package is put to be installed. */
  readonly sitePackages: string;
  readonly http: LocalHttp;
  readonly redis: LocalRedis;
  readonly server: RunningServer;
  readonly client: TestClient;
  /** The structured result of a call that went well. */
  call(tool: string, args?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** Why the tests cannot run here; undefined when they can. */
export function whyNotHere(): string | undefined {
  const missing = missingPackages();
  if (missing.length > 0) return `this Python has no ${missing.join(', ')}`;
  return spawnSync('redis-server', ['--version']).error === undefined ? undefined : 'there is no redis-server on PATH';
}

/** Serves a project made of all the blocks, beside the servers that they talk to. */
export async function serveReference(): Promise<ServedReference> {
  const folder = makeFolder();
  const http = await openHttp();
  const redis = await openRedis(folder);
  const files = { ...ownFiles, ...toolFiles, ...referenceFiles({ folder, http: http.url }) };
  for (const [path, text] of Object.entries({ ...files, 'user-config.yml': userConfig(redis) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const sitePackages = makeEnvironment(folder);
  installDbt(folder, redis);
  const env = { MXCP_CONFIG: join(folder, 'user-config.yml'), NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  const server = await startServer(folder, [], { env }).catch(async error => {
    await redis.close();
    await http.close();
    throw error;
  });
  const client = await connectClient('v2 of 2026', { url: server.url });
  return {
    folder,
    sitePackages,
    http,
    redis,
    server,
    client,
    async call(tool, args) {
      const answer = await client.callTool(tool, args);
      if (answer.isError) throw new Error(`${tool}: ${answer.text}\n${server.stderr()}`);
      return answer.structured;
    },
    async close() {
      await client.close();
      await server.stop();
      await redis.close();
      await http.close();
    },
  };
}

function userConfig({ port, password }: LocalRedis): string {
  return `mxcp: 1
projects:
  reference:
    profiles:
      default:
        secrets:
          - { name: api_key, type: custom, parameters: { value: value-of-api-key } }
          - name: api_service
            type: http
            parameters: { BEARER_TOKEN: token-of-service, EXTRA_HTTP_HEADERS: { X-Team: flowers } }
          - { name: external_api, type: custom, parameters: { value: key-of-external-api } }
          - { name: api_token, type: custom, parameters: { token: token-of-requests } }
          - { name: stripe, type: custom, parameters: { api_key: sk_test_reference } }
          - { name: graphql_api, type: custom, parameters: { token: token-of-graphql } }
          - { name: redis, type: custom, parameters: { host: 127.0.0.1, port: "${port}", password: ${password} } }
`;
}
