import { decoratorCalls, optionsArgument } from '../edits/decoratorEdits';
import { findProperty } from '../edits/objectLiteral';
import type { Entity } from '../model/relationGraph';
import { tableTrait } from './entityTraits';
import type { Rule, RuleContext } from './rule';
import { classOf } from './ruleSyntax';

/**
 * Two entities in one table: the first `synchronize()` merges their columns, and each later one drops and adds them again, data lost. Views and
 * the children of a single-table inheritance share a table rightly; so do entities of different packages, which are different programs.
 */
export const duplicateTable: Rule = {
  id: 'duplicate-table',
  *check(context, entity) {
    if (entity.type !== 'regular' || entity.abstract) return;
    const [other] = context
      .entitiesWith(tableTrait(entity.schema, entity.table))
      .filter((candidate) => candidate.id !== entity.id && candidate.type === 'regular' && context.isSameProgram(entity, candidate));
    if (!other || isNeverSynchronized(context, entity) || isNeverSynchronized(context, other)) return;
    yield {
      rule: 'duplicate-table',
      severity: 'error',
      message: `${entity.name} and ${other.name} both have the table ${entity.table}: TypeORM's synchronize merges their columns at first and drops them, with their data, at the next start. Name one of them otherwise: @Entity('…').`,
      source: entity.source,
      related: [{ message: `${other.name} has the same table`, source: other.source }],
      fixes: () => [],
    };
  },
};

/** `@Entity({ synchronize: false })`: a second picture of one table is then harmless. */
function isNeverSynchronized(context: RuleContext, entity: Entity): boolean {
  const found = classOf(context, entity);
  if (!found || found.source.typescript.isClassExpression(found.node)) return false;
  return decoratorCalls(found.source, found.node).some((decorator) => {
    const options = decorator.name === 'Entity' ? optionsArgument(found.source, decorator) : null;
    const property = options && findProperty(found.source, options, 'synchronize');
    return property && found.source.typescript.isPropertyAssignment(property)
      ? property.initializer.kind === found.source.typescript.SyntaxKind.FalseKeyword
      : false;
  });
}
