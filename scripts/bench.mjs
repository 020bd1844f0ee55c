// npm run bench [-- NAME…]: runs the measurements of test/bench, or those of that name, and keeps their figures in docs/benchmarks.md: a section each.
// BENCH_NODE=/path/to/node also measures the probe on that newer Node.js.
// Every figure is a ratio, or a time measured beside its yardstick, within one run; none is a test, so nothing fails here.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main, mustRun, root, say } from './lib/run.mjs';

const benchFolder = path.join(root, 'test/bench');
// As deep as test/bench, so that what the measurements find from their own place is found from the bundles, too.
const bundleFolder = path.join(root, 'node_modules/.bench');

const figures = path.join(root, 'docs/benchmarks.md');

main(async () => {
  await ensureDependencies();
  await mustRun(process.execPath, ['esbuild.js'], { what: 'The build' });
  const wanted = process.argv.slice(2);
  const names = benchNames().filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  const sections = [];
  for (const name of names) {
    const [load] = loadavg();
    sections.push({ name, load, rows: await measure(name) });
  }
  for (const { name, rows } of sections) printRows(name, rows);
  writeFileSync(figures, toMarkdown(sections));
});

/** A measurement is a file `<name>.bench.ts` that exports `rows(): Promise<BenchRow[]>` (test/bench/benchRow.ts). */
function benchNames() {
  return readdirSync(benchFolder)
    .filter((file) => file.endsWith('.bench.ts'))
    .map((file) => file.replace('.bench.ts', ''))
    .sort();
}

async function measure(name) {
  say(`measuring: ${name}`);
  const { build } = await import('esbuild');
  mkdirSync(bundleFolder, { recursive: true });
  const outfile = path.join(bundleFolder, `${name}.cjs`);
  await build({
    entryPoints: [path.join(benchFolder, `${name}.bench.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  const { rows } = await import(pathToFileURL(outfile).href);
  return rows();
}

function printRows(name, rows) {
  console.log(`\n${name}`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, measured, reach } of rows) console.log(`  ${what.padEnd(width)}   ${measured}   (reach: ${reach})`);
}

/** The sections that were not measured stay as they are. */
function toMarkdown(measured) {
  const texts = new Map([...sectionsOf(existsSync(figures) ? readFileSync(figures, 'utf8') : ''), ...measured.map(toSection)]);
  return [
    '# Benchmarks',
    '',
    `Printed by \`npm run bench\` on ${availableParallelism()} cores, Node.js ${process.versions.node.split('.')[0]}. Ratios compare two things measured in the same run; a`,
    'machine that is slower makes both slower.',
    '',
    'Rows “on Node.js 24” or later are of a newer one beside it: `BENCH_NODE=/path/to/node npm run bench -- probe`, or the one that',
    '`npm run test:vscode` has installed. PostgreSQL alone is measured on it, as its driver is not compiled for one version of Node.js.',
    '',
    ...[...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text),
  ].join('\n');
}

function toSection({ name, load, rows }) {
  const lines = rows.map(({ what, measured, reach }) => `| ${what} | ${measured} | ${reach} |`);
  const head = [`## ${name}`, '', `Load average when it began: ${load.toFixed(1)}.`, '', '| what | measured | reach |', '|---|---|---|'];
  return [name, [...head, ...lines, ''].join('\n')];
}

function sectionsOf(text) {
  return text
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith('## '))
    .map((section) => [section.slice(3, section.indexOf('\n')), `${section.trimEnd()}\n`]);
}
