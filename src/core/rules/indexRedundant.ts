import { decoratorCalls, removeDecorator } from '../edits/decoratorEdits';
import type { Column, Entity, SourceRange } from '../model/relationGraph';
import type { Fix, Rule, RuleContext } from './rule';
import { fixOf, memberAt } from './ruleSyntax';

/**
 * A column that is a key or unique has an index by that; TypeORM makes the one of `@Index()` as well. Only single columns are judged: of
 * indices over several, the order says what they are good for, and the graph does not keep it; one with a `where` is smaller than the other.
 */
export const indexRedundant: Rule = {
  id: 'index-redundant',
  *check(context, entity) {
    for (const column of entity.columns) {
      const other = otherIndex(entity, column);
      if (other === null || !entity.indices.some(({ unique, partial, columns }) => !unique && !partial && isOnly(columns, column))) continue;
      yield {
        rule: 'index-redundant',
        severity: 'warning',
        message: `${entity.name}.${column.property} has an index beside ${other}, which is an index already: a second one costs time at every write and finds nothing sooner. Take @Index() away.`,
        source: column.source ?? entity.source,
        related: [],
        fixes: () => removeIndex(context, column.source),
      };
    }
  },
};

/** Only where `@Index()` stands at the property; one of the class names its columns. */
function removeIndex(context: RuleContext, place: SourceRange | null): Fix[] {
  const source = place && context.sourceOf(place.file);
  const member = source && memberAt(source, place);
  const index = member ? decoratorCalls(source, member).find(({ name }) => name === 'Index') : undefined;
  return source && index ? fixOf('Remove @Index()', [{ source, changes: removeDecorator(source, index) }]) : [];
}

function otherIndex(entity: Entity, column: Column): string | null {
  const keys = entity.columns.filter(({ primary }) => primary);
  if (column.primary && keys.length === 1) return 'its primary key';
  if (entity.uniques.some((columns) => isOnly(columns, column))) return 'its unique constraint';
  return entity.indices.some(({ unique, partial, columns }) => unique && !partial && isOnly(columns, column)) ? 'its unique index' : null;
}

function isOnly(columns: readonly string[], { property, relation }: Column): boolean {
  return columns.length === 1 && (columns[0] === property || columns[0] === relation);
}
