/** Questions about what the app read of a call's result. */
import type { ReadNode, ReadState } from '../../../protocol/probeReads';
import type { OperationRecord, PathReads } from '../evidence';

/** `books.tags` as seen from the result's roots. */
function pathIn(node: ReadNode, relation: string): string {
  return node.path === '' ? relation : `${node.path}.${relation}`;
}

/** A relation that was loaded, and where it hangs. */
export interface LoadedRelation {
  readonly path: string;
  readonly node: ReadNode;
  readonly name: string;
  readonly state: ReadState;
}

/** Relations that held something on some row, the outer ones first. */
export function loadedRelations({ nodes }: PathReads): LoadedRelation[] {
  return nodes
    .flatMap((node) => Object.entries(node.relations).map(([name, state]) => ({ path: pathIn(node, name), node, name, state })))
    .filter(({ state }) => state.filled > 0)
    .sort((a, b) => a.path.split('.').length - b.path.split('.').length);
}

export function findLoaded(reads: PathReads, path: string): LoadedRelation | undefined {
  return loadedRelations(reads).find((candidate) => candidate.path === path);
}

export function rootOf({ nodes }: PathReads): ReadNode | undefined {
  return nodes.find(({ path }) => path === '');
}

/** Whether anything of it was handed on whole, or taken out for the fields that a client named: then nobody knows what else is used. */
export function isHandedOn(node: ReadNode): boolean {
  return isResolved(node) || statesOf(node).some(({ by }) => by === 'serialised' || by === 'copied' || by === 'orm');
}

/** Whether a GraphQL library took something out of it for a field of a query: the next query may name others. */
export function isResolved(node: ReadNode): boolean {
  return statesOf(node).some(({ by }) => by === 'resolved');
}

function statesOf({ columns, relations }: ReadNode): ReadState[] {
  return [...Object.values(columns), ...Object.values(relations)];
}

/** Average per run. */
export function perRun(total: number, { runs }: PathReads): number {
  return total / Math.max(1, runs);
}

/** A primary key or a foreign key: read to find other rows, whatever else is used. */
export function isKeyOf({ source }: OperationRecord, entity: string, property: string): boolean {
  const meta = source?.findEntity(entity);
  const column = meta?.columns.find((candidate) => candidate.property === property);
  return (
    column?.primary === true ||
    (meta?.relations ?? []).some(({ owner, joinColumns }) => owner && joinColumns.some((join) => join.column === column?.column))
  );
}
