import type { Entity, RelationGraph } from '../model/relationGraph';
import type { SourceText } from '../edits/sourceText';
import { allRules } from './allRules';
import type { FileFacts } from './memberFacts';
import type { Problem, Rule, RuleContext, Severity } from './rule';
import type { Suppressions } from './suppression';

export interface CheckOptions {
  readonly sourceOf: (file: string) => SourceText | null;
  readonly typeormMajor: number | null;
  readonly indexesForeignKeys: boolean;
  readonly factsOf: (file: string) => FileFacts;
  /** The comments of a file that silence problems. */
  readonly suppressionsIn: (file: string) => Suppressions;
  /** Severity by rule id, `off` to leave one out; absent: as the rule says. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly rules?: readonly Rule[];
}

export interface CheckResult {
  /** By file, then place. */
  readonly problems: readonly Problem[];
  /** How many were left out because a comment asks for it. */
  readonly suppressed: number;
}

export function checkRules(graph: RelationGraph, options: CheckOptions): CheckResult {
  const context = contextOf(graph, options);
  const found = (options.rules ?? allRules).flatMap((rule) => (options.severities?.[rule.id] === 'off' ? [] : [...rule.check(context)]));
  const distinct = onePerPlace(found).map((problem) => withSeverity(problem, options.severities?.[problem.rule]));
  const shown = distinct.filter((problem) => !isSuppressed(options, problem));
  return { problems: shown.sort(byPlace), suppressed: distinct.length - shown.length };
}

function contextOf(graph: RelationGraph, { sourceOf, factsOf, typeormMajor, indexesForeignKeys }: CheckOptions): RuleContext {
  const byId = new Map(graph.entities.map((entity) => [entity.id, entity]));
  const entity = (id: string | null): Entity | undefined => (id === null ? undefined : byId.get(id));
  return {
    graph,
    typeormMajor,
    indexesForeignKeys,
    sourceOf,
    factsOf,
    entity,
    inverseOf: (relation) => {
      const target = entity(relation.targetId);
      const inverse = relation.inverse === null ? undefined : target?.relations.find(({ property }) => property === relation.inverse);
      return target && inverse ? { entity: target, relation: inverse } : undefined;
    },
  };
}

/** A field of a base class is checked once for each entity that inherits it; the user sees it once. */
function onePerPlace(problems: readonly Problem[]): Problem[] {
  const byKey = new Map<string, Problem>();
  for (const problem of problems) {
    const { file, line, column } = problem.source;
    const key = `${problem.rule}:${file}:${line}:${column}`;
    if (!byKey.has(key)) byKey.set(key, problem);
  }
  return [...byKey.values()];
}

function withSeverity(problem: Problem, severity: Severity | 'off' | undefined): Problem {
  return severity && severity !== 'off' ? { ...problem, severity } : problem;
}

function isSuppressed({ suppressionsIn }: CheckOptions, { rule, source }: Problem): boolean {
  return suppressionsIn(source.file).covers(rule, source.line);
}

function byPlace(a: Problem, b: Problem): number {
  const files = a.source.file < b.source.file ? -1 : a.source.file > b.source.file ? 1 : 0;
  return files || a.source.line - b.source.line || a.source.column - b.source.column || (a.rule < b.rule ? -1 : 1);
}
