// npm run bench [-- NAME…]: runs the measurements of test/bench and keeps their figures in docs/benchmarks.md.
// Every figure is a ratio, or a time measured beside its yardstick, within one run; none is a test, so nothing fails here.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main, mustRun, root, say } from './lib/run.mjs';

const benchFolder = path.join(root, 'test/bench');
// As deep as test/bench, so that what the measurements find from their own place is found from the bundles, too.
const bundleFolder = path.join(root, 'node_modules/.bench');

const [load] = loadavg();

main(async () => {
  await ensureDependencies();
  await mustRun(process.execPath, ['esbuild.js'], { what: 'The build' });
  const wanted = process.argv.slice(2);
  const names = benchNames().filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  const sections = [];
  for (const name of names) sections.push({ name, rows: await measure(name) });
  for (const { name, rows } of sections) printRows(name, rows);
  if (wanted.length === 0) writeFileSync(path.join(root, 'docs/benchmarks.md'), toMarkdown(sections));
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

function toMarkdown(sections) {
  const tables = sections.map(({ name, rows }) => {
    const lines = rows.map(({ what, measured, reach }) => `| ${what} | ${measured} | ${reach} |`);
    return [`## ${name}`, '', '| what | measured | reach |', '|---|---|---|', ...lines, ''].join('\n');
  });
  return [
    '# Benchmarks',
    '',
    `Printed by \`npm run bench\` on ${availableParallelism()} cores, Node.js ${process.versions.node.split('.')[0]}. Ratios compare two things measured in the same run; a`,
    `machine that is slower makes both slower. Load average when it began: ${load.toFixed(1)}.`,
    '',
    ...tables,
  ].join('\n');
}
