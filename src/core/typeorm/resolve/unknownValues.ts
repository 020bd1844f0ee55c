/** What a decorator or schema was given and only the running app knows: the graph then shows TypeORM's default, and says so. */
import { unreadSpread } from '../evaluate/literals';
import { hasKind, isTagged, isUnknown, type Value } from '../evaluate/values';
import type { Place } from '../parse/positions';

export interface UnknownValue {
  readonly message: string;
  readonly place: Place;
}

/** The options that decide on something in the graph; a `comment` or `transformer` may be as unknown as it likes. */
const shownOptions = new Set([
  'name',
  'tableName',
  'schema',
  'nullable',
  'primary',
  'unique',
  'generated',
  'prefix',
  'cascade',
  'onDelete',
  'onUpdate',
  'eager',
  'lazy',
  'orphanedRowAction',
  'createForeignKeyConstraints',
  'referencedColumnName',
  'joinColumn',
  'joinColumns',
  'joinTable',
  'inverseJoinColumn',
  'inverseJoinColumns',
  'columns',
  'relations',
  'indices',
  'uniques',
  'embeddeds',
]);
/** Objects whose keys are the user's own words. */
const namedByUser = new Set(['columns', 'relations', 'embeddeds']);
const maxDepth = 4;

/** @param what what it was given to, as in "`@Column` of `title`"; `place` stands for what has no place of its own */
export function unknownValues(args: readonly Value[], what: string, place: Place): UnknownValue[] {
  return args.flatMap((arg) => (isUnknown(arg) ? [told(`What is given to ${what}`, place)] : inside(arg, what, place, 0, false)));
}

/** Whether there may be something to tell of. Nearly always everything is known, and this is soon said. */
export function hasUnknown(value: Value, depth = 0): boolean {
  if (!isTagged(value) || depth > maxDepth) return false;
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'array':
      return value.items.some((item) => hasUnknown(item, depth + 1));
    case 'object': {
      if (value.places.has(unreadSpread)) return true;
      for (const item of value.properties.values()) if (hasUnknown(item, depth + 1)) return true;
      return false;
    }
    default:
      return false;
  }
}

function inside(value: Value, what: string, place: Place, depth: number, isNamedByUser: boolean): UnknownValue[] {
  if (depth > maxDepth) return [];
  if (hasKind(value, 'array')) return value.items.flatMap((item) => inside(item, what, place, depth + 1, false));
  if (!hasKind(value, 'object')) return [];
  const spread = value.places.get(unreadSpread);
  const found = spread ? [told(`A part of what is given to ${what}`, spread)] : [];
  for (const [name, item] of value.properties) {
    if (!isNamedByUser && !shownOptions.has(name)) continue;
    const where = value.places.get(name) ?? place;
    if (isUnknown(item)) found.push(told(`\`${name}\` of ${what}`, where));
    else found.push(...inside(item, isNamedByUser ? `\`${name}\` of ${what}` : what, where, depth + 1, namedByUser.has(name)));
  }
  return found;
}

function told(subject: string, place: Place): UnknownValue {
  return {
    message: `${subject} is only known at run time, so TypeORM's default is shown: write a value that can be read, or compare with the running app (\`relation-lens verify\`).`,
    place,
  };
}
