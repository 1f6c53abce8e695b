export interface NoticeCollector {
  add(uris: Iterable<string>): void;
  close(): void;
}

/** Gives each URI once, sorted, after it was added, however often that was within `withinMs` milliseconds. */
export function collectNotices(withinMs: number, announce: (uri: string) => void): NoticeCollector {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    timer = undefined;
    const uris = [...waiting].sort();
    waiting.clear();
    for (const uri of uris) announce(uri);
  }

  return {
    add(uris) {
      for (const uri of uris) waiting.add(uri);
      if (waiting.size > 0) timer ??= setTimeout(tell, withinMs).unref();
    },
    close() {
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
