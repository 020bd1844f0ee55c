/** Rules on the TypeScript type of a relation's property. TypeORM loads what the decorator says; the compiler believes the type. */
import { removeOption } from '../edits/decoratorEdits';
import type { Relation } from '../model/relationGraph';
import type { WrittenType } from './memberFacts';
import type { RuleContext } from './rule';
import { factsOf, fixOf, isToMany, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** A collection typed as one entity, or one entity typed as an array. */
export const relationTypeMismatch = relationRule('relation-ts-type-mismatch', (context, entity, relation) => {
  const type = factsOf(context, relation)?.type;
  const target = context.entity(relation.targetId);
  if (!type || !target || !isEntityName(context, relation, type)) return null;
  const many = isToMany(relation);
  const wrong = many !== type.array ? (many ? 'loads an array' : `loads one ${target.name}`) : null;
  if (wrong === null) return null;
  const right = many ? `${type.name}[]` : type.name;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is a ${relation.kind} and ${wrong}, but its type says ${type.array ? `${type.name}[]` : `one ${type.name}`}. Write ${type.promise ? `Promise<${right}>` : right}.`,
    source: type.place,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const node = syntax?.member.type;
      if (!syntax || !node) return [];
      const { source } = syntax;
      const text = node.getText(source.tree);
      const newText = many
        ? text.replace(type.name, `${type.name}[]`)
        : text.replace(`${type.name}[]`, type.name).replace(`Array<${type.name}>`, type.name);
      if (newText === text) return [];
      return fixOf(`Change the type to ${newText}`, [{ source, changes: [{ start: node.getStart(source.tree), end: node.end, newText }] }]);
    },
  };
});

/** `lazy: true` over a type that is no Promise: the property is one all the same, and reading it without `await` gives an object that is never the entity. */
export const lazyWithoutPromise = relationRule('lazy-without-promise', (context, entity, relation) => {
  const type = factsOf(context, relation)?.type;
  if (!relation.lazy || !type || type.promise || !isEntityName(context, relation, type)) return null;
  const right = `Promise<${type.name}${type.array ? '[]' : ''}>`;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is lazy, so that reading it gives a Promise, but its type says ${type.name}${type.array ? '[]' : ''}. Write ${right}, or take lazy away.`,
    source: type.place,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const node = syntax?.member.type;
      if (!syntax || !node) return [];
      const { source, decorator } = syntax;
      const text = node.getText(source.tree);
      return [
        ...fixOf(`Change the type to Promise<${text}>`, [
          { source, changes: [{ start: node.getStart(source.tree), end: node.end, newText: `Promise<${text}>` }] },
        ]),
        ...(decorator ? fixOf(`Remove lazy from ${nameOf(entity, relation)}`, [{ source, changes: removeOption(source, decorator, 'lazy') }]) : []),
      ];
    },
  };
});

/** The type names the target itself; base classes, interfaces, aliases and type parameters say nothing. */
function isEntityName(context: RuleContext, relation: Relation, type: WrittenType): boolean {
  return context.entity(relation.targetId)?.name === type.name;
}
