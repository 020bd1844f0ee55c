/** Columns that were fetched with every row and read on none: measured, and only where something else of the same rows was read. */
import type { ReadNode, ReadState } from '../../../protocol/probeReads';
import { plainAdvice } from '../advise/plainAdvice';
import { whyNotEditable } from '../advise/whyNotEditable';
import type { OperationRecord, PathReads } from '../evidence';
import type { Advice } from '../queryProfile';
import type { Detector, Draft, Judging } from './judging';
import { describeParent } from './parentOf';
import { isHandedOn, isKeyOf, perRun } from './readsOf';
import { placeOf } from './sites';
import { bytes, counted, listed } from './words';

/** A value of this many bytes makes a column wide. */
const WIDE = 256;
/** An entity with fewer columns is not worth a list of them. */
const MANY_COLUMNS = 10;
/** Part of the columns up to which a reader needs few of them. */
const FEW = 0.25;

export const overFetchedColumns: Detector = (judging) =>
  [...judging.evidence.reads].flatMap(([path, operation]) =>
    path.nodes.flatMap((node) => {
      const unread = unreadColumns(judging, path, operation, node);
      return unread === null ? [] : [draftOf(judging, path, operation, node, unread)];
    }),
  );

type Column = readonly [name: string, state: ReadState];

function unreadColumns(judging: Judging, path: PathReads, operation: OperationRecord, node: ReadNode): readonly Column[] | null {
  // What is saved, printed or sent as a whole needs all of it; where nothing at all was read, columns are not the point.
  if (isHandedOn(node)) return null;
  const all = Object.entries(node.columns);
  const unread = all.filter(([name, { by, filled }]) => by === null && filled > 0 && !isKeyOf(operation, node.entity, name));
  if (unread.length === 0 || !all.some(([, { by }]) => by === 'code')) return null;
  const wide = unread.filter(([, state]) => state.bytes / state.filled >= WIDE);
  if (isEnough(judging, path, wide)) return wide;
  const isFew = all.length >= MANY_COLUMNS && all.length - unread.length <= all.length * FEW;
  return isFew && isEnough(judging, path, unread) ? unread : null;
}

function isEnough(judging: Judging, path: PathReads, columns: readonly Column[]): boolean {
  return columns.length > 0 && perRun(sizeOf(columns), path) >= judging.thresholds.unreadBytes;
}

function sizeOf(columns: readonly Column[]): number {
  return columns.reduce((sum, [, state]) => sum + state.bytes, 0);
}

function draftOf(judging: Judging, path: PathReads, operation: OperationRecord, node: ReadNode, unread: readonly Column[]): Draft {
  const site = operation.stack?.site ?? null;
  const place = placeOf(site, judging.root);
  const size = perRun(sizeOf(unread), path);
  const names = unread.map(([name]) => (node.path === '' ? name : `${node.path}.${name}`));
  return {
    key: `columns|${operation.stack?.key}|${node.path}`,
    kind: 'over-fetched-columns',
    severity: path.runs < judging.thresholds.unusedRuns ? 'info' : 'warning',
    entity: node.entity,
    relation: null,
    count: unread.length,
    rows: operation.rawRows,
    dbTimeMs: operation.dbTimeMs,
    site,
    parent: describeParent(operation.call, true),
    advice: adviceFor(judging, operation, node),
    message: `${place ?? operation.api} fetched ${bytes(size)} a run in ${listed(names)} of ${node.entity}, and nobody read ${names.length === 1 ? 'it' : 'them'} on any of ${counted(node.entities, 'entity')}.`,
    pattern: judging.patternOf(operation.call) ?? null,
    loading: null,
  };
}

function adviceFor(judging: Judging, operation: OperationRecord, node: ReadNode): Advice {
  const whyNot = node.path === '' ? whyNotEditable(operation.stack?.site ?? null) : 'The columns are those of a joined relation.';
  const read = Object.entries(node.columns).filter(([name, { by }]) => by !== null || isKeyOf(operation, node.entity, name));
  return {
    ...plainAdvice('select-columns', judging.scope.count, 'Name the columns that are read in `select`; do not save what was loaded in part.'),
    columns: read.map(([name]) => name),
    editable: whyNot === null,
    whyNot,
  };
}
