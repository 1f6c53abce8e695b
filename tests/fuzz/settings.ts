export interface FuzzSettings {
  /** What everything that is generated follows from. */
  readonly seed: number;
  /** Sent over HTTP at least. */
  readonly httpMessages: number;
  /** Sent over stdio at least. */
  readonly stdioLines: number;
  /** When a run gives up, however little it has sent. */
  readonly timeLimitMs: number;
  /** A long run: the memory of a short one is still growing, as the server warms up. */
  readonly isFull: boolean;
}

const fullRun = 20_000;

/** Reads `MXCP_FUZZ_SEED` and `MXCP_FUZZ_MESSAGES`, of both transports together. A run without a seed gets one of its own. */
export function readFuzzSettings(env: Readonly<Record<string, string | undefined>>): FuzzSettings {
  const messages = readNumber(env, 'MXCP_FUZZ_MESSAGES') ?? 3_000;
  const stdioLines = Math.ceil(messages / 10);
  return {
    seed: readNumber(env, 'MXCP_FUZZ_SEED') ?? Math.floor(Math.random() * 2 ** 31),
    httpMessages: messages - stdioLines,
    stdioLines,
    timeLimitMs: 60_000 + messages * 8,
    isFull: messages >= fullRun,
  };
}

function readNumber(env: Readonly<Record<string, string | undefined>>, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${name} is "${text}"; it must be a whole number.`);
  return Number(text);
}
