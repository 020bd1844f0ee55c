/**
 * `views.json` as text that is good to review: members in one order, keys sorted, a line for each position and note, whole numbers,
 * nothing that says what holds anyway.
 */
import { groupBy } from '../../model/groupBy';
import type { Point } from '../geometry';
import type { DiagramView, Note } from './diagramView';
import { toKey } from './entityKeys';

export const viewsVersion = 1;

/** @param folder the folder whose `.relation-lens/views.json` it will be, with forward slashes. */
export function writeViews(views: ReadonlyMap<string, DiagramView>, folder: string): string {
  const members = sorted(views).map(([name, view]): Member => [name, viewBlock(view, folder)]);
  return `${block([
    ['version', String(viewsVersion)],
    ['views', block(members)],
  ])(0)}\n`;
}

/** A value's lines, given how deep it stands; texts are values of one line. */
type Value = string | ((depth: number) => string);
type Member = readonly [key: string, value: Value];

function viewBlock(view: DiagramView, folder: string): Value {
  const key = (id: string): string => toKey(id, folder);
  const { filter, focus, detail, junctions, junctionsOtherwise, grouping, groups, moduleColours, tableColours, notes, positions } = view;
  const folders = filter.folders.map(key);
  return block([
    ...optional('filter', filterMembers({ ...filter, folders, hidden: filter.hidden.map(key), revealed: filter.revealed.map(key) })),
    ...(focus ? [['focus', inline({ table: key(focus.table), depth: focus.depth })] as const] : []),
    ...(detail === 'auto' ? [] : [['detail', JSON.stringify(detail)] as const]),
    ...(junctions === 'folded' ? [] : [['junctions', JSON.stringify(junctions)] as const]),
    ...(junctionsOtherwise.size === 0 ? [] : [['junctionsOtherwise', list([...junctionsOtherwise].map(key).sort())] as const]),
    ...(grouping === 'auto' ? [] : [['grouping', JSON.stringify(grouping)] as const]),
    ...optional('groups', groupMembers(new Map([...groups].map(([id, group]) => [key(id), group])))),
    ...optional('moduleColours', colourMembers(moduleColours)),
    ...optional('tableColours', colourMembers(new Map([...tableColours].map(([id, colour]) => [key(id), colour])))),
    ...(notes.length === 0 ? [] : [['notes', rows([...notes].sort(byId).map((note) => noteRow(note, key)))] as const]),
    ...optional('positions', sorted(new Map([...positions].map(([id, corner]) => [key(id), corner]))).map(positionMember)),
  ]);
}

function filterMembers(filter: DiagramView['filter']): Member[] {
  const lists = (['modules', 'folders', 'dataSources', 'kinds', 'hidden', 'revealed'] as const)
    .filter((name) => filter[name].length > 0)
    .map((name): Member => [name, list([...filter[name]].sort())]);
  return filter.text === '' ? lists : [...lists, ['text', JSON.stringify(filter.text)]];
}

/** A line for each group, with its tables. */
function groupMembers(groupOf: ReadonlyMap<string, string>): Member[] {
  const members = groupBy([...groupOf], ([, group]) => group);
  return sorted(members).map(([group, own]) => [group, list(own.map(([table]) => table).sort())]);
}

function colourMembers(colours: ReadonlyMap<string, string>): Member[] {
  return sorted(colours).map(([name, colour]) => [name, JSON.stringify(colour)]);
}

function positionMember([id, { x, y }]: readonly [string, Point]): Member {
  return [id, `[${Math.round(x)}, ${Math.round(y)}]`];
}

function noteRow({ id, table, x, y, width, height, colour, text }: Note, key: (id: string) => string): string {
  const [left, top, wide, high] = [x, y, width, height].map(Math.round);
  return inline({
    id,
    ...(table === null ? {} : { table: key(table) }),
    x: left,
    y: top,
    width: wide,
    height: high,
    ...(colour === null ? {} : { colour }),
    text,
  });
}

function byId(one: Note, other: Note): number {
  return one.id < other.id ? -1 : 1;
}

function sorted<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

function optional(key: string, members: readonly Member[]): Member[] {
  return members.length === 0 ? [] : [[key, block(members)]];
}

/** `{ … }` with a line for each member. */
function block(members: readonly Member[]): (depth: number) => string {
  return (depth) => {
    const lines = members.map(
      ([key, value]) => `${indent(depth + 1)}${JSON.stringify(key)}: ${typeof value === 'string' ? value : value(depth + 1)}`,
    );
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent(depth)}}`;
  };
}

/** `[ … ]` with a line for each item. */
function rows(items: readonly string[]): (depth: number) => string {
  return (depth) => `[\n${items.map((item) => `${indent(depth + 1)}${item}`).join(',\n')}\n${indent(depth)}]`;
}

function list(items: readonly string[]): Value {
  return items.length <= 3 ? `[${items.map((item) => JSON.stringify(item)).join(', ')}]` : rows(items.map((item) => JSON.stringify(item)));
}

function inline(members: Readonly<Record<string, string | number | undefined>>): string {
  return `{ ${Object.entries(members)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')} }`;
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
