import { expect, test } from 'vitest';
import { checkExposure } from '../src/index.ts';

test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1', '[::1]'])('listening on %s is open to nobody else', host => {
  expect(() => checkExposure({ host, allowUnauthenticated: false })).not.toThrow();
});

test.each(['0.0.0.0', '::', '192.168.1.7', 'box.lan', '127.0.0.1.example'])(
  'listening on %s needs a word of consent',
  host => {
    expect(() => checkExposure({ host: '127.0.0.1', allowUnauthenticated: true }, host)).not.toThrow();
    expect(() => checkExposure({ host: '127.0.0.1', allowUnauthenticated: false }, host)).toThrow(
      `Listening on ${host} would let everyone who reaches this machine call every tool: there is no authentication yet.`,
    );
  },
);
