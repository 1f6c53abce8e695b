// Renders bench/results/latest.json into docs/performance.md, between its markers.
import { readFileSync, writeFileSync } from 'node:fs';
import { renderReport } from './report/render-report.mjs';

const page = new URL('../docs/performance.md', import.meta.url);
const [start, end] = ['<!-- bench: start -->', '<!-- bench: end -->'];

const results = JSON.parse(readFileSync(new URL('results/latest.json', import.meta.url), 'utf8'));
const text = readFileSync(page, 'utf8');
const [from, to] = [text.indexOf(start), text.indexOf(end)];
if (from < 0 || to < from) throw new Error(`docs/performance.md lacks the markers ${start} and ${end}.`);
writeFileSync(page, `${text.slice(0, from + start.length)}\n\n${renderReport(results)}\n\n${text.slice(to)}`);
