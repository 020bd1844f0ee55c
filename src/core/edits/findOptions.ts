/**
 * `find()` → `find({ relations: { books: true } })`, and everything between: options that exist are merged, `findBy(where)` becomes
 * `find({ where, relations })`, options in a variable are edited where they are written.
 */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult, type Declined, type LoadRequest, type ResolvedPaths } from './loadRelations';
import { mergeRelations } from './mergeRelations';
import { appendProperties, findProperty, hasSpread, propertyName, renderObject, renderTree } from './objectLiteral';
import { withOrder } from './findOrder';
import { mentions, type FindTask } from './findTask';
import { hasQueryStrategy, reorderedBy, spreadsAreKnown, statementsOfLoaded, statementsOfWanted } from './loadedByOptions';
import { literalOfConstant, optionsOf, type OptionsPlace } from './optionsPlace';
import { isSoftDeleted, isToMany } from './relationPath';
import { isSqlite } from './rowOrder';
import { isLeaf, relationTree } from './relationTree';
import { namesNothing, sharedOptions } from './sharedOptions';
import { detectStyle, indentAt, isMultiLine, type SourceStyle } from './sourceStyle';
import { changedText, unwrap, type Change, type SourceText } from './sourceText';

export function addToFindOptions(source: SourceText, call: MethodCall, request: LoadRequest, resolved: ResolvedPaths): ChangeResult {
  const task: FindTask = { source, style: detectStyle(source), call, request, resolved, tree: relationTree(request.paths) };
  const index = takesEntity(task) ? 1 : 0;
  if (/By(OrFail)?$/.test(call.expression.name.text)) return fromWhere(task, index);
  const place = optionsOf(source, call, index);
  const argument = call.arguments[index];
  if (place.kind === 'declined') return (argument && besideShared(task, argument)) ?? place;
  if (place.kind === 'none') {
    const unordered = request.strategy === 'query' ? null : withOrder(task, null);
    return unordered?.kind === 'declined' ? unordered : { kind: 'changes', changes: [newArgument(task, place)] };
  }
  return intoObject(task, place.object);
}

/** An EntityManager's methods take the entity first. */
function takesEntity({ source, call, request }: FindTask): boolean {
  const first = call.arguments[0];
  if (!first) return false;
  if (source.typescript.isIdentifier(first) && source.entityNames.has(first.text)) return true;
  return call.arguments.length > 1 || (request.api.startsWith('EntityManager.') && /manager$/i.test(call.expression.expression.getText(source.tree)));
}

/** `relationLoadStrategy: 'query'` for a query that joins its relations; each is then read by itself. */
export function useQueryStrategy(
  source: SourceText,
  call: MethodCall,
  graph: RelationGraph,
  entity: string | null,
  driver: string | null,
): ChangeResult {
  const request = { graph, entity: entity ?? '', api: '', paths: [], strategy: 'query' as const, driver };
  const task: FindTask = { source, style: detectStyle(source), call, request, resolved: new Map(), tree: {} };
  const place = optionsOf(source, call, takesEntity(task) ? 1 : 0);
  if (place.kind === 'declined') return place;
  if (place.kind === 'none') return declined('the query has no options of its own: its relations are eager in the entity.');
  const { object } = place;
  const where = findProperty(source, object, 'where')?.getText(source.tree) ?? '';
  const filtered = loadedKeys(source, object).find((key) => mentions(where, key));
  if (filtered) return declined(`the where filters ${filtered}, which the query loads: another strategy would change which rows it returns.`);
  if (findProperty(source, object, 'lock')) return declined('the query takes a lock on the rows that it joins.');
  if (lacksPrimaryKey(task, object)) return declined("the select leaves out the primary key, which the 'query' strategy needs to match the rows.");
  const reordered = reorderedBy(task, object);
  if (reordered) return declined(reordered);
  const strategy = withQueryStrategy(source, task.style, object);
  const changes = strategy === 'append' ? appendProperties(source, task.style, object, [queryStrategy(task.style)]) : strategy;
  return { kind: 'changes', changes, extraQueries: changes.length > 0 ? statementsOfLoaded(task, object) : 0 };
}

function newArgument(task: FindTask, place: OptionsPlace & { kind: 'none' }): Change {
  const { source, style } = task;
  const { character } = source.tree.getLineAndCharacterOfPosition(place.start);
  const text = renderObject(
    [...properties(task, task.request.strategy === 'query'), ...orderOf(task, task.request.strategy === 'query')],
    style,
    character + place.prefix.length,
    indentAt(source.text, place.start),
  );
  return { start: place.start, end: place.end, newText: place.prefix + text };
}

/** `find(BY_NAME)` → `find({ ...BY_NAME, relations: { books: true } })`, where other queries share the constant; null where it is none. */
function besideShared(task: FindTask, argument: ts.Expression): ChangeResult | null {
  const { source, style, tree } = task;
  const shared = sharedOptions(source, argument);
  if (!shared) return null;
  const { home, object } = shared;
  const there: FindTask = { ...task, source: home };
  const plan = strategyFor(there, object);
  if (plan.kind === 'declined') return plan;
  const ordered = plan.query ? null : withOrder(there, object);
  if (ordered?.kind === 'declined') return ordered;
  const order = findProperty(home, object, 'order');
  if (order && ordered && ordered.changes.length > 0 && !namesNothing(home, order))
    return declined('the joined rows need an order besides the one that the shared options say; write both at this query.');
  const properties = [
    `...${argument.getText(source.tree)}`,
    `relations: ${renderTree(tree, style)}`,
    ...(plan.query ? [queryStrategy(style)] : []),
    ...(ordered?.properties ?? []),
    ...(order && ordered && ordered.changes.length > 0 ? [changedText(home, ordered.changes, order.getStart(home.tree), order.end)] : []),
  ];
  const start = argument.getStart(source.tree);
  const { character } = source.tree.getLineAndCharacterOfPosition(start);
  const newText = renderObject(properties, style, character, indentAt(source.text, start));
  const { extraQueries, isUntold } = plan;
  return { kind: 'changes', extraQueries, ...(isUntold ? { isUntold } : {}), changes: [{ start, end: argument.end, newText }] };
}

function intoObject(task: FindTask, object: ts.ObjectLiteralExpression): ChangeResult {
  const { source, style, request, tree } = task;
  const relations = findProperty(source, object, 'relations');
  if (!relations && hasSpread(source, object) && !spreadsAreKnown(source, object))
    return declined('a spread in the options may hold relations of its own, which the edit would replace.');
  const written = relations && relationsValue(source, relations);
  if (written === null) return declined('the relations come from a variable; add them where it is built.');
  const merged: ChangeResult = written ? mergeRelations(source, style, written, request.paths, tree) : { kind: 'changes', changes: [] };
  if (merged.kind === 'declined' || (relations && merged.changes.length === 0)) return merged;
  const plan = strategyFor(task, object);
  if (plan.kind === 'declined') return plan;
  const strategy = plan.query ? withQueryStrategy(source, style, object) : [];
  const ordered = plan.query ? { kind: 'order' as const, properties: [], changes: [] } : withOrder(task, object);
  if (ordered.kind === 'declined') return ordered;
  const added = [
    ...(relations ? [] : [`relations: ${renderTree(tree, style)}`]),
    ...(strategy === 'append' ? [queryStrategy(style)] : []),
    ...ordered.properties,
  ];
  return {
    kind: 'changes',
    extraQueries: plan.extraQueries,
    ...(plan.isUntold ? { isUntold: plan.isUntold } : {}),
    changes: [
      ...merged.changes,
      ...ordered.changes,
      ...(strategy === 'append' ? [] : strategy),
      ...(added.length > 0 ? appendProperties(source, style, object, added) : []),
    ],
  };
}

/** What `relations: …` holds, followed to a constant that no other query uses; null where that is not written in this file. */
function relationsValue(source: SourceText, property: ts.ObjectLiteralElementLike): ts.Expression | null {
  const { typescript } = source;
  const value = typescript.isPropertyAssignment(property) ? unwrap(source, property.initializer) : undefined;
  if (value && !typescript.isIdentifier(value)) return value;
  const name = value ?? (typescript.isShorthandPropertyAssignment(property) ? property.name : undefined);
  return name && typescript.isIdentifier(name) ? literalOfConstant(source, name) : null;
}

interface LoadPlan {
  readonly kind: 'plan';
  readonly query: boolean;
  readonly extraQueries: number;
  readonly isUntold?: true;
}

function isPage({ source, call }: FindTask, object: ts.ObjectLiteralExpression): boolean {
  return call.expression.name.text.startsWith('findOne') || ['take', 'skip'].some((name) => findProperty(source, object, name) !== undefined);
}

/** Whether the `query` strategy is needed, and whether the options allow the relations at all. */
function strategyFor(task: FindTask, object: ts.ObjectLiteralExpression): LoadPlan | Declined {
  const { source, request, resolved } = task;
  const paths = [...resolved.values()];
  if (findProperty(source, object, 'lock')) return declined('the query takes a lock, which a joined relation would extend or break.');
  if (
    findProperty(source, object, 'withDeleted') &&
    paths.some((steps) => steps.some(({ relation }) => isSoftDeleted(request.graph, relation.targetId)))
  )
    return declined('the query asks for soft-deleted rows (withDeleted), which would then appear in the relation too.');
  const narrowed = narrowedBySelect(task, object);
  if (narrowed) return declined(narrowed);
  const where = findProperty(source, object, 'where')?.getText(source.tree) ?? '';
  const filtersLoaded = loadedKeys(source, object).find((key) => mentions(where, key));
  const filtersWanted = filtersCollection(task, where);
  if (filtersLoaded && filtersWanted)
    return declined(`the where filters ${filtersLoaded}, which the query loads: another strategy would change which rows it returns.`);
  const query = filtersWanted || (request.strategy === 'query' && !filtersLoaded);
  if (query && lacksPrimaryKey(task, object))
    return declined("the select leaves out the primary key, which the 'query' strategy needs to match the rows.");
  const isQuery = hasQueryStrategy(source, object);
  if (isQuery && request.driver !== null && paths.flat().some(({ relation }) => relation.kind === 'many-to-many'))
    return declined('the query loads each relation by a query of its own, which returns a many-to-many in the order of all parents together.');
  const reordered = !isQuery && (query || !isSqlite(request.driver)) ? reorderedBy(task, object) : null;
  if (reordered) return declined(reordered);
  // A join was predicted, and what the options say makes a query of its own of it; without one, a page needs no second query either.
  if (isQuery && request.strategy === 'join')
    return { kind: 'plan', query, extraQueries: statementsOfWanted(task, object), ...(isPage(task, object) ? { isUntold: true } : {}) };
  return { kind: 'plan', query, extraQueries: query && !isQuery ? statementsOfLoaded(task, object) : 0 };
}

/** Whether `where` mentions a wanted collection: a join would load only the matching rows, the `query` strategy loads all of them. */
function filtersCollection({ resolved }: FindTask, where: string): boolean {
  return [...resolved.values()].some((steps) => steps.some(({ relation }) => isToMany(relation) && mentions(where, relation.property)));
}

/** First steps of the relations that the query loads by now. */
function loadedKeys(source: SourceText, object: ts.ObjectLiteralExpression): string[] {
  const relations = findProperty(source, object, 'relations');
  const value = relations && source.typescript.isPropertyAssignment(relations) ? unwrap(source, relations.initializer) : undefined;
  if (value && source.typescript.isObjectLiteralExpression(value))
    return value.properties.flatMap((property) => propertyName(source, property) ?? []);
  if (!value || !source.typescript.isArrayLiteralExpression(value)) return [];
  return value.elements.flatMap((element) => (source.typescript.isStringLiteralLike(element) ? (element.text.split('.')[0] ?? []) : []));
}

function narrowedBySelect({ source, tree, request }: FindTask, object: ts.ObjectLiteralExpression): string | null {
  const select = selectObject(source, object);
  if (!select) return null;
  const [key] = Object.keys(tree).filter((name) => {
    const property = findProperty(source, select, name);
    return property && source.typescript.isPropertyAssignment(property) && source.typescript.isObjectLiteralExpression(property.initializer);
  });
  return key ? `the select already narrows ${request.entity}.${key}; add what the code reads there by hand.` : null;
}

function lacksPrimaryKey({ source, request }: FindTask, object: ts.ObjectLiteralExpression): boolean {
  const property = findProperty(source, object, 'select');
  if (!property) return false;
  const keys = request.graph.entities.find(({ name }) => name === request.entity)?.columns.filter(({ primary }) => primary) ?? [];
  const select = property.getText(source.tree);
  return keys.some((column) => !new RegExp(`\\b${column.property.split('.')[0] ?? ''}\\b`).test(select.slice('select'.length)));
}

function selectObject(source: SourceText, object: ts.ObjectLiteralExpression): ts.ObjectLiteralExpression | null {
  const select = findProperty(source, object, 'select');
  if (!select || !source.typescript.isPropertyAssignment(select)) return null;
  const value = unwrap(source, select.initializer);
  return source.typescript.isObjectLiteralExpression(value) ? value : null;
}

function withQueryStrategy(source: SourceText, style: SourceStyle, object: ts.ObjectLiteralExpression): Change[] | 'append' {
  const property = findProperty(source, object, 'relationLoadStrategy');
  if (!property) return 'append';
  if (!source.typescript.isPropertyAssignment(property) || !source.typescript.isStringLiteralLike(property.initializer)) return [];
  const { initializer } = property;
  return initializer.text === 'query'
    ? []
    : [{ start: initializer.getStart(source.tree), end: initializer.end, newText: `${style.quote}query${style.quote}` }];
}

/** `findBy(where)` → `find({ where, relations })`. */
function fromWhere(task: FindTask, index: number): ChangeResult {
  const { source, style, call, request } = task;
  const where = call.arguments[index];
  if (!where || source.typescript.isSpreadElement(where)) return declined('its conditions could not be read.');
  const text = where.getText(source.tree);
  const filtered = filtersCollection(task, text);
  const condition = text === 'where' ? 'where' : `where: ${isMultiLine(source, where) ? indentMore(text, style) : text}`;
  const start = where.getStart(source.tree);
  const { character } = source.tree.getLineAndCharacterOfPosition(call.getStart(source.tree));
  const query = request.strategy === 'query' || filtered;
  const unordered = query ? null : withOrder(task, null);
  if (unordered?.kind === 'declined') return unordered;
  const all = [condition, ...properties(task, query), ...orderOf(task, query)];
  const newText = isMultiLine(source, where)
    ? renderObject(all, { ...style, width: 0 }, 0, indentAt(source.text, start))
    : renderObject(all, style, start - call.getStart(source.tree) + character, indentAt(source.text, start));
  const { name } = call.expression;
  const renamed = name.text.replace(/By(?=OrFail$|$)/, '');
  return {
    kind: 'changes',
    changes: [
      { start: name.getStart(source.tree), end: name.end, newText: renamed },
      { start, end: where.end, newText },
    ],
  };
}

function indentMore(text: string, style: SourceStyle): string {
  return text.includes('`') ? text : text.replace(/\n(?=[^\n])/g, `\n${style.indent}`);
}

function properties({ style, tree }: FindTask, query: boolean): string[] {
  return isLeaf(tree) ? [] : [`relations: ${renderTree(tree, style)}`, ...(query ? [queryStrategy(style)] : [])];
}

/** The order for joined collections, where options are new and nothing stands against one. */
function orderOf(task: FindTask, query: boolean): readonly string[] {
  const ordered = query ? null : withOrder(task, null);
  return ordered?.kind === 'order' ? ordered.properties : [];
}

function queryStrategy(style: SourceStyle): string {
  return `relationLoadStrategy: ${style.quote}query${style.quote}`;
}
