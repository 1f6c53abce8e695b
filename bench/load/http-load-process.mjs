// Entry of the process that makes HTTP load, so that its work is neither in the server nor in the program that measures.
import { loadHttp } from './http-load.mjs';

process.on('message', async ({ id, requests, ...run }) => {
  try {
    const decoded = requests.map(({ payload, expected }) => ({
      payload: Buffer.from(payload, 'base64'),
      expected: Buffer.from(expected, 'base64'),
    }));
    process.send({ id, result: await loadHttp({ ...run, requests: decoded }) });
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
process.on('disconnect', () => process.exit(0));
