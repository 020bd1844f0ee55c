import { findProperty, renderTree } from '../../edits/objectLiteral';
import { relationTree } from '../../edits/relationTree';
import { detectStyle } from '../../edits/sourceStyle';
import { unwrap } from '../../edits/sourceText';
import type { Problem } from '../../rules/rule';
import { fixHere, placeOf, type UsageRule } from './usageRule';

/** `relations: ['books']` and `select: ['name']`: removed in TypeORM 1.0, which throws at the first call (1.0 upgrade guide). */
export const stringRelations: UsageRule = {
  id: 'v1-string-relations',
  *check({ source, usages, typeormMajor }) {
    if (typeormMajor === null || typeormMajor < 1) return;
    const { typescript } = source;
    for (const { options } of usages.finds) {
      for (const key of ['relations', 'select']) {
        const property = findProperty(source, options, key);
        if (!property || !typescript.isPropertyAssignment(property)) continue;
        const list = unwrap(source, property.initializer);
        if (!typescript.isArrayLiteralExpression(list)) continue;
        const start = property.initializer.getStart(source.tree);
        const { end } = property.initializer;
        const paths = list.elements.map((element) => (typescript.isStringLiteralLike(element) ? element.text : null));
        const known = paths.filter((path) => path !== null);
        const newText = known.length === paths.length ? renderTree(relationTree(known), detectStyle(source)) : null;
        const problem: Problem = {
          rule: 'v1-string-relations',
          severity: 'error',
          message: `TypeORM 1.0 takes no list of strings for ${key}: this call throws. Write ${newText === null || newText === 'true' ? 'an object' : `${key}: ${newText}`}.`,
          source: placeOf(source, start, end),
          related: [],
          fixes: () => (newText === null || known.length === 0 ? [] : fixHere(source, 'Change to an object', [{ start, end, newText }])),
        };
        yield problem;
      }
    }
  },
};
