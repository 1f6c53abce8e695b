#!/usr/bin/env node
// Every running DuckDB statement holds a thread of libuv's pool, and so do files and DNS lookups. The size is read when
// the pool is first used, which the loader of ES modules does: so this file is CommonJS, and sets it before any import.
process.env.UV_THREADPOOL_SIZE ??= '16';
void import('../dist/main.js');
