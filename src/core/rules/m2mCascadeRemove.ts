import { setOption } from '../edits/decoratorEdits';
import type { Relation } from '../model/relationGraph';
import type { Fix, RuleContext } from './rule';
import { fixOf, relationRule, syntaxOf } from './ruleSyntax';
import { detectStyle } from '../edits/sourceStyle';

/** Since TypeORM 1.0, a cascade on many-to-many removes the shared rows, and with them the pairings of everybody else. */
export const m2mCascadeRemove = relationRule('m2m-cascade-remove', (context, entity, relation) => {
  if (relation.kind !== 'many-to-many' || !relation.cascade.includes('remove')) return null;
  const before = context.typeormMajor === 0;
  return {
    severity: before ? 'warning' : 'error',
    message: `Removing ${entity.name} removes every ${relation.target} in its ${relation.property}, although other rows share them${before ? ' (from TypeORM 1.0 on)' : ''}: the cascade reaches the shared rows, not only the pairing.`,
    source: relation.source,
    fixes: () => cascadeWithoutRemove(context, relation),
  };
});

/** Inserting and updating through the relation stay as they are. */
export function cascadeWithoutRemove(context: RuleContext, relation: Relation): Fix[] {
  const syntax = syntaxOf(context, relation);
  if (!syntax?.decorator) return [];
  const { quote } = detectStyle(syntax.source);
  const kept = relation.cascade.filter((operation) => operation === 'insert' || operation === 'update');
  const value = `[${kept.map((operation) => `${quote}${operation}${quote}`).join(', ')}]`;
  return fixOf(`Change to cascade: ${value}`, [{ source: syntax.source, changes: setOption(syntax.source, syntax.decorator, 'cascade', value) }]);
}
