import { fileURLToPath } from 'node:url';

const fileOf = path => fileURLToPath(new URL(path, import.meta.url));

/** The arguments of Node that run the CLI of this repository. */
export const cli = (...args) => [fileOf('../../cli/bin/mxcp-ts.js'), ...args];

/** The arguments of Node that run a program of `bench/servers`. */
export const program = (name, ...args) => [fileOf(`../servers/${name}`), ...args.map(String)];

/** The arguments of Node that run a program of `bench/servers` which embeds the product: see `buildPrograms`. */
export const embedding = (name, ...args) => [fileOf(`../dist/${name}`), ...args.map(String)];
