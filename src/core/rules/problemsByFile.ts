/** Problems as the user sees them, file by file; only the files that something happened in are put together again. */
import type { Entity, EntityId } from '../model/relationGraph';
import { nextStep, type CheckStep } from './checkSteps';
import type { Problem, Severity } from './rule';
import type { Suppressions } from './suppression';

export interface CheckResult {
  /** By file, then place. */
  readonly problems: readonly Problem[];
  /**
   * By place; a file without problems is left out. The same list as before where nothing happened in the file. The map is kept up to date
   * rather than made anew for each result: it is for those who read it before the next check.
   */
  readonly byFile: ReadonlyMap<string, readonly Problem[]>;
  /** How many were left out because a comment asks for it. */
  readonly suppressed: number;
  /** What became other than in the result before. */
  readonly step: CheckStep;
}

/** Everything found in one file, by the entity whose check found it; what the graph itself found stands under the empty id. */
type Found = Map<EntityId, readonly Problem[]>;

const OF_THE_GRAPH = '';

export class ProblemsByFile {
  private readonly found = new Map<string, Found>();
  private readonly filesOf = new Map<EntityId, readonly string[]>();
  private readonly shown = new Map<string, readonly Problem[]>();
  private readonly suppressed = new Map<string, number>();
  private readonly dirty = new Set<string>();
  private entities: readonly Entity[] = [];
  private positions: ReadonlyMap<EntityId, number> | null = null;
  private latest: CheckResult | null = null;

  constructor(
    private readonly severities: Readonly<Record<string, Severity | 'off'>>,
    private readonly suppressionsIn: (file: string) => Suppressions,
  ) {}

  /** What the rules now say about an entity, in place of what they said before. */
  replace(id: EntityId, problems: readonly Problem[]): void {
    for (const file of this.filesOf.get(id) ?? []) {
      this.found.get(file)?.delete(id);
      this.dirty.add(file);
    }
    this.filesOf.delete(id);
    if (problems.length === 0) return;
    const byFile = new Map<string, Problem[]>();
    for (const problem of problems) {
      const list = byFile.get(problem.source.file);
      if (list) list.push(problem);
      else byFile.set(problem.source.file, [problem]);
    }
    for (const [file, list] of byFile) {
      const found = this.found.get(file);
      if (found) found.set(id, list);
      else this.found.set(file, new Map([[id, list]]));
      this.dirty.add(file);
    }
    this.filesOf.set(id, [...byFile.keys()]);
  }

  replaceGraphProblems(problems: readonly Problem[]): void {
    this.replace(OF_THE_GRAPH, problems);
  }

  /** The entities' order in the graph: of those that inherit one field, the first one speaks. */
  order(entities: readonly Entity[]): void {
    if (!areSameInOrder(this.entities, entities)) this.positions = null;
    this.entities = entities;
  }

  /** Its comments may silence other problems. */
  fileChanged(file: string): void {
    if (this.found.has(file)) this.dirty.add(file);
  }

  result(): CheckResult {
    if (this.latest && this.dirty.size === 0) return this.latest;
    for (const file of this.dirty) this.show(file);
    const step = nextStep(this.latest?.step ?? null, [...this.dirty]);
    this.dirty.clear();
    const suppressed = [...this.suppressed.values()].reduce((sum, count) => sum + count, 0);
    this.latest = checkResult(this.shown, suppressed, step);
    return this.latest;
  }

  private show(file: string): void {
    const found = this.found.get(file);
    const distinct = found ? onePerPlace(this.inOrder(found)).flatMap((problem) => this.withSeverity(problem) ?? []) : [];
    const suppressions = distinct.length > 0 ? this.suppressionsIn(file) : null;
    const shown = distinct.filter(({ rule, source }) => !suppressions?.covers(rule, source.line));
    if (found?.size === 0) this.found.delete(file);
    if (shown.length > 0) this.shown.set(file, shown.sort(byPlace));
    else this.shown.delete(file);
    if (distinct.length > shown.length) this.suppressed.set(file, distinct.length - shown.length);
    else this.suppressed.delete(file);
  }

  private inOrder(found: Found): Problem[] {
    if (found.size < 2) return [...found.values()].flat();
    const positions = (this.positions ??= new Map(this.entities.map(({ id }, position) => [id, position])));
    const position = (id: EntityId): number => positions.get(id) ?? -1;
    return [...found].sort(([left], [right]) => position(left) - position(right)).flatMap(([, problems]) => problems);
  }

  /** Null where it is switched off. */
  private withSeverity(problem: Problem): Problem | null {
    const severity = this.severities[problem.rule];
    if (severity === 'off') return null;
    return severity ? { ...problem, severity } : problem;
  }
}

/** The list of all problems is made when someone asks: an editor asks file by file. */
export function checkResult(byFile: CheckResult['byFile'], suppressed: number, step: CheckStep): CheckResult {
  let all: readonly Problem[] | null = null;
  return {
    byFile,
    suppressed,
    step,
    get problems() {
      return (all ??= [...byFile].sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([, problems]) => problems));
    },
  };
}

/** Whether an edit has moved no entity: most are even the same objects. */
function areSameInOrder(before: readonly Entity[], now: readonly Entity[]): boolean {
  return before.length === now.length && now.every((entity, index) => entity === before[index] || entity.id === before[index]?.id);
}

/** A field of a base class is checked once for each entity that inherits it; the user sees it once. */
function onePerPlace(problems: readonly Problem[]): Problem[] {
  const byKey = new Map<string, Problem>();
  for (const problem of problems) {
    const key = `${problem.rule}:${problem.source.line}:${problem.source.column}`;
    if (!byKey.has(key)) byKey.set(key, problem);
  }
  return [...byKey.values()];
}

function byPlace(a: Problem, b: Problem): number {
  return a.source.line - b.source.line || a.source.column - b.source.column || (a.rule < b.rule ? -1 : 1);
}
