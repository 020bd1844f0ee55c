/**
 * What the graph costs as a workspace grows: cold beside bare parsing of the same entity files, and per keystroke, alone and with the
 * diagnostics of the whole workspace, by the calls that the language server makes. Then the real server: how soon it has answered, and what it weighs.
 *
 * The bare parse is what `createSourceFile` does when asked for nothing but a tree: JSDoc included, no parent pointers, each tree dropped at once.
 * The graph leaves JSDoc and the bodies of methods out, and reads all files of the workspace to find those with entities.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { createEntityProject, type EntityProject, type ProjectHost } from '../../src/core/typeorm/entityProject';
import { createLanguageService, type LanguageService } from '../../src/service/createLanguageService';
import { packageFacts } from '../../src/service/packageFacts';
import type { BenchRow } from './benchRow';
import { serverRows } from './languageServer';
import { makeWorkspace, type MadeUpFile, type MadeUpWorkspace } from './graphWorkspace';
import { median, percentile } from './statistics';

const sizes = [100, 400, 1_600, 6_400];
/** What is typed into an entity, letter by letter: half of the time the file does not parse. */
const typed = '@Column({ nullable: true }) remark?: string;\n  ';
const editedFiles = 4;

export async function rows(): Promise<BenchRow[]> {
  // V8 forgets the code of a parser, or of a graph, of which no object is left: these few are kept while both are measured.
  const kept = keepWarm(makeWorkspace(80));
  // The compiler and our own code are warm for all sizes alike.
  coldRatios(makeWorkspace(400), 12);
  const cold = sizes.map((size) => coldRow(size));
  kept.length = 0;
  const fresh = sizes.map((size) => freshRow(size));
  const keystrokes = sizes.map((size) => keystrokeRows(size));
  const server = await serverRows(1_600);
  return [...cold, ...fresh, ...keystrokes.map(({ graph }) => graph), ...keystrokes.map(({ diagnostics }) => diagnostics), ...server];
}

function keepWarm(workspace: MadeUpWorkspace): unknown[] {
  const { project } = projectOver(workspace);
  return [...workspace.entityFiles.map(parse), project, project.graph()];
}

function coldRow(size: number): BenchRow {
  const rounds = coldRatios(makeWorkspace(size), size > 2_000 ? 5 : 11);
  const [build, parse] = [median(rounds.map((round) => round.build.own)), median(rounds.map((round) => round.parse.own))];
  const ratio = median(rounds.map((round) => round.build.own / round.parse.own));
  const withHelpers = median(rounds.map((round) => round.build.all / round.parse.all));
  const each = (1_000 * build) / size;
  return {
    what: `graph of ${size.toLocaleString('en')} entities, cold, beside bare createSourceFile`,
    measured: `${ratio.toFixed(2)} × (${build.toFixed(0)} ms : ${parse.toFixed(0)} ms; ${each.toFixed(0)} µs an entity; ${withHelpers.toFixed(2)} × with V8’s helper threads)`,
    reach: '≤ 1.5 ×, linear',
  };
}

interface ColdRound {
  readonly parse: ThreadTimes;
  readonly build: ThreadTimes;
}

/** The two take turns, so that whatever else the machine does falls on both; and neither pays for the garbage of the other. */
function coldRatios(workspace: MadeUpWorkspace, rounds: number): ColdRound[] {
  return Array.from({ length: rounds }, () => ({
    parse: threadTimes(() => void workspace.entityFiles.forEach(parse)),
    build: threadTimes(() => projectOver(workspace).project.graph()),
  }));
}

const freshRounds = 5;

/** The same in processes that have done nothing yet but load the compiler and our code: V8 compiles both as they are first used, as when a workspace is opened. */
function freshRow(size: number): BenchRow {
  const rounds = Array.from({ length: freshRounds }, () => ({ parse: inFreshProcess('parse', size), build: inFreshProcess('build', size) }));
  const [build, parsed] = [median(rounds.map((round) => round.build)), median(rounds.map((round) => round.parse))];
  const ratio = median(rounds.map((round) => round.build / round.parse));
  return {
    what: `graph of ${size.toLocaleString('en')} entities, in a process just started, beside bare createSourceFile in another`,
    measured: `${ratio.toFixed(2)} × (${build.toFixed(0)} ms : ${parsed.toFixed(0)} ms)`,
    reach: '—',
  };
}

type FreshWork = 'parse' | 'build';

function inFreshProcess(work: FreshWork, size: number): number {
  const script = 'const [file, work, size] = process.argv.slice(1); console.log(require(file).timeOnce(work, Number(size)))';
  return Number(execFileSync(process.execPath, ['-e', script, __filename, work, String(size)], { encoding: 'utf8' }));
}

/** What the first parsing, or the first graph, of a process takes, in milliseconds of its main thread. */
export function timeOnce(work: FreshWork, size: number): number {
  const workspace = makeWorkspace(size);
  return threadTimes(() => (work === 'parse' ? workspace.entityFiles.forEach(parse) : projectOver(workspace).project.graph())).own;
}

function parse({ file, text }: MadeUpFile): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
}

interface OpenProject {
  readonly project: EntityProject;
  readonly host: ProjectHost;
  readonly texts: Map<string, string>;
}

function projectOver({ files }: MadeUpWorkspace): OpenProject {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  const sources = files.map(({ file }) => file).filter((file) => file.endsWith('.ts'));
  const host: ProjectHost = {
    roots: ['/shop'],
    listSourceFiles: () => sources,
    listPackageManifests: () => ['/shop/package.json'],
    readFile: (file) => texts.get(file),
    fileExists: (file) => texts.has(file),
    problems: () => [],
  };
  return { project: createEntityProject(ts, host), host, texts };
}

function keystrokeRows(size: number): { readonly graph: BenchRow; readonly diagnostics: BenchRow } {
  const workspace = makeWorkspace(size);
  const alone = projectOver(workspace);
  const graph = typeInto(workspace, alone, () => alone.project.graph());
  const served = projectOver(workspace);
  const service = serve(served);
  const diagnostics = typeInto(workspace, served, () => (service.graph(), service.diagnostics()), service);
  const reach = '≤ 20 ms median at any size';
  const entities = `${size.toLocaleString('en')} entities`;
  return {
    graph: { what: `keystroke → graph, ${entities}`, measured: times(graph), reach },
    diagnostics: { what: `keystroke → graph and diagnostics, ${entities}`, measured: times(diagnostics), reach },
  };
}

function serve({ project, host }: OpenProject): LanguageService {
  return createLanguageService({
    typescript: ts,
    project,
    readFile: (file) => host.readFile(file),
    facts: () => packageFacts(host.listPackageManifests(), (file) => host.readFile(file)),
    documentationOf: () => null,
  });
}

/** Times every letter typed into files spread over the workspace, once everything is there. */
function typeInto({ entityFiles }: MadeUpWorkspace, { project, texts }: OpenProject, answer: () => unknown, service?: LanguageService): number[] {
  answer();
  const classes = entityFiles.filter(({ text }) => text.includes('@ManyToOne'));
  const files = Array.from({ length: editedFiles }, (_, index) => classes[Math.floor((index + 0.5) * (classes.length / editedFiles))]);
  return files.flatMap((file) => {
    if (!file) return [];
    const at = file.text.indexOf('@ManyToOne');
    return Array.from(typed, (_, index) => {
      texts.set(file.file, file.text.slice(0, at) + typed.slice(0, index + 1) + file.text.slice(at));
      return timed(() => {
        service?.fileChanged(file.file);
        project.update(file.file);
        answer();
      });
    });
  });
}

function times(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms median, ${percentile(values, 95).toFixed(1)} ms p95`;
}

/** Processor time in milliseconds, garbage collection included: what else the machine does then hardly counts. */
function timed(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** Processor time in milliseconds: of the thread that does the work, and with those in which V8 compiles and collects garbage beside it. */
interface ThreadTimes {
  readonly own: number;
  readonly all: number;
}

function threadTimes(run: () => unknown): ThreadTimes {
  collectGarbage();
  const start = ownTime();
  const all = timed(run);
  return { own: start === null ? all : (ownTime() ?? 0) - start, all };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What Linux tells of the main thread, in nanoseconds; null elsewhere. */
function ownTime(): number | null {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : null;
}
