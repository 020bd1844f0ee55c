/** Raw rows of a grouped query in a Map by their key: how they are named, typed, made and read. */
import type { RawRows } from './loopQuestion';
import type { RowKey } from './rowKey';
import { plural, titleCase } from './words';

/** `reviewTotals` and `reviewTotalByBookId` */
export function namesOfRawRows({ name }: RawRows, rowKey: RowKey): { readonly rows: string; readonly map: string; readonly maps: string } {
  const rows = name.endsWith('s') ? name : plural(name);
  const by = `By${titleCase(rowKey.name)}`;
  return { rows, map: name + by, maps: rows + by };
}

/** Rows are raw, and so are any unless the code says more of them. */
export function typeOfRawRows({ type }: RawRows, rowKey: RowKey, entity: string): string {
  return `ReadonlyMap<${rowKey.typeIn(entity)}, ${type ?? 'any'}>`;
}

/** `new Map(rows.map((row) => [row.bookId, row]))`; where a row is seen whole, without the key. */
export function madeOfRawRows({ isSeenWhole }: RawRows, rowKey: RowKey, rows: string): string {
  if (!isSeenWhole) return `new Map(${rows}.map((row) => [${rowKey.of('row')}, row]))`;
  const { name } = rowKey;
  return `new Map(${rows}.map(({ ${name}, ...row }) => [${rowKey.of('row').replace(`row.${name}`, name)}, row]))`;
}

/** `reviewTotalByBookId.get(book.id) ?? { total: null }` */
export function readOfRawRow({ ofNothing }: RawRows, map: string, key: string): string {
  return ofNothing === null ? `${map}.get(${key})` : `${map}.get(${key}) ?? ${ofNothing}`;
}
