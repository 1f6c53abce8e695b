import { findLimit, limits } from './limits.mjs';

/** Everything that is tried, in the order of the table, in words. */
export const rows = {
  connect: 'connect: the revision agreed on, the name of the server',
  list: 'list tools with their schemas, resources, templates, prompts',
  call: 'call a tool',
  error: 'errors: of a handler, of arguments, of a name that does not exist',
  structured: 'structured result: an object, a list',
  image: 'image and resource link in a result',
  resource: 'resource: text',
  template: 'resource by template, percent-encoded',
  binary: 'resource: bytes, fixed and by template',
  prompt: 'prompt with arguments',
  completion: 'completion of an argument',
  progress: 'progress with messages',
  log: 'log messages',
  cancellation: 'cancellation reaches the handler',
  elicitation: 'elicitation: two forms in one call, a refusal',
  sampling: 'sampling: asks the client’s model',
  roots: 'roots: asks for the client’s folders',
};

export const transports = { stdio: 'stdio', http: 'HTTP' };
const revisions = { 2026: '2026-07-28', 2025: '2025-11-25' };

/** The generated part of the page: a table for each transport, and how the limits are known. */
export function renderTables(clients) {
  const columns = clients.flatMap(client => client.eras.map(era => ({ client, era })));
  const tables = Object.values(transports).map(title => `### Over ${title}\n\n${tableOf(columns)}`);
  return [...tables, `### What the clients cannot do\n\n${limits.map(limitLine(clients)).join('\n')}`].join('\n\n');
}

function tableOf(columns) {
  const head = columns.map(({ client, era }) => `${client.title}, ${revisions[era]}`);
  const body = Object.entries(rows).map(([what, words]) => [words, ...columns.map(({ client }) => cell(client, what))]);
  return [['', ...head], ['---', ...head.map(() => '---')], ...body]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Every cell was tried when this is rendered: what has no limit works. */
function cell(client, what) {
  const limit = findLimit(client, what);
  return limit === undefined ? 'yes' : `no: ${limit.because}`;
}

function limitLine(clients) {
  return ({ what, clients: ids, known }) => {
    const titles = ids.map(id => clients.find(client => client.id === id).title);
    return `- ${titles.join(' and ')}, ${rows[what].split(':')[0]}: ${known}.`;
  };
}
