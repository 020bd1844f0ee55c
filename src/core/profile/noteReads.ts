/** Events of watched property reads → what is known of each call path. */
import type { UnsavedEvent } from '../../protocol/probe';
import type { ReadNode, ReadsEvent, UnloadedReadEvent } from '../../protocol/probeReads';
import { isWriteApi } from './detect/apis';
import { bounds, type CallStack, type OperationRecord, type PathReads } from './evidence';
import type { RunRecord } from './runRecord';

/** Each of so many first runs counts: few prove little. */
const FEW_RUNS = 10;

/** The paths of one process. */
export class ReadsBook {
  private readonly paths = new Map<string, PathReads>();
  private readonly siblings = new Map<string, PathReads[]>();

  constructor(private readonly run: RunRecord) {}

  note(operation: OperationRecord, { runs, nodes }: ReadsEvent): void {
    // What a write reads back is TypeORM's own.
    if (isWriteApi(operation.api)) return;
    const path = this.pathOf(operation);
    path.runs = runs;
    path.nodes = nodes;
    this.attach(path, operation);
    // What one caller reads says something about all callers, in every scope that can still be judged again.
    const isNews = this.isNews(path);
    for (const sibling of path.siblings) {
      for (const scope of sibling.scopes) {
        if (scope.evidence === null) sibling.scopes.delete(scope);
        else if (scope === operation.scope) this.run.touch(scope);
        else this.run.reconsider(scope, isNews);
      }
    }
  }

  /** Whether something else is read than was known, or the path ran twice as often: what further runs of the same kind change is a number. */
  private isNews(path: PathReads): boolean {
    const reads = JSON.stringify(path.nodes.map((node) => [node.path, node.partial, mannersOf(node.relations), mannersOf(node.columns)]));
    const { runs } = path;
    if (reads === path.told.reads && runs > FEW_RUNS && runs < 2 * path.told.runs) return false;
    path.told = { reads, runs };
    return true;
  }

  /** An operation has ended whose path may be known from runs before. */
  meet(operation: OperationRecord): void {
    const path = this.paths.size === 0 ? undefined : this.paths.get(keyOf(operation));
    if (path) this.attach(path, operation);
  }

  private attach(path: PathReads, operation: OperationRecord): void {
    const { evidence } = operation.scope;
    if (evidence === null || (evidence.reads.size >= bounds.samplesPerScope && !evidence.reads.has(path))) return;
    evidence.reads.set(path, operation);
    path.scopes.add(operation.scope);
    if (path.scopes.size > 2 * bounds.openEvidence) for (const scope of path.scopes) if (scope.evidence === null) path.scopes.delete(scope);
  }

  private pathOf(operation: OperationRecord): PathReads {
    const key = keyOf(operation);
    const known = this.paths.get(key);
    if (known) return known;
    const place = `${operation.stack?.site.file}:${operation.stack?.site.line}:${operation.stack?.site.column} ${operation.entity}`;
    const siblings = this.siblings.get(place) ?? [];
    this.siblings.set(place, siblings);
    const path: PathReads = { siblings, runs: 0, nodes: [], scopes: new Set(), told: { reads: '', runs: 0 } };
    siblings.push(path);
    this.paths.set(key, path);
    return path;
  }
}

export function noteUnloaded(run: RunRecord, operation: OperationRecord, event: UnloadedReadEvent, stack: CallStack | null): void {
  const { evidence } = operation.scope;
  if (evidence === null || evidence.unloaded.length >= bounds.samplesPerScope) return;
  evidence.unloaded.push({ operation, entity: event.entity, relation: event.relation, path: event.path, stack, count: event.count });
  run.touch(operation.scope);
}

export function noteUnsaved(run: RunRecord, operation: OperationRecord, { entity, relation, target, kind, count }: UnsavedEvent): void {
  const { evidence } = operation.scope;
  if (evidence === null || evidence.unsaved.length >= bounds.samplesPerScope) return;
  evidence.unsaved.push({ operation, entity, relation, target, kind, count });
  run.touch(operation.scope);
}

function mannersOf(states: ReadNode['relations']): readonly unknown[] {
  return Object.entries(states).map(([name, { by }]) => [name, by]);
}

function keyOf({ stack, api, entity, source }: OperationRecord): string {
  return `${stack?.id ?? 0} ${source?.event.source ?? 0} ${api} ${entity}`;
}
