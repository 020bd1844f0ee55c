import { nearestName } from '../model/nearestName';
import { memberKind, onlyWayBack, renameInverse, unresolvedInverse } from './otherSide';
import { nameOf, relationRule } from './ruleSyntax';

/** `(book) => book.autor`: the target has no such property. */
export const inverseUnknownProperty = relationRule('inverse-unknown-property', (context, entity, relation) => {
  const named = unresolvedInverse(context, relation);
  if (!named || memberKind(context, named.target, named.inverse.name) !== 'missing') return null;
  const near = nearestName(
    named.inverse.name,
    named.target.relations.map(({ property }) => property),
  );
  const only = onlyWayBack(context, named.target, entity, relation);
  const meant = near ?? only;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} names ${named.target.name}.${named.inverse.name} as its inverse, but ${named.target.name} has no such property.${meant ? ` Did you mean '${meant}'?` : ` Declare it there, or name the relation that leads back to ${entity.name}.`}`,
    source: named.inverse.place,
    related: [{ message: `${named.target.name} is declared here`, source: named.target.source }],
    fixes: () => (meant ? renameInverse(named.inverse, meant) : []),
  };
});
