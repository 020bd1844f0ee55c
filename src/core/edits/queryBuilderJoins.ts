/**
 * A query builder that loads relations too:
 *
 *     repo.createQueryBuilder('a').getMany()   →   repo.createQueryBuilder('a').leftJoinAndSelect('a.books', 'books').getMany()
 */
import type { Relation, RelationGraph } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult, type Declined, type LoadRequest, type ResolvedPaths } from './loadRelations';
import { literalText, readBuilder, type Builder, type Join } from './queryBuilder';
import { entityById, isSoftDeleted, isToMany, type RelationStep } from './relationPath';
import { growingKey, isForeignKeyIndexed, isSqlite, joinsReorderRows, uniqueProperties } from './rowOrder';
import { detectStyle, indentAt, type SourceStyle } from './sourceStyle';
import type { Change, SourceText } from './sourceText';

export function addJoins(source: SourceText, call: MethodCall, request: LoadRequest, resolved: ResolvedPaths): ChangeResult {
  const builder = readBuilder(source, call, request.entity);
  if (builder.kind === 'declined') return builder;
  const obstacle = obstacleTo(builder, request.graph, [...resolved.values()].flat());
  if (obstacle) return declined(obstacle);
  const style = detectStyle(source);
  const plan = planJoins(source, builder, [...resolved.values()]);
  if ('kind' in plan) return plan;
  const order = orderCalls(source, style, builder, request, plan.added);
  if ('kind' in order) return order;
  const calls = plan.added.map(({ path, alias }) => `.leftJoinAndSelect(${style.quote}${path}${style.quote}, ${style.quote}${alias}${style.quote})`);
  const changes = [...plan.changes, ...insertCalls(source, style, call, [...calls, ...order.calls])];
  return { kind: 'changes', changes, extraQueries: -pageQueries(builder) };
}

/** The advice counts a query more for a page of joined rows, which take() and skip() need and limit() does not. */
function pageQueries({ calls, joins }: Builder): number {
  const called = (name: RegExp): boolean => calls.some((call) => name.test(call.expression.name.text));
  return called(/^(limit|offset)$/) && !called(/^(take|skip)$/) && joins.length === 0 ? 1 : 0;
}

/** What would make the joined query return something else than the query and the later loads together. */
function obstacleTo(builder: Builder, graph: RelationGraph, steps: readonly RelationStep[]): string | null {
  const called = (name: string): boolean => builder.calls.some((call) => call.expression.name.text === name);
  const targets = steps.map(({ relation }) => entityById(graph, relation.targetId));
  const eager = targets.find((target) => target?.relations.some((relation) => relation.eager));
  if (eager) return `${eager.name} has eager relations, which a query builder does not load; join them by hand.`;
  if (called('setLock')) return 'the query takes a lock, which a joined relation would extend or break.';
  if (called('groupBy') || called('distinctOn')) return 'the query groups its rows, so a joined relation would change them.';
  if (called('withDeleted') && steps.some(({ relation }) => isSoftDeleted(graph, relation.targetId)))
    return 'the query asks for soft-deleted rows (withDeleted), which would then appear in the relation too.';
  const paged = called('limit') || called('offset');
  if (paged && steps.some(({ relation }) => isToMany(relation)))
    return 'the query pages with limit() or offset(), which count joined rows; with take() and skip() the relation can be joined.';
  return null;
}

interface Added {
  readonly path: string;
  readonly alias: string;
  readonly relation: Relation;
}

interface JoinPlan {
  readonly added: readonly Added[];
  readonly changes: readonly Change[];
}

function planJoins(source: SourceText, builder: Builder, paths: readonly (readonly RelationStep[])[]): JoinPlan | Declined {
  const added: Added[] = [];
  const changes: Change[] = [];
  const taken = new Set([builder.alias, ...builder.joins.map(({ alias }) => alias)]);
  for (const steps of paths) {
    let alias = builder.alias;
    for (const { relation } of steps) {
      const path = `${alias}.${relation.property}`;
      const join = builder.joins.find((candidate) => candidate.path === path);
      if (join) {
        const selected = selectToo(source, builder, join, isToMany(relation));
        if (typeof selected === 'string') return declined(selected);
        changes.push(...selected);
      }
      const known = join?.alias ?? added.find((candidate) => candidate.path === path)?.alias;
      if (!known) added.push({ path, alias: freshAlias(taken, alias, relation.property), relation });
      alias = known ?? added.at(-1)?.alias ?? alias;
    }
  }
  return { added, changes: changes.filter((change, i) => changes.findIndex(({ start }) => start === change.start) === i) };
}

/** `leftJoin` → `leftJoinAndSelect`, unless the join filters the collection that is to be loaded whole. */
function selectToo(source: SourceText, builder: Builder, join: Join, toMany: boolean): readonly Change[] | string {
  const { name } = join.call.expression;
  if (/AndSelect$/.test(name.text)) return [];
  const filtered = join.call.arguments.length > 2 || mentionedElsewhere(source, builder, join);
  if (toMany && filtered) return `the query filters '${join.path}', so the joined rows are not the whole relation.`;
  if (/AndMap/.test(name.text)) return `the query maps '${join.path}' to a property of its own (${name.text}).`;
  return [{ start: name.end, end: name.end, newText: 'AndSelect' }];
}

function mentionedElsewhere(source: SourceText, builder: Builder, join: Join): boolean {
  const filters = builder.calls.filter(({ expression }) => /where|having/i.test(expression.name.text));
  return filters.some((call) =>
    new RegExp(`\\b${join.alias}\\.`).test(
      call.arguments.map((argument) => literalText(source, argument) ?? argument.getText(source.tree)).join(' '),
    ),
  );
}

function freshAlias(taken: Set<string>, parent: string, property: string): string {
  const name = property.split('.').at(-1) ?? property;
  const longer = `${parent}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const candidates = [name, longer, ...Array.from({ length: taken.size + 1 }, (_, i) => `${longer}${i + 2}`)];
  const alias = candidates.find((candidate) => !taken.has(candidate)) ?? longer;
  taken.add(alias);
  return alias;
}

/** The order that keeps joined collections as they came lazily (see rowOrder.ts); a page cannot have one, for it would count joined rows. */
function orderCalls(
  source: SourceText,
  style: SourceStyle,
  builder: Builder,
  { graph, entity, driver }: LoadRequest,
  added: readonly Added[],
): { readonly calls: readonly string[] } | Declined {
  const collections = added.filter(({ relation }) => isToMany(relation));
  const wanted = collections.filter(
    ({ relation }) => driver !== null && (!isSqlite(driver) || (relation.kind === 'one-to-many' && !isForeignKeyIndexed(graph, relation))),
  );
  const [first] = wanted;
  const named = (pattern: RegExp): boolean => builder.calls.some((call) => pattern.test(call.expression.name.text));
  const rows = graph.entities.find(({ name }) => name === entity);
  const root = growingKey(rows);
  const quoted = (alias: string, key: string | null): string => `(${style.quote}${alias}.${key ?? ''}${style.quote})`;
  const written = builder.calls
    .filter((call) => /^(add)?orderBy$/i.test(call.expression.name.text))
    .map((call) => call.getText(source.tree))
    .join(' ');
  const isOrderedBy = (property: string): boolean => new RegExp(`\\b${builder.alias}\\.${property}\\b`).test(written);
  const byRoot = (key: string): string => `.${named(/^(add)?orderBy$/i) ? 'addOrderBy' : 'orderBy'}${quoted(builder.alias, key)}`;
  if (!first) {
    const mayTurn = added.length > 0 && joinsReorderRows(driver) && named(/^getMany/) && !uniqueProperties(rows).some(isOrderedBy);
    return { calls: mayTurn && root !== null ? [byRoot(root)] : [] };
  }
  const keys = wanted.map(({ alias, relation }) => ({ alias, key: growingKey(entityById(graph, relation.targetId)) }));
  const orderable = root !== null && keys.every(({ key }) => key !== null) && !named(/^(take|skip)$/);
  if (!orderable && isSqlite(driver))
    return declined(
      `${first.path} would be joined without an order or an index on its foreign key, so SQLite would sort it its own way. Add @Index() first, or use find().`,
    );
  if (!orderable) return { calls: [] };
  return { calls: [...(isOrderedBy(root) ? [] : [byRoot(root)]), ...keys.map(({ alias, key }) => `.addOrderBy${quoted(alias, key)}`)] };
}

/** Before the call that runs the query; on lines of their own where the chain has one call a line. */
function insertCalls(source: SourceText, style: SourceStyle, call: MethodCall, calls: readonly string[]): Change[] {
  if (calls.length === 0) return [];
  const at = call.expression.expression.end;
  const name = call.expression.name.getStart(source.tree);
  const separator = source.text.slice(at, name).includes('\n') ? style.newline + indentAt(source.text, name) : '';
  return [{ start: at, end: at, newText: calls.map((text) => separator + text).join('') }];
}
