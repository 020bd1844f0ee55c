/**
 * What the graph costs as a workspace grows: cold beside bare parsing of the same entity files, and per keystroke, alone and with the
 * diagnostics of the whole workspace, by the calls that the language server makes. Then the real server: how soon it has answered, and what it weighs.
 */
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
  // The compiler and our own code are warm for all sizes alike.
  coldRatios(makeWorkspace(400), 4);
  const cold = sizes.map((size) => coldRow(size));
  const keystrokes = sizes.map((size) => keystrokeRows(size));
  const server = await serverRows(1_600);
  return [...cold, ...keystrokes.map(({ graph }) => graph), ...keystrokes.map(({ diagnostics }) => diagnostics), ...server];
}

function coldRow(size: number): BenchRow {
  const rounds = coldRatios(makeWorkspace(size), size > 2_000 ? 3 : 9);
  const [build, parse] = [median(rounds.map((round) => round.build)), median(rounds.map((round) => round.parse))];
  const ratio = median(rounds.map((round) => round.build / round.parse));
  return {
    what: `graph of ${size.toLocaleString('en')} entities, cold, beside bare createSourceFile`,
    measured: `${ratio.toFixed(2)} × (${build.toFixed(0)} ms : ${parse.toFixed(0)} ms; ${((1_000 * build) / size).toFixed(0)} µs an entity)`,
    reach: '≤ 1.5 ×, linear',
  };
}

/** The two take turns, so that whatever else the machine does falls on both. */
function coldRatios(workspace: MadeUpWorkspace, rounds: number): { readonly parse: number; readonly build: number }[] {
  return Array.from({ length: rounds }, () => ({
    parse: timed(() => parseAll(workspace.entityFiles)),
    build: timed(() => projectOver(workspace).project.graph()),
  }));
}

function parseAll(files: readonly MadeUpFile[]): void {
  for (const { file, text } of files) ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
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
    roots: ['/work'],
    listSourceFiles: () => sources,
    listPackageManifests: () => ['/work/package.json'],
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
