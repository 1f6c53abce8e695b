import { parentPort, workerData } from 'node:worker_threads';
import { DuckDBInstance } from '@duckdb/node-api';
import { pointQuery, setupSql } from '../projects/generate-project.mjs';

const instance = await DuckDBInstance.create(':memory:');
const setup = await instance.connect();
await setup.run(setupSql);
const idle = await Promise.all(Array.from({ length: workerData.connections }, prepareOne));
const waiting = [];

async function prepareOne() {
  const connection = await instance.connect();
  return await connection.prepare(pointQuery);
}

async function answerAll(first, statement) {
  for (let request = first; request !== undefined; request = waiting.shift()) {
    statement.bind({ id: request.id });
    const reader = await statement.runAndReadAll();
    parentPort.postMessage({ call: request.call, text: JSON.stringify(reader.getRowObjectsJson()[0]) });
  }
  idle.push(statement);
}

parentPort.on('message', request => {
  const statement = idle.pop();
  if (statement === undefined) waiting.push(request);
  else void answerAll(request, statement);
});
parentPort.postMessage('ready');
