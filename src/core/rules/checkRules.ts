/**
 * Runs the rules over a graph, and over the next one only where something has changed. What a verdict on an entity rests on is noted
 * while its rules run (other entities, files, what could not be read); an edit repeats the entities that it is about and those whose
 * verdicts rest on them. The result is always the one that a fresh check would give.
 */
import type { SourceText } from '../edits/sourceText';
import { entityDifferences } from '../model/entityDifferences';
import type { GraphProblemCode } from '../model/graphProblemCodes';
import { isInstalled } from '../model/isInstalled';
import type { Entity, EntityId, GraphProblem, RelationGraph } from '../model/relationGraph';
import { allRules } from './allRules';
import { EntityTraits } from './entityTraits';
import { graphProblemToProblem } from './graphProblems';
import type { FileFacts } from './memberFacts';
import { ProblemsByFile, type CheckResult } from './problemsByFile';
import { ReadTracker } from './readTracker';
import type { Rule, RuleContext, Severity, Trait } from './rule';
import type { Suppressions } from './suppression';

export interface CheckOptions {
  readonly sourceOf: (file: string) => SourceText | null;
  readonly factsOf: (file: string) => FileFacts;
  /** The comments of a file that silence problems. */
  readonly suppressionsIn: (file: string) => Suppressions;
  readonly typeormMajor: number | null;
  readonly indexesForeignKeys: boolean;
  /** Whether a file is an ECMAScript module; absent: none is. */
  readonly isEcmaScriptModule?: (file: string) => boolean;
  /** The package that a file belongs to; absent: all are of one. */
  readonly packageOf?: (file: string) => string;
  /** Severity by rule id, `off` to leave one out; absent: as the rule says. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly rules?: readonly Rule[];
}

/** One check from scratch. */
export function checkRules(graph: RelationGraph, options: CheckOptions): CheckResult {
  return new RuleChecker(options).check(graph);
}

/** Checks graph after graph under the same options. */
export class RuleChecker {
  private graph: RelationGraph = { entities: [], problems: [] };
  private readonly entities = new Map<EntityId, Entity>();
  private readonly traits = new EntityTraits();
  private readonly unknownParts = new Map<string, readonly GraphProblem[]>();
  private readonly reads = new ReadTracker<EntityId>();
  private readonly found: ProblemsByFile;
  private readonly rules: readonly Rule[];
  private readonly context: RuleContext;
  private readonly stale = new Set<EntityId>();

  constructor(options: CheckOptions) {
    const { severities = {}, rules = allRules } = options;
    this.rules = rules.filter(({ id }) => severities[id] !== 'off');
    this.found = new ProblemsByFile(severities, options.suppressionsIn);
    this.context = this.contextOf(options);
  }

  /** Tells that the text of a file is another one. */
  fileChanged(file: string): void {
    this.doubt(`file ${file}`);
    this.found.fileChanged(file);
  }

  check(graph: RelationGraph): CheckResult {
    if (graph !== this.graph) this.follow(graph);
    for (const id of this.stale) this.checkAgain(id);
    this.stale.clear();
    return this.found.result();
  }

  private follow({ entities, problems }: RelationGraph): void {
    const { changed, removed } = entityDifferences(this.graph.entities, entities);
    for (const { id } of removed) {
      this.entities.delete(id);
      this.traitsChanged(this.traits.replace(id, null));
      this.found.replace(id, []);
      this.stale.delete(id);
      this.reads.forget(id);
      this.doubt(`entity ${id}`);
    }
    for (const entity of changed) {
      this.entities.set(entity.id, entity);
      this.traitsChanged(this.traits.replace(entity.id, entity));
      this.stale.add(entity.id);
      this.doubt(`entity ${entity.id}`);
    }
    if (problems !== this.graph.problems) this.followProblems(problems);
    if (changed.length + removed.length > 0) this.found.order(entities);
    this.graph = { entities, problems };
  }

  private followProblems(problems: readonly GraphProblem[]): void {
    this.found.replaceGraphProblems(problems.flatMap((problem) => graphProblemToProblem(problem, this.context.sourceOf) ?? []));
    const unknown = new Map<string, GraphProblem[]>();
    for (const problem of problems) {
      if (!UNKNOWN_PARTS.has(problem.code)) continue;
      const inFile = unknown.get(problem.source.file);
      if (inFile) inFile.push(problem);
      else unknown.set(problem.source.file, [problem]);
    }
    for (const file of new Set([...this.unknownParts.keys(), ...unknown.keys()])) {
      const [before, now] = [this.unknownParts.get(file) ?? [], unknown.get(file) ?? []];
      if (before.length === now.length && before.every(({ source }, index) => source.line === now[index]?.source.line)) continue;
      if (now.length > 0) this.unknownParts.set(file, now);
      else this.unknownParts.delete(file);
      this.doubt(`unknown ${file}`);
    }
  }

  private traitsChanged(traits: Iterable<Trait>): void {
    for (const trait of traits) this.doubt(trait);
  }

  private doubt(key: string): void {
    for (const id of this.reads.readersOf(key)) this.stale.add(id);
  }

  private checkAgain(id: EntityId): void {
    const entity = this.entities.get(id);
    if (!entity) return;
    // A package's entities are in the graph for what leads to them; nothing of them is the user's to mend.
    if (isInstalled(entity.source.file)) return;
    const problems = this.reads.track(id, () => this.rules.flatMap((rule) => [...rule.check(this.context, entity)]));
    this.found.replace(id, problems);
  }

  private contextOf({
    sourceOf,
    factsOf,
    typeormMajor,
    indexesForeignKeys,
    packageOf = () => '',
    isEcmaScriptModule = () => false,
  }: CheckOptions): RuleContext {
    const entity = (id: string | null): Entity | undefined => {
      if (id === null) return undefined;
      this.reads.note(`entity ${id}`);
      return this.entities.get(id);
    };
    return {
      typeormMajor,
      indexesForeignKeys,
      isEcmaScriptModule,
      sourceOf: (file) => (this.reads.note(`file ${file}`), sourceOf(file)),
      factsOf: (file) => (this.reads.note(`file ${file}`), factsOf(file)),
      entity,
      entitiesWith: (trait) => {
        this.reads.note(trait);
        return this.traits.holdersOf(trait).flatMap((id) => entity(id) ?? []);
      },
      isSameProgram: (a, b) => programOf(a.source.file, packageOf) === programOf(b.source.file, packageOf),
      inverseOf: (relation) => {
        const target = entity(relation.targetId);
        const inverse = relation.inverse === null ? undefined : target?.relations.find(({ property }) => property === relation.inverse);
        return target && inverse ? { entity: target, relation: inverse } : undefined;
      },
      hasUnknownParts: ({ range }) => {
        this.reads.note(`unknown ${range.file}`);
        return (this.unknownParts.get(range.file) ?? []).some(({ source }) => source.line >= range.line && source.line <= range.endLine);
      },
    };
  }
}

/** Workspaces of Nest and Nx hold several apps in one package, each in a folder of its own under `apps`. */
function programOf(file: string, packageOf: (file: string) => string): string {
  return packageOf(file) + (/\/(?:apps|services|examples|samples)\/[^/]+\//.exec(file)?.[0] ?? '');
}

/** Problems of the graph that say: there may be more members than are known. */
const UNKNOWN_PARTS: ReadonlySet<GraphProblemCode> = new Set(['unresolved-base', 'unresolved-embedded']);
