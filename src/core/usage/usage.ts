/** Where code outside of the entities names their properties: find options and query builders. */
import type ts from 'typescript';
import type { Column, Entity, Relation } from '../model/relationGraph';
import type { MethodCall } from '../edits/findCall';

/** What a name stands for. `embedded` is the first part of a longer path, `other` something of the database that no property maps. */
export type Named =
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'column'; readonly column: Column }
  | { readonly kind: 'embedded' }
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown' };

/** Where a name is looked up: relations alone, or columns as well. */
export type NameRole = 'relations' | 'select' | 'where' | 'order' | 'join' | 'expression';

/** One name: a key of `relations: { … }`, a part of `'author.books'` in a string. */
export interface UsageName {
  readonly role: NameRole;
  /** Whose property it is. */
  readonly entity: Entity;
  /** The property path from that entity (`address.city` within an embedded value). */
  readonly path: string;
  readonly named: Named;
  /** Offsets of the name itself, without quotes. */
  readonly start: number;
  readonly end: number;
  /** True within a string, where the compiler checks nothing; keys of objects are its own business. */
  readonly inString: boolean;
}

/** A query builder with what it selects from and joins. */
export interface BuilderUsage {
  readonly entity: Entity;
  /** In the order of the source: of the chain, and of statements on the variable that holds it. */
  readonly calls: readonly MethodCall[];
  readonly aliases: ReadonlyMap<string, Entity>;
  readonly joins: readonly BuilderJoin[];
  /** True where it may know aliases that cannot be seen here: subqueries, computed names, a builder that comes from elsewhere. */
  readonly mayKnowMore: boolean;
}

export interface BuilderJoin {
  readonly call: MethodCall;
  readonly alias: string;
  /** Null where a whole entity or a table is joined. */
  readonly relation: Relation | null;
  readonly path: ts.StringLiteralLike | null;
}

/** `repo.find({ … })` with its options, where they are written in the call. */
export interface FindUsage {
  readonly entity: Entity;
  readonly call: MethodCall;
  readonly options: ts.ObjectLiteralExpression;
}

export interface FileUsages {
  readonly names: readonly UsageName[];
  readonly builders: readonly BuilderUsage[];
  readonly finds: readonly FindUsage[];
}
