/** One step deeper, escaped as RFC 6901 wants it. */
export function childPointer(pointer: string, segment: string | number): string {
  return `${pointer}/${escapeSegment(segment)}`;
}

function escapeSegment(segment: string | number): string | number {
  if (typeof segment === 'number' || !/[~/]/.test(segment)) return segment;
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The unescaped segments; none for `""`. A text that does not start with a slash gives undefined. */
export function pointerSegments(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether a pointer leads to, or below, one of the others. */
export function isAtOrBelow(pointer: string, others: ReadonlySet<string>): boolean {
  if (others.has(pointer)) return true;
  for (let slash = pointer.lastIndexOf('/'); slash >= 0; slash = pointer.lastIndexOf('/', slash - 1)) {
    if (others.has(pointer.slice(0, slash))) return true;
    if (slash === 0) return false;
  }
  return false;
}
