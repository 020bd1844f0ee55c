/** The rules about code outside of entities, over the files that are asked about: open documents in an editor, all of them on the command line. */
import type { EditContext } from '../core/edits/editContext';
import { parseSource, type SourceText, type TypeScript } from '../core/edits/sourceText';
import type { RelationGraph } from '../core/model/relationGraph';
import { filesSince, nextStep, type CheckStep } from '../core/rules/checkSteps';
import { checkResult, type CheckResult } from '../core/rules/problemsByFile';
import type { Problem } from '../core/rules/rule';
import { readSuppressions } from '../core/rules/suppression';
import { checkUsages } from '../core/usage/rules/checkUsages';
import type { PackageFacts } from './packageFacts';
import type { ServiceSettings } from './settings';

export interface UsageCheckHost {
  readonly typescript: TypeScript;
  readonly readFile: EditContext['readFile'];
  readonly facts: () => PackageFacts;
  /** The files to look at. */
  readonly usageFiles: () => Iterable<string>;
  /** All files, in one of which a DataSource may say how conditions that are null are meant. */
  readonly sourceFiles: () => Iterable<string>;
}

export interface UsageCheck {
  fileChanged(file: string): void;
  /** The rules' result with what is found in those files; the same object where nothing is found, or nothing has changed. */
  addTo(checked: CheckResult, graph: RelationGraph, settings: ServiceSettings): CheckResult;
}

interface CheckedFile {
  readonly text: string;
  readonly source: SourceText;
  readonly graph: RelationGraph;
  readonly problems: readonly Problem[];
}

export function createUsageCheck({ typescript, readFile, facts, usageFiles, sourceFiles }: UsageCheckHost): UsageCheck {
  const files = new Map<string, CheckedFile>();
  let typeormMajor: number | null | undefined;
  let latest: { readonly key: readonly unknown[]; readonly result: CheckResult } | null = null;
  let names: { readonly graph: RelationGraph; readonly all: ReadonlySet<string> } | null = null;
  const merged = new MergedProblems(readFile);
  const nullish = new NullishMeaning(readFile, sourceFiles);

  const checkFile = (file: string, graph: RelationGraph): readonly Problem[] => {
    const text = readFile(file);
    if (text === undefined || !MAY_USE.test(text)) {
      files.delete(file);
      return [];
    }
    const before = files.get(file);
    if (before?.text === text && before.graph === graph) return before.problems;
    if (names?.graph !== graph) names = { graph, all: new Set(graph.entities.map(({ name }) => name)) };
    const entityNames = names.all;
    const source = before?.text === text ? { ...before.source, entityNames } : parseSource(typescript, file, text, entityNames);
    typeormMajor ??= facts().typeormMajor;
    const found = checkUsages(source, graph, typeormMajor);
    const problems = found.some(isNullish) && nullish.isSaid() ? found.filter((problem) => !isNullish(problem)) : found;
    files.set(file, { text, source, graph, problems });
    return problems;
  };

  return {
    fileChanged(file) {
      if (nullish.fileChanged(file)) files.clear();
      if (!file.endsWith('/package.json')) return;
      typeormMajor = undefined;
      files.clear();
    },
    addTo(checked, graph, settings) {
      const wanted = new Set(usageFiles());
      for (const file of files.keys()) if (!wanted.has(file)) files.delete(file);
      const found = [...wanted].map((file) => ({ file, problems: checkFile(file, graph) })).filter(({ problems }) => problems.length > 0);
      const key = [checked, settings.rules, ...found.flatMap(({ file, problems }) => [file, problems])];
      if (latest?.key.length === key.length && latest.key.every((part, position) => part === key[position])) return latest.result;
      const result = found.length === 0 ? checked : merged.merge(checked, found, settings);
      latest = { key, result };
      return result;
    },
  };
}

const isNullish = ({ rule }: Problem): boolean => rule === 'nullish-where';

/** Whether a DataSource of the workspace says what `null` and `undefined` in conditions mean (`invalidWhereValuesBehavior`). */
class NullishMeaning {
  /** The file that says it; null where none does, undefined where nobody has asked yet. */
  private saidIn: string | null | undefined;

  constructor(
    private readonly readFile: EditContext['readFile'],
    private readonly sourceFiles: () => Iterable<string>,
  ) {}

  isSaid(): boolean {
    if (this.saidIn === undefined) this.saidIn = [...this.sourceFiles()].find((file) => this.says(file)) ?? null;
    return this.saidIn !== null;
  }

  /** True where the answer may be another one now. */
  fileChanged(file: string): boolean {
    if (this.saidIn === undefined || (this.saidIn !== file && (this.saidIn !== null || !this.says(file)))) return false;
    this.saidIn = undefined;
    return true;
  }

  private says(file: string): boolean {
    return /\binvalidWhereValuesBehavior\b/.test(this.readFile(file) ?? '');
  }
}

/** A file without these words names no property outside of an entity. */
const MAY_USE = /\bcreateQueryBuilder\b|\.(?:find|count|exist)\w*\s*\(|\.transaction\s*\(/;

interface FoundIn {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** The rules' problems together with those of usages, kept up to date: only files that something happened in are put together again. */
class MergedProblems {
  private readonly byFile = new Map<string, readonly Problem[]>();
  /** The files with problems of usages, as they were last merged. */
  private withUsages: readonly string[] = [];
  private seen: object | null = null;
  private step: CheckStep | null = null;

  constructor(private readonly readFile: EditContext['readFile']) {}

  merge(checked: CheckResult, found: readonly FoundIn[], { rules }: ServiceSettings): CheckResult {
    const changed = filesSince(this.seen, checked.step) ?? [...this.byFile.keys(), ...checked.byFile.keys()];
    const files = new Set([...changed, ...this.withUsages, ...found.map(({ file }) => file)]);
    for (const file of files) this.put(file, checked.byFile.get(file) ?? []);
    let { suppressed } = checked;
    for (const { file, problems } of found) {
      const wanted = problems.flatMap((problem) => withSeverity(problem, rules));
      const comments = readSuppressions(this.readFile(file) ?? '');
      const shown = wanted.filter(({ rule, source }) => !comments.covers(rule, source.line));
      suppressed += wanted.length - shown.length;
      if (shown.length > 0) this.put(file, [...(this.byFile.get(file) ?? []), ...shown].sort(byPlace));
    }
    this.withUsages = found.map(({ file }) => file);
    this.seen = checked.step.to;
    this.step = nextStep(this.step, [...files]);
    return checkResult(this.byFile, suppressed, this.step);
  }

  private put(file: string, problems: readonly Problem[]): void {
    if (problems.length > 0) this.byFile.set(file, problems);
    else this.byFile.delete(file);
  }
}

function withSeverity(problem: Problem, rules: ServiceSettings['rules']): Problem[] {
  const severity = rules[problem.rule];
  if (severity === 'off') return [];
  return [severity ? { ...problem, severity } : problem];
}

function byPlace(a: Problem, b: Problem): number {
  return a.source.line - b.source.line || a.source.column - b.source.column;
}
