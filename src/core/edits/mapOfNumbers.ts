/** The numbers of one grouped query in a Map by their key, or the keys that have rows in a Set: how they are named, typed, made and read. */
import type { Measure } from './loopQuestion';
import type { RowKey } from './rowKey';
import { lowerFirst, plural, titleCase, upperFirst } from './words';

/** `count`, `sum`, … in the rows of the grouped query. */
export function valueName(what: Measure['what']): string {
  return what.toLowerCase();
}

/** What the rows of the query and the Map are best called: `reviewCounts` and `reviewCountByBookId`; `reviewKeys` and `bookIdsWithReview`. */
export function namesOfNumbers(
  { what, column }: Measure,
  rowKey: RowKey,
  entity: string,
): { readonly rows: string; readonly map: string; readonly maps: string } {
  if (what === 'EXISTS') {
    const map = `${plural(rowKey.name)}With${entity}`;
    return { rows: `${lowerFirst(entity)}Keys`, map, maps: map };
  }
  const measured = `${column ?? lowerFirst(entity)}${upperFirst(what.toLowerCase())}`;
  const by = `By${titleCase(rowKey.name)}`;
  return { rows: plural(measured), map: measured + by, maps: plural(measured) + by };
}

export function typeOfNumbers({ what }: Measure, rowKey: RowKey, entity: string): string {
  const key = rowKey.typeIn(entity);
  return what === 'EXISTS' ? `ReadonlySet<${key}>` : `ReadonlyMap<${key}, ${what === 'COUNT' ? 'number' : 'number | null'}>`;
}

/** `new Map(rows.map(…))`. Databases give numbers that may be large as strings; a group whose values are all NULL sums to NULL. */
export function madeOfNumbers({ what }: Measure, { name }: RowKey, rows: string): string {
  if (what === 'EXISTS') return `new Set(${rows}.map((row) => row.${name}))`;
  const value = `row.${valueName(what)}`;
  return `new Map(${rows}.map((row) => [row.${name}, ${what === 'COUNT' ? `Number(${value})` : `${value} === null ? null : Number(${value})`}]))`;
}

/** What the method that is asked for one key says of its answer by its type. */
export function isTypeOfNumber({ what }: Measure, type: string): boolean {
  return what === 'EXISTS' ? /\bboolean\b/.test(type) : /\bnumber\b/.test(type) && (what === 'COUNT' || /\bnull\b/.test(type));
}

export function readOfNumber({ what }: Measure, map: string, key: string): string {
  return what === 'EXISTS' ? `${map}.has(${key})` : `${map}.get(${key}) ?? ${what === 'COUNT' ? '0' : 'null'}`;
}
