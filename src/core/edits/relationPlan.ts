/** A relation that is to be written: what the wizard asks for. */
import type { EntityId, RelationKind } from '../model/relationGraph';

export type PlannedOnDelete = 'CASCADE' | 'SET NULL' | 'RESTRICT' | 'NO ACTION';

export interface RelationPlan {
  /** As seen from `from`. */
  readonly kind: RelationKind;
  readonly from: EntityId;
  readonly to: EntityId;
  /** Field on `from`. */
  readonly property: string;
  /** Field on `to`; null where only one side is to know. A one-to-many needs it: it holds the foreign key. */
  readonly inverse: string | null;
  /** Which side holds the foreign key or the junction table, where either may (one-to-one, many-to-many). */
  readonly owner: 'from' | 'to';
  /** Whether the foreign key may be NULL. */
  readonly nullable: boolean;
  readonly onDelete: PlannedOnDelete | null;
  /** Whether the foreign key gets an `@Index()` (of a many-to-one; a one-to-one has a unique one anyway). */
  readonly index: boolean;
}

export const COUNTERPARTS: Readonly<Record<RelationKind, RelationKind>> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

/** Which side really holds the key: with a "many" side there is no choice, nor where only one side knows of the relation. */
export function ownerOf({ kind, owner, inverse }: RelationPlan): 'from' | 'to' {
  if (kind === 'many-to-one' || inverse === null) return 'from';
  return kind === 'one-to-many' ? 'to' : owner;
}

/** `bookCategory`, `bookCategories`: the field that a relation of a kind to an entity is usually given. */
export function defaultProperty(kind: RelationKind, target: string): string {
  const one = target.charAt(0).toLowerCase() + target.slice(1);
  return kind === 'one-to-many' || kind === 'many-to-many' ? plural(one) : one;
}

function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
