import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
} from '@modelcontextprotocol/server';

export interface ClientEnvelope {
  readonly info: Implementation | undefined;
  readonly capabilities: ClientCapabilities | undefined;
}

/** What a request of the 2026 revision says of its client. The SDK has checked the shape, but its type hides the keys. */
export function readEnvelope(envelope: object): ClientEnvelope {
  const fields = envelope as Readonly<Record<string, unknown>>;
  return {
    info: fields[CLIENT_INFO_META_KEY] as Implementation | undefined,
    capabilities: fields[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined,
  };
}
