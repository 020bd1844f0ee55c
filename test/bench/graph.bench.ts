/** What the graph costs: cold beside bare parsing of the same files, and per keystroke, at 400 and 1,600 entities. */
import ts from 'typescript';
import { createEntityProject, type EntityProject, type ProjectHost } from '../../src/core/typeorm/entityProject';
import type { BenchRow } from './benchRow';
import { fileOf, makeEntityFiles, type MadeUpFile } from './graphWorkspace';

const rounds = 7;
const keystrokes = 40;

export function rows(): Promise<BenchRow[]> {
  const large = makeEntityFiles(1_600);
  // The first round warms the compiler up for both.
  const parsing: number[] = [];
  const building: number[] = [];
  for (let round = 0; round < rounds; round++) {
    parsing.push(timed(() => parseAll(large)));
    building.push(timed(() => projectOver(large).project.graph()));
  }
  const [parse, build] = [median(parsing.slice(1)), median(building.slice(1))];
  const small = keystrokeTimes(makeEntityFiles(400));
  const typed = keystrokeTimes(large);
  return Promise.resolve([
    {
      what: 'graph of 1,600 entities, cold, beside bare createSourceFile',
      measured: `${(build / parse).toFixed(2)} × (${build.toFixed(0)} ms : ${parse.toFixed(0)} ms)`,
      reach: '≤ 1.5 ×',
    },
    {
      what: 'keystroke in an entity file → new graph, 1,600 entities',
      measured: `${median(typed).toFixed(1)} ms median, ${percentile(typed, 95).toFixed(1)} ms p95`,
      reach: '≤ 20 ms median',
    },
    { what: 'the same, 400 entities', measured: `${median(small).toFixed(1)} ms median`, reach: 'hardly less than with 1,600' },
  ]);
}

function parseAll(files: readonly MadeUpFile[]): void {
  for (const { file, text } of files) ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
}

function projectOver(files: readonly MadeUpFile[]): { project: EntityProject; texts: Map<string, string> } {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const host: ProjectHost = {
    roots: ['/work'],
    listSourceFiles: () => [...texts.keys()],
    listPackageManifests: () => [],
    readFile: (file) => texts.get(file),
    fileExists: (file) => texts.has(file),
    problems: () => [],
  };
  return { project: createEntityProject(ts, host), texts };
}

/** Types a column's name letter by letter into entities spread over the workspace. */
function keystrokeTimes(files: readonly MadeUpFile[]): number[] {
  const { project, texts } = projectOver(files);
  project.graph();
  return Array.from({ length: keystrokes }, (_, index) => {
    const file = fileOf((index * 37) % (files.length - 1));
    const text = texts.get(file) ?? '';
    texts.set(file, text.replace('isOverdue(now', `@Column() added${index}: string;\n\n  isOverdue(now`));
    return timed(() => {
      project.update(file);
      project.graph();
    });
  });
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return percentile(values, 50);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
