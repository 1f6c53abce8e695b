/**
 * What a client itself cannot do. `because` goes into the table, `known` below it: how we know, in this version.
 * `says`, if given, has to be in what the driver reports; without it the driver need not try.
 */
export const limits = [
  {
    clients: ['inspector'],
    what: 'completion',
    because: 'has no such method',
    says: 'Unsupported method: completion/complete.',
    known: 'refuses `--method completion/complete` and lists the methods it has',
  },
  {
    clients: ['inspector', 'mcpdo'],
    what: 'progress',
    because: 'does not ask for it',
    says: 'nothing printed',
    known: 'makes its client with `progress: false`, and prints nothing while a call runs',
  },
  {
    clients: ['inspector'],
    what: 'log',
    because: 'prints none',
    says: 'nothing printed',
    known: 'prints the result of a call only; `mcpdo logging/tail` shows messages',
  },
  {
    clients: ['inspector', 'mcpdo'],
    what: 'cancellation',
    because: 'has no such command',
    known: 'has no command that ends a call; it gives up by itself after a minute, and tells the server then',
  },
  {
    clients: ['inspector'],
    what: 'elicitation',
    because: 'cannot be asked',
    says: 'The call needs a client that can ask its user (elicitation).',
    known: 'makes its client with `elicit: false`; the server tells the caller so',
  },
  {
    clients: ['inspector', 'mcpdo'],
    what: 'sampling',
    because: 'has no model',
    says: 'The call needs a client that can ask its model (sampling).',
    known: 'makes its client with `sample: false`; the server tells the caller so',
  },
];

export function findLimit(client, what) {
  return limits.find(limit => limit.what === what && limit.clients.includes(client.id));
}
