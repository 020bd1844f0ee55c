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
    const others = context.entitiesWith(tableTrait(entity.schema, entity.table)).filter((other) => isMeantForOneTable(context, entity, other));
    const [other] = others;
    if (!other || standsApart(context, entity) || standsApart(context, other)) return;
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

/** Two classes of one name are two versions, or two databases' pictures, of one entity: one DataSource could not load both. A class and its base share by intent. */
function isMeantForOneTable(context: RuleContext, entity: Entity, other: Entity): boolean {
  if (other.id === entity.id || other.type !== 'regular' || other.name === entity.name) return false;
  // TypeORM refuses a class without a key, so what names a table without one is never loaded: it only types rows of a query.
  if (![entity, other].every(({ columns }) => columns.some(({ primary }) => primary))) return false;
  return context.isSameProgram(entity, other) && !isOneFamily(context, entity, other);
}

/** One extends the other, or both extend one entity of that table. */
function isOneFamily(context: RuleContext, entity: Entity, other: Entity): boolean {
  const holders = context.entitiesWith(tableTrait(entity.schema, entity.table));
  const [base, otherBase] = [baseNameOf(context, entity), baseNameOf(context, other)];
  return base === other.name || otherBase === entity.name || (base !== null && base === otherBase && holders.some(({ name }) => name === base));
}

function baseNameOf(context: RuleContext, entity: Entity): string | null {
  const found = classOf(context, entity);
  const { typescript } = found?.source ?? {};
  const heritage = typescript && found?.node.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword);
  const expression = heritage?.types[0]?.expression;
  return typescript && expression && typescript.isIdentifier(expression) ? expression.text : null;
}

/** `@Entity({ synchronize: false })`, with which a second picture of a table is harmless, and `@Entity({ database: … })`. */
function standsApart(context: RuleContext, entity: Entity): boolean {
  const found = classOf(context, entity);
  if (!found || found.source.typescript.isClassExpression(found.node)) return false;
  const { typescript } = found.source;
  return decoratorCalls(found.source, found.node).some((decorator) => {
    const options = decorator.name === 'Entity' ? optionsArgument(found.source, decorator) : null;
    if (!options) return false;
    const property = findProperty(found.source, options, 'synchronize');
    const isOff = property && typescript.isPropertyAssignment(property) && property.initializer.kind === typescript.SyntaxKind.FalseKeyword;
    return isOff === true || findProperty(found.source, options, 'database') !== undefined;
  });
}
