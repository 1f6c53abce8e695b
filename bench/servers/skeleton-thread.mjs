import { parentPort, workerData } from 'node:worker_threads';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connections = await Promise.all(Array.from({ length: workerData.connections }, () => instance.connect()));
// Something must hold the connections, or they are collected.
parentPort.on('message', () => connections.length);
parentPort.postMessage('ready');
