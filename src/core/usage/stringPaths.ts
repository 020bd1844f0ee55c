/** Paths within string literals, part by part, with the place of each. */
import type ts from 'typescript';
import type { SourceText } from '../edits/sourceText';
import type { Entity } from '../model/relationGraph';
import { lookUp, type EntityOf } from './propertyPaths';
import type { NameRole, UsageName } from './usage';

/** The offset of the literal's first character; null where escapes make offsets of the text and of the source differ. */
export function textStart(source: SourceText, literal: ts.StringLiteralLike): number | null {
  const start = literal.getStart(source.tree) + 1;
  return literal.end - 1 - start === literal.text.length ? start : null;
}

/**
 * `books.author` from an entity: each part is a relation of the one before, or a part of an embedded value.
 * @param at the offset of the path's first character
 */
export function namesAlong(entity: Entity, path: string, at: number, role: NameRole, entityOf: EntityOf): UsageName[] {
  const names: UsageName[] = [];
  let owner: Entity | undefined = entity;
  let prefix = '';
  let start = at;
  for (const part of path.split('.')) {
    if (!owner) return names;
    const name: UsageName = {
      role,
      entity: owner,
      path: prefix + part,
      named: lookUp(owner, prefix + part, role),
      start,
      end: start + part.length,
      inString: true,
    };
    names.push(name);
    start = name.end + 1;
    if (name.named.kind === 'unknown') return names;
    if (name.named.kind === 'embedded') prefix = `${name.path}.`;
    else {
      owner = name.named.kind === 'relation' ? entityOf(name.named.relation.targetId) : undefined;
      prefix = '';
    }
  }
  return names;
}
