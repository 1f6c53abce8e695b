import type { ListChanges } from '../changes/list-changes.ts';
import type { Exchange } from './exchange.narrow.ts';

/** Serves the revisions of 2025 and before over HTTP. */
export interface LegacyLeg {
  /** @param message - the parsed body; undefined for a request without one */
  fetch(exchange: Exchange, message: unknown): Promise<Response>;
  /** Tells the clients that can be told. */
  announce(changes: ListChanges): void;
  /** Tells those who asked for it that a resource has other content now; `uri` may be a template. */
  announceUpdate(uri: string): void;
  close(): Promise<void>;
}
