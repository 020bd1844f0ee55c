/**
 * `repo.createQueryBuilder('r').select('SUM(r.rating)', 'total').where('r.bookId = :id', { id: book.id }).getRawOne()` in a loop → the same builder, grouped
 * by the key, and its rows in a Map:
 *
 *     repo.createQueryBuilder('r').select('SUM(r.rating)', 'total').where({ bookId: In(…) }).addSelect('r.bookId', 'bookId').groupBy('r.bookId').getRawMany();
 *     const reviewTotalByBookId = new Map(reviewTotals.map((row) => [row.bookId, row]));
 *     reviewTotalByBookId.get(book.id) ?? { total: null }
 *
 * Without `GROUP BY` there is a row even where nothing was found: its sums are NULL, its counts 0.
 */
import { whyNotGrouped } from './aggregateQuestion';
import { builderKey, fixedOfBuilder, type BuilderKey } from './builderKey';
import { keyedBuilderText } from './builderText';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import type { Asked, LoopQuestion } from './loopQuestion';
import { memberType, readsOfRow, type RawRead } from './rawReads';
import { rawParts, type RawPart } from './rawRow';
import { asCompared, rowKeyOf } from './rowKey';
import { detectStyle } from './sourceStyle';
import { lowerFirst, titleCase } from './words';

export const RAW_LOOKUPS: readonly string[] = ['getRawOne'];

export function isRawLookup(call: MethodCall): boolean {
  return RAW_LOOKUPS.includes(call.expression.name.text);
}

export function rawQuestion(asked: Asked): LoopQuestion | Declined {
  const { source, call, entity, request } = asked;
  const found = builderKey(asked, /^(select|addSelect|getRawOne)$/);
  if (found.kind === 'declined') return found;
  const { property, column, builder } = found;
  const selected = rawParts(source, [...builder.calls].reverse());
  if (selected.kind === 'declined') return selected;
  const { parts } = selected;
  if (parts.some(({ name }) => name.toLowerCase() === property.toLowerCase()))
    return declined(`the query builder selects something else as ${property}.`);
  const reads = readsOfRow(source, call);
  const reason = whyNotGrouped(entity, property, column) ?? whyNotRead(parts, reads);
  if (reason) return declined(reason);
  const [type] = call.typeArguments ?? [];
  const isRead = reads !== null && reads.every(({ mayBeMissing }) => mayBeMissing);
  const values = isRead ? null : parts.map((part) => valueOfNothing(part, type ? memberType(source, type, part.name) : 'any'));
  if (values?.includes(null)) return declined('the type of the row says nothing of keys that have no rows, for which a sum is null: say so in it.');
  const rowKey = rowKeyOf({ property, through: null });
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property,
    rowKey,
    one: true,
    raw: {
      name: lowerFirst(entity.name) + wordFor(parts),
      type: type?.getText(source.tree) ?? null,
      isSeenWhole: reads === null,
      ofNothing: values && `{ ${values.join(', ')} }`,
      isPlain: (name) => parts.some((part) => part.name === name && part.isPlain),
    },
    fixed: fixedOfBuilder(found),
    query: (keys) => keyedBuilderText(asked, found, groupedBy(asked, found), { path: rowKey.path, keys }),
  };
  return asCompared(question, column, request);
}

/** One word for what is selected: `Total`. */
function wordFor([part, ...more]: readonly RawPart[]): string {
  return part && more.length === 0 && /^(total|sum|count|number|amount|avg|average|min|minimum|max|maximum)$/.test(part.name)
    ? titleCase(part.name)
    : 'Numbers';
}

/** A count's zero is a number or a text. */
function whyNotRead(parts: readonly RawPart[], reads: readonly RawRead[] | null): string | null {
  const zero = parts.find(({ name, ofNothing }) => ofNothing === 'zero' && !reads?.every((read) => read.name !== name || read.isNumber));
  const unknown = reads?.find(({ name }) => !parts.some((part) => part.name === name));
  if (unknown) return `the row’s ${unknown.name} is none of what the query builder selects by a name.`;
  return zero
    ? `a raw ${zero.name} of 0 is a number or a text, by the database’s driver: make a number of it where it is read (Number(row.${zero.name})).`
    : null;
}

/** `total: null`; null where the row's type has no room for it. */
function valueOfNothing({ name, ofNothing }: RawPart, type: string | null): string | null {
  if (ofNothing === 'null') return type !== null && /\b(any|null|unknown)\b/.test(type) ? `${name}: null` : null;
  if (type !== null && /\b(any|number|unknown)\b/.test(type)) return `${name}: 0`;
  return type !== null && /\bstring\b/.test(type) ? `${name}: '0'` : null;
}

function groupedBy({ source, call, entity, request }: Asked, { builder: { alias }, property }: BuilderKey): string[] {
  const { quote } = detectStyle(source);
  const quoted = (text: string): string => quote + text + quote;
  const grouped = quoted(`${alias}.${property}`);
  const [type] = call.typeArguments ?? [];
  return [
    `.addSelect(${grouped}, ${quoted(property)})`,
    `.groupBy(${grouped})`,
    ...(request.isOrdered ? [`.orderBy(${grouped})`] : []),
    `.getRawMany${type ? `<${withKey(type.getText(source.tree), `${property}: ${entity.name}['${property}']`)}>` : ''}()`,
  ];
}

/** `{ bookId: Review['bookId']; total: string | null }` of `{ total: string | null }`; of a type with a name, both together. */
function withKey(type: string, key: string): string {
  const inner = /^\{\s*([^]*?)[;,]?\s*\}$/.exec(type)?.[1];
  return inner !== undefined && !inner.includes('\n') ? `{ ${key}; ${inner} }` : `{ ${key} } & ${type}`;
}
