import { expectedItem, itemOfCall } from '../load/measure-in-process.mjs';
import { toolCall } from '../protocol/mcp-request.mjs';
import { cli, embedding, program } from '../system/command-line.mjs';

const echoText = 'hello world';
const echoOf = name => [{ message: toolCall(name, { text: echoText }), expectedText: echoText }];
const pointQueries = Array.from({ length: 64 }, (_, number) => {
  const id = itemOfCall(number);
  return { message: toolCall('point_query', { id }), expectedText: expectedItem(id).replaceAll('"', '\\"') };
});

const allCallers = [1, 32];

/**
 * Every server under load: how to start it, and the calls made to it. `id` names a row of the results; `callers` are
 * the numbers of calls in flight; `program` is what runs it, Node unless given.
 */
export function serverList({ small, large }) {
  return [
    {
      id: 'bare node:http',
      http: port => program('bare-http.mjs', port),
      calls: [{ id: 'bare node:http echo', messages: echoOf('echo'), callers: allCallers }],
    },
    {
      id: 'documented SDK server',
      http: port => program('documented-sdk.mjs', 'http', port),
      stdio: () => program('documented-sdk.mjs', 'stdio'),
      calls: [{ id: 'documented SDK server echo', messages: echoOf('echo'), callers: allCallers }],
    },
    {
      id: 'in-process',
      http: port => embedding('in-process-echo.js', 'http', port, small),
      stdio: () => embedding('in-process-echo.js', 'stdio', 0, small),
      calls: [{ id: 'in-process echo', messages: echoOf('echo_typescript'), callers: allCallers }],
    },
    {
      id: 'product',
      http: port => cli('serve', '-C', small, '--transport', 'streamable-http', '--port', String(port)),
      stdio: () => cli('serve', '-C', small, '--transport', 'stdio'),
      calls: [
        { id: 'TypeScript echo', messages: echoOf('echo_typescript'), callers: allCallers },
        { id: 'Python echo', messages: echoOf('echo_python'), callers: allCallers },
        { id: 'SQL point query', messages: pointQueries, callers: allCallers },
      ],
    },
    {
      id: 'product with 2,000 tools',
      http: port => cli('serve', '-C', large, '--transport', 'streamable-http', '--port', String(port)),
      calls: [
        { id: 'TypeScript echo, 2,000 tools', messages: echoOf('echo_typescript'), callers: [32] },
        { id: 'SQL point query, 2,000 tools', messages: pointQueries, callers: [32] },
      ],
    },
  ];
}

/**
 * The point query of MCP Toolbox (a Go program, SQLite) and of the product.
 *
 * @param toolbox - its program and the folder of `writeToolbox`
 */
export function toolboxPair({ small, toolbox }) {
  return [
    {
      id: 'MCP Toolbox',
      program: toolbox.program,
      http: port => ['--config', `${toolbox.folder}/tools.yaml`, '--port', String(port), ...quiet],
      calls: [{ id: 'MCP Toolbox, SQLite', messages: pointQueries, callers: allCallers }],
    },
    {
      id: 'product beside MCP Toolbox',
      http: port => cli('serve', '-C', small, '--transport', 'streamable-http', '--port', String(port)),
      calls: [{ id: 'mxcp-ts, DuckDB', messages: pointQueries, callers: allCallers }],
    },
  ];
}

/** It writes a line for every request otherwise, and asks for newer versions of itself. */
const quiet = ['--log-level', 'ERROR', '--disable-version-check', '--disable-reload'];
