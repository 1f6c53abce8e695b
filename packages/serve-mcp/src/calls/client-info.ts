import type { ClientCapabilities, Server, ServerContext } from '@modelcontextprotocol/server';
import type { ClientAbility, ClientInfo } from '@mxcp-ts/engine';
import { readEnvelope } from './envelope.narrow.ts';

/**
 * Who calls, and what it can be asked: clients of 2026 say so with each request, those of 2025 once per connection.
 *
 * @param canAsk - whether anything but an answer can reach the client
 */
export function clientInfoOf(server: Server, { mcpReq }: ServerContext, canAsk: boolean): ClientInfo {
  const { envelope } = mcpReq;
  const { info, capabilities } =
    envelope === undefined
      ? { info: server.getClientVersion(), capabilities: server.getClientCapabilities() }
      : readEnvelope(envelope);
  return {
    name: info?.name,
    version: info?.version,
    abilities: capabilities === undefined || !canAsk ? none : abilitiesOf(capabilities),
  };
}

/** What a client must declare to be asked these. */
export function capabilitiesFor(abilities: readonly ClientAbility[]): ClientCapabilities {
  const wants = (ability: ClientAbility) => abilities.includes(ability);
  return {
    ...((wants('elicit') || wants('elicit-url')) && {
      elicitation: { ...(wants('elicit') && { form: {} }), ...(wants('elicit-url') && { url: {} }) },
    }),
    ...((wants('sample') || wants('sample-tools')) && { sampling: { ...(wants('sample-tools') && { tools: {} }) } }),
    ...(wants('roots') && { roots: {} }),
  };
}

const none: readonly ClientAbility[] = Object.freeze([]);

function abilitiesOf({ elicitation, sampling, roots }: ClientCapabilities): readonly ClientAbility[] {
  if (elicitation === undefined && sampling === undefined && roots === undefined) return none;
  const abilities: ClientAbility[] = [];
  // An empty object means forms: it is from before there were pages.
  if (elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined))
    abilities.push('elicit');
  if (elicitation?.url !== undefined) abilities.push('elicit-url');
  if (sampling !== undefined) abilities.push('sample');
  if (sampling?.tools !== undefined) abilities.push('sample-tools');
  if (roots !== undefined) abilities.push('roots');
  return abilities;
}
