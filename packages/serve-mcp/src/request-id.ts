/** The id to echo for a message that is refused unread. */
export function requestIdOf(message: unknown): { readonly id?: string | number } {
  if (message === null || typeof message !== 'object' || !('id' in message)) return {};
  const { id } = message;
  return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}
