import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { CallContext } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';

/** The call that a state belongs to: only the same caller may go on with it, with the same arguments. */
export interface StateOwner {
  readonly endpoint: string;
  /** As the client sent them. */
  readonly args: unknown;
  readonly context: CallContext;
}

export type Answers = Readonly<Record<string, JsonValue>>;

/** Keeps what a call has been answered so far with the client, who can neither read nor change it. */
export interface StateSealer {
  seal(answers: Answers, owner: StateOwner): string;
  /** @throws ProtocolError when the state is not ours, too old, or of another call */
  open(state: string, owner: StateOwner): Answers;
}

/** A person may take their time to answer. */
const lifetimeMs = 60 * 60_000;
const ivBytes = 12;
const tagBytes = 16;

/**
 * @param secret - the same on all replicas of a server; left out: one for this process
 */
export function createStateSealer(secret: string | undefined): StateSealer {
  const key = Buffer.from(hkdfSync('sha256', secret ?? randomBytes(32), '', 'mxcp-ts request state 1', 32));
  return {
    seal(answers, owner) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bindingOf(owner));
      const text = JSON.stringify({ answers, expires: Date.now() + lifetimeMs });
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(state, owner) {
      const bytes = Buffer.from(state, 'base64url');
      // Node reads over what does not belong there.
      const isWritten = bytes.toString('base64url') === state;
      const text = isWritten ? decrypt(bytes, key, bindingOf(owner)) : undefined;
      if (text === undefined)
        throw refusal(
          'This request state is not of this call, or not of this server as it runs now. Make the call again without it.',
        );
      const { answers, expires } = JSON.parse(text);
      if (expires < Date.now()) throw refusal('This request state has expired. Make the call again.');
      return answers;
    },
  };
}

function decrypt(bytes: Buffer, key: Buffer, binding: Buffer): string | undefined {
  if (bytes.length < ivBytes + tagBytes) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(binding).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

function bindingOf({ endpoint, args, context: { user } }: StateOwner): Buffer {
  const caller = user === undefined ? null : [user.provider, user.user_id];
  return createHash('sha256')
    .update(JSON.stringify([endpoint, caller, sorted(args)]))
    .digest();
}

/** A client may send the same arguments in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['[]', ...value.map(sorted)];
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // Marked, so that no array can look like an object.
  return ['{}', ...entries.map(([name, item]) => [name, sorted(item)])];
}

function refusal(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message, { reason: 'invalid_request_state' });
}
