import { memberKind, onlyWayBack, relationOverColumn, removeInverse, renameInverse, unresolvedInverse } from './otherSide';
import { nameOf, relationRule } from './ruleSyntax';

/** `(book) => book.authorId`: a column, where the relation beside it is meant. */
export const inverseNotARelation = relationRule('inverse-not-a-relation', (context, entity, relation) => {
  const named = unresolvedInverse(context, relation);
  if (!named || memberKind(context, named.target, named.inverse.name) !== 'plain') return null;
  const meant = relationOverColumn(named.target, named.inverse.name) ?? onlyWayBack(context, named.target, entity, relation);
  const nextStep = meant
    ? `The relation is '${meant}'.`
    : relation.owner
      ? 'Take it out: this side needs none.'
      : `Name the relation that leads back to ${entity.name}.`;
  return {
    // The side with the foreign key works without an inverse; the others need theirs to find the rows.
    severity: relation.owner ? 'warning' : 'error',
    message: `${nameOf(entity, relation)} names ${named.target.name}.${named.inverse.name} as its inverse, but that is no relation. ${nextStep}`,
    source: named.inverse.place,
    related: [{ message: `${named.target.name} is declared here`, source: named.target.source }],
    fixes: () => (meant ? renameInverse(named.inverse, meant) : relation.owner ? removeInverse(context, relation) : []),
  };
});
