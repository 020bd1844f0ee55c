import type { Rule } from './rule';

/** `TreeRepository` reads and writes a tree by `@TreeParent` and `@TreeChildren`, both; without one it fails on `undefined` at the first call. */
export const treeIncomplete: Rule = {
  id: 'tree-incomplete',
  *check(context, entity) {
    if (context.hasUnknownParts(entity)) return;
    if (entity.tree === null) {
      const [part] = entity.relations.filter(({ tree }) => tree !== null);
      if (!part || entity.parentId !== null) return;
      yield {
        rule: 'tree-incomplete',
        severity: 'warning',
        message: `${entity.name}.${part.property} is the ${part.tree} side of a tree, but ${entity.name} has no @Tree(…): it is a plain relation, and getTreeRepository(${entity.name}) fails. Add @Tree('closure-table') or another kind.`,
        source: part.source,
        related: [],
        fixes: () => [],
      };
      return;
    }
    const missing = (['parent', 'children'] as const).filter((side) => !entity.relations.some(({ tree }) => tree === side));
    if (missing.length === 0) return;
    const decorators = missing.map((side) => (side === 'parent' ? '@TreeParent()' : '@TreeChildren()')).join(' and ');
    yield {
      rule: 'tree-incomplete',
      severity: 'error',
      message: `${entity.name} is a tree (${entity.tree}) without ${decorators}: TreeRepository reads and writes it by both. Add ${missing.length > 1 ? 'them' : 'it'}.`,
      source: entity.source,
      related: [],
      fixes: () => [],
    };
  },
};
