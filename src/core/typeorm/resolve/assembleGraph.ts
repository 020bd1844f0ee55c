/**
 * Linked entities → the graph. It is put together from slices of the workspace, so that an edit looks at one slice and at the list of
 * slices rather than at every entity.
 */
import type { Entity, EntityId, GraphProblem, RelationGraph } from '../../model/relationGraph';
import type { QueryStore } from '../incremental';
import { sameData } from '../../model/sameData';
import { checkTogether, placeProblem, type Contribution, type JointProblem } from './checkTogether';
import type { LinkedEntity } from './linkEntity';

export interface AssemblySource {
  /** All entities, in the order of the graph. */
  order(): readonly EntityId[];
  link(id: EntityId): LinkedEntity | null;
  entityFiles(): readonly string[];
  fileProblems(file: string): readonly GraphProblem[];
  /** Problems that belong to no entity file. */
  otherProblems(): readonly GraphProblem[];
}

/** What so many entities, one after the other, bring to the whole. */
interface Slice {
  readonly entities: readonly Entity[];
  readonly problems: readonly GraphProblem[];
  readonly contributions: readonly Contribution[];
}

const sliceSize = 64;

export class GraphAssembly {
  private readonly slices: (key: string) => Slice;
  private readonly contributions: (key: string) => readonly Contribution[];
  private readonly jointProblems: (key: string) => readonly JointProblem[];
  private readonly problemSlices: (key: string) => readonly GraphProblem[];
  private readonly graphs: (key: string) => RelationGraph;

  constructor(
    private readonly from: AssemblySource,
    store: QueryStore,
  ) {
    this.slices = store.query((key) => this.slice(key), { onCycle: () => ({ entities: [], problems: [], contributions: [] }) });
    this.contributions = store.query((key) => this.slices(key).contributions, { equal: sameData, onCycle: () => [] });
    this.jointProblems = store.query(() => checkTogether(keysOf(from.order()).flatMap(this.contributions)), { equal: sameData, onCycle: () => [] });
    this.problemSlices = store.query((key) => slice(from.entityFiles(), key).flatMap((file) => from.fileProblems(file)), {
      equal: sameItems,
      onCycle: () => [],
    });
    this.graphs = store.query(() => this.assemble(), { equal: sameGraph, onCycle: () => ({ entities: [], problems: [] }) });
  }

  graph(): RelationGraph {
    return this.graphs('');
  }

  private assemble(): RelationGraph {
    const slices = keysOf(this.from.order()).map(this.slices);
    const fromFiles = keysOf(this.from.entityFiles()).flatMap(this.problemSlices);
    const problems = [...this.from.otherProblems(), ...fromFiles, ...slices.flatMap((each) => each.problems), ...this.placeJointProblems()];
    const entities = ([] as Entity[]).concat(...slices.map((each) => each.entities));
    return { entities, problems: withoutRepeats(problems).sort(compareProblems) };
  }

  private slice(key: string): Slice {
    const linked = slice(this.from.order(), key).flatMap((id) => this.from.link(id) ?? []);
    return {
      entities: linked.map(({ entity }) => entity),
      problems: linked.flatMap(({ problems }) => problems),
      contributions: linked.map(contributionOf),
    };
  }

  private placeJointProblems(): GraphProblem[] {
    return this.jointProblems('').flatMap((problem) => {
      const entity = this.from.link(problem.id)?.entity;
      return entity ? [placeProblem(problem, entity)] : [];
    });
  }
}

/** The keys of the slices of a list: `0`, `1`, … */
function keysOf(list: readonly unknown[]): string[] {
  return Array.from({ length: Math.ceil(list.length / sliceSize) }, (_, index) => String(index));
}

function slice<T>(list: readonly T[], key: string): readonly T[] {
  const start = Number(key) * sliceSize;
  return list.slice(start, start + sliceSize);
}

function contributionOf({ entity, family, requirements }: LinkedEntity): Contribution {
  return { id: entity.id, name: entity.name, family, requirements };
}

function sameItems<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function sameGraph(left: RelationGraph, right: RelationGraph): boolean {
  return sameItems(left.entities, right.entities) && sameData(left.problems, right.problems);
}

function withoutRepeats(problems: readonly GraphProblem[]): GraphProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function compareProblems(left: GraphProblem, right: GraphProblem): number {
  return (
    compare(left.source.file, right.source.file) ||
    left.source.line - right.source.line ||
    left.source.column - right.source.column ||
    compare(left.code, right.code) ||
    compare(left.message, right.message)
  );
}

export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
