// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are written like this
import { expect, test } from 'vitest';
import { findingsOf, plainSite, projectFolder } from '../project-folder.ts';

test('the site file says how the server presents itself', async () => {
  const site = `${plainSite}mcp:
  title: Shop
  description: Orders
  website_url: https://example.com
  icons: [{src: art/icon.png}]
  instructions: Ask before you order.
  page_size: "\${SIZE}"
  list_ttl: 5m
  tasks: {ttl: 2h, max: 5, poll_interval: 500ms}
`;
  const { load } = projectFolder({ 'mxcp-site.yml': site, 'art/icon.png': Buffer.from('iVBORw0KGgo=', 'base64') });
  const { project, diagnostics } = await load({ env: { SIZE: '50' } });
  expect(diagnostics).toEqual([]);
  expect(project?.config.mcp).toEqual({
    title: 'Shop',
    description: 'Orders',
    websiteUrl: 'https://example.com',
    icons: [{ src: 'data:image/png;base64,iVBORw0KGgo=', mimeType: 'image/png' }],
    instructions: 'Ask before you order.',
    pageSize: 50,
    listTtlMs: 300_000,
    tasks: { ttlMs: 7_200_000, maxTasks: 5, pollIntervalMs: 500 },
  });
});

test('says what is wrong with it', async () => {
  const site = `${plainSite}mcp:
  website_url: example.com
  icons: [{src: art/none.png}]
  page_size: 0
  list_ttl: soon
  tasks: {maxx: 5}
`;
  expect(await findingsOf({ 'mxcp-site.yml': site })).toEqual([
    'mxcp-site.yml:4:16 error project/wrong-value "website_url" is not written as it should be. hint: Write an address, like https://example.com.',
    'mxcp-site.yml:5:17 error project/bad-icon The file art/none.png does not exist. hint: There is no folder art there.',
    'mxcp-site.yml:6:14 error config/bad-number "page_size" must be at least 1.',
    'mxcp-site.yml:7:13 error project/wrong-value "list_ttl" is not written as it should be. hint: Write it like 30s, 500ms or 2m, or as a number of seconds.',
    'mxcp-site.yml:8:11 error project/unknown-field "maxx" is not a field here. hint: Did you mean "max"?',
  ]);
});

const secret = 'a secret of more than thirty-two characters';
const user = 'transport: {http: {port: 1, state_secret: "${STATE}"}}\n';

test('the state secret comes from the environment, else from the user config, and handlers never see it', async () => {
  const { load } = projectFolder({ '~/.mxcp/config.yml': user });
  const { project } = await load({ env: { STATE: secret } });
  expect(project?.config.transport.http.stateSecret).toBe(secret);
  expect(JSON.stringify([project?.config.userConfig, project?.config.siteConfig])).not.toContain(secret);
  expect(project?.config.userConfig['transport']).toEqual({ http: { port: 1 } });
  const other = await load({ env: { STATE: secret, MXCP_STATE_SECRET: `${secret}!` } });
  expect(other.project?.config.transport.http.stateSecret).toBe(`${secret}!`);
  const none = await projectFolder({}).load();
  expect(none.project?.config.transport.http.stateSecret).toBeUndefined();
});

test('a short state secret is refused wherever it comes from, and not shown', async () => {
  const hint = 'hint: Make one with `openssl rand -base64 32`.';
  expect(await findingsOf({ '~/.mxcp/config.yml': user }, { env: { STATE: 'short' } })).toEqual([
    `~/.mxcp/config.yml:1:43 error config/weak-secret The state secret has fewer than 32 characters. ${hint}`,
  ]);
  expect(await findingsOf({}, { env: { MXCP_STATE_SECRET: 'short' } })).toEqual([
    `error config/weak-secret MXCP_STATE_SECRET has fewer than 32 characters. ${hint}`,
  ]);
});
