/** `find()` → `find({ select: { id: true, name: true } })`: the columns that were read, and the keys without which no entity is made. */
import type { Entity } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult } from './loadRelations';
import { appendProperties, findProperty, renderObject, renderTree } from './objectLiteral';
import { optionsOf } from './optionsPlace';
import { relationTree } from './relationTree';
import { hasSpread } from './objectLiteral';
import { detectStyle, indentAt } from './sourceStyle';
import type { SourceText } from './sourceText';

const SAVES = /\.(save|remove|softRemove|recover|merge|preload)\(/;

export function selectColumns(source: SourceText, call: MethodCall, entity: Entity, columns: readonly string[]): ChangeResult {
  const method = call.expression.name.text;
  if (!/^find(One|OneOrFail|AndCount)?$/.test(method)) return declined(`${method}() takes no select: use find() with options.`);
  // What is saved without its columns is no loss to the database, but to listeners and to whoever reads the entity next.
  if (SAVES.test(source.text))
    return declined('this file saves entities, and one that was loaded in part should not be saved; name the columns where it is only read.');
  const first = call.arguments[0];
  const index = call.arguments.length > 1 || (first && source.typescript.isIdentifier(first) && source.entityNames.has(first.text)) ? 1 : 0;
  const place = optionsOf(source, call, index);
  if (place.kind === 'declined') return place;
  const keys = entity.columns.filter(({ primary }) => primary).map(({ property }) => property);
  const style = detectStyle(source);
  const wanted = [...new Set([...keys, ...columns])];
  if (entity.relations.some(({ eager }) => eager)) return declined(`${entity.name} has eager relations, which a select would have to name too.`);
  const property = `select: ${renderTree(relationTree(wanted), style)}`;
  if (place.kind === 'none') {
    const { character } = source.tree.getLineAndCharacterOfPosition(place.start);
    return {
      kind: 'changes',
      changes: [
        {
          start: place.start,
          end: place.end,
          newText: place.prefix + renderObject([property], style, character, indentAt(source.text, place.start)),
        },
      ],
    };
  }
  const { object } = place;
  if (findProperty(source, object, 'select')) return { kind: 'changes', changes: [] };
  if (findProperty(source, object, 'relations') || hasSpread(source, object))
    return declined('the query loads relations, whose columns a select would have to name too.');
  return { kind: 'changes', changes: appendProperties(source, style, object, [property]) };
}
