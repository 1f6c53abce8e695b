/** One answer of an HTTP server. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; several of one name joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was written, from the status line on. */
  readonly head: string;
  readonly body: Buffer;
  /** False when the connection ended, or was ended here, before the answer did. */
  readonly isComplete: boolean;
}

/** What the server wrote is no HTTP. */
export class NotHttp extends Error {}

type Framing =
  | { readonly kind: 'none' | 'until-close' | 'chunked' }
  | { readonly kind: 'length'; readonly length: number };

interface Open {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly framing: Framing;
  readonly body: Buffer[];
}

/** Reads the answers of one connection as strictly as HTTP is written down, one byte after the other if need be. */
export class AnswerParser {
  #rest: Buffer = Buffer.alloc(0);
  #open: Open | undefined;
  readonly #isHead: boolean;

  /** @param isHead - whether answers to HEAD are read, which have no body whatever their head says */
  constructor(isHead = false) {
    this.#isHead = isHead;
  }

  /** The head of the answer whose body is being read. */
  get open(): Pick<Answer, 'status' | 'headers'> | undefined {
    return this.#open;
  }

  /** As much of the body of that answer as is there. */
  get openBody(): string {
    return Buffer.concat(this.#open?.body ?? []).toString();
  }

  /** What belongs to no finished answer. */
  get unread(): Buffer {
    return this.#rest;
  }

  /** The answers that these bytes complete; interim ones (1xx) are left out. @throws NotHttp */
  push(bytes: Buffer): readonly Answer[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const answers: Answer[] = [];
    for (let answer = this.#next(); answer !== undefined; answer = this.#next())
      if (answer.status >= 200) answers.push(answer);
    return answers;
  }

  /** What there is of the last answer when the connection is over. */
  end(): Answer | undefined {
    if (this.#open === undefined) return undefined;
    const { framing, body } = this.#open;
    if (framing.kind !== 'chunked') body.push(this.#take(this.#rest.length));
    return this.#finish(framing.kind === 'until-close');
  }

  #next(): Answer | undefined {
    this.#open ??= this.#readHead();
    if (this.#open === undefined) return undefined;
    const { framing, body } = this.#open;
    switch (framing.kind) {
      case 'none':
        return this.#finish(true);
      case 'until-close':
        body.push(this.#take(this.#rest.length));
        return undefined;
      case 'length':
        if (this.#rest.length < framing.length) return undefined;
        body.push(this.#take(framing.length));
        return this.#finish(true);
      case 'chunked':
        return this.#readChunks(body) ? this.#finish(true) : undefined;
    }
  }

  #readHead(): Open | undefined {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end === -1) {
      if (this.#rest.length > 0 && !'HTTP/1.1 '.startsWith(this.#rest.toString('latin1', 0, 9)))
        throw new NotHttp(`An answer begins with ${JSON.stringify(this.#rest.toString('latin1', 0, 100))}.`);
      return undefined;
    }
    const head = this.#take(end + 4).toString('latin1');
    const [statusLine = '', ...lines] = head.slice(0, -4).split('\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) [\x20-\x7e]*$/.exec(statusLine)?.[1];
    if (status === undefined) throw new NotHttp(`An answer begins with ${JSON.stringify(statusLine)}.`);
    const headers: Record<string, string> = Object.create(null);
    for (const line of lines) {
      const match = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*([\x20-\x7e\x80-\xff\t]*)$/.exec(line);
      if (match === null) throw new NotHttp(`An answer has the header line ${JSON.stringify(line)}.`);
      const name = String(match[1]).toLowerCase();
      const value = String(match[2]);
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
    }
    return { status: Number(status), headers, head, framing: this.#framingOf(Number(status), headers), body: [] };
  }

  #framingOf(status: number, headers: Readonly<Record<string, string>>): Framing {
    if (this.#isHead || status < 200 || status === 204 || status === 304) return { kind: 'none' };
    if (headers['transfer-encoding'] === 'chunked') return { kind: 'chunked' };
    const length = headers['content-length'];
    if (length === undefined) return { kind: 'until-close' };
    if (!/^\d+$/.test(length)) throw new NotHttp(`An answer has the Content-Length ${JSON.stringify(length)}.`);
    return { kind: 'length', length: Number(length) };
  }

  /** Whether the last chunk has been read. */
  #readChunks(body: Buffer[]): boolean {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end === -1) return false;
      const line = this.#rest.toString('latin1', 0, end);
      if (!/^[0-9a-f]+$/i.test(line)) throw new NotHttp(`An answer has a chunk of the size ${JSON.stringify(line)}.`);
      const size = Number.parseInt(line, 16);
      if (this.#rest.length < end + 2 + size + 2) return false;
      this.#take(end + 2);
      const chunk = this.#take(size);
      if (this.#take(2).toString('latin1') !== '\r\n')
        throw new NotHttp('A chunk of an answer is longer than it says.');
      if (size === 0) return true;
      body.push(chunk);
    }
  }

  #finish(isComplete: boolean): Answer | undefined {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return undefined;
    const { status, headers, head, body } = open;
    return { status, headers, head, body: Buffer.concat(body), isComplete };
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}
