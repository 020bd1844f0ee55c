/** The relation loaded with the query that returned the rows; a lookup in the loop then reads it off the row. */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import type { Finding, Site } from '../profile/queryProfile';
import { batchEdit, isEachRowAsked } from './batchEdit';
import { decline, readSource, toEdit, type EditContext, type FindingEdit } from './editContext';
import { loadTitle } from './editTitle';
import { findCall, findRelationReads, isMethodCall, type MethodCall } from './findCall';
import { loadRelations, type ChangeResult } from './loadRelations';
import { LOOKUP_METHODS, replaceLookup } from './loopLookup';
import { rowsOf, writeSince, writeWithin, type Watched } from './loopObstacles';
import { loopAround } from './loops';
import { receiverEntity } from './receiverEntity';
import { iterationOf, namesRead, savedAgain } from './iteration';
import { leavesRelation } from './relationMoved';
import { isToMany, relationsAlong, type RelationStep } from './relationPath';
import { descendants, enclosingFunction, lineAt, lineOf, unwrap, type SourceText } from './sourceText';

export function loadEdit(context: EditContext, finding: Finding): FindingEdit {
  const { advice, parent } = finding;
  if (!parent?.site || !parent.entity) return decline('The query that returned the rows is not known.');
  const source = readSource(context, parent.site.file);
  const call = source && findCall(source, { site: parent.site, api: parent.api, entity: parent.entity });
  if (!call) return batchInstead(context, finding, source && isGeneric(source, parent.site.line) ? decline(FOR_ANY_ENTITY) : { kind: 'gone' });
  const request = { graph: context.graph, entity: parent.entity, api: parent.api, strategy: advice.strategy, driver: advice.driver ?? null };
  if (finding.kind !== 'loop-n-plus-one') {
    const composite = advice.relations.find((path) => isMisread(context.graph, parent.entity ?? '', path));
    if (composite && finding.kind === 'lazy-n-plus-one')
      return decline(
        `TypeORM's lazy load of ${composite} compares one column of its composite key only; loaded with the query, other rows may come back. Check which ones you want.`,
      );
    const stale = finding.kind === 'lazy-n-plus-one' ? whyStale(context, finding, source, call) : null;
    if (stale) return decline(stale);
    const result = loadRelations(source, call, { ...request, paths: advice.relations });
    const counted = withExtra(context, finding, result);
    return toEdit(source, loadTitle(counted), counted.advice.predictedQueryCount, result);
  }
  const paths = lookedUp(finding);
  const loaded = loadRelations(source, call, { ...request, paths });
  const own = withExtra(context, { ...finding, advice: { ...advice, relations: paths } }, loaded);
  const edit = toEdit(source, loadTitle(own), own.advice.predictedQueryCount, withLookup(context, own, source, call, loaded));
  return batchInstead(context, finding, edit);
}

/** Where the relation cannot stand in for a lookup, asking for all keys at once still can. */
function batchInstead(context: EditContext, finding: Finding, edit: FindingEdit): FindingEdit {
  if (finding.kind !== 'loop-n-plus-one' || (edit.kind !== 'declined' && edit.kind !== 'gone')) return edit;
  const batch = batchEdit(context, finding);
  const saysMore = edit.kind === 'gone' || NOT_FOUND.test(edit.reason);
  return batch.kind === 'edit' || batch.kind === 'mended' || (saysMore && batch.kind === 'declined') ? batch : edit;
}

const NOT_FOUND = /was not found again|stands in another file|does not visibly run over|are more than the keys/;

const FOR_ANY_ENTITY = 'The query serves any entity (Repository<T>), which has no such relation: load it in a method of the class for this one.';

/** Whether the query on the line is made through a repository of a type parameter. */
function isGeneric(source: SourceText, line: number): boolean {
  return [...descendants(source, source.tree)].some((node) => {
    if (!isMethodCall(source, node) || lineAt(source, node.expression.name.getStart(source.tree)) !== line) return false;
    const entity = receiverEntity(source, node);
    return entity !== null && !source.entityNames.has(entity);
  });
}

/** The prediction, with what the edit adds for relations that the query joined before. */
function withExtra({ graph }: EditContext, finding: Finding, result: ChangeResult): Finding {
  const { advice } = finding;
  const extra = result.kind === 'changes' ? (result.extraQueries ?? 0) : 0;
  const entity = finding.parent?.entity ?? '';
  const isUntold = result.kind === 'changes' && result.isUntold;
  if (isUntold || advice.relations.some((path) => goesDown(graph, entity, path)))
    return { ...finding, advice: { ...advice, predictedQueryCount: null } };
  return advice.predictedQueryCount === null
    ? finding
    : { ...finding, advice: { ...advice, predictedQueryCount: advice.predictedQueryCount + extra } };
}

/** `children.children`: a tree, of which the code may go down further than the edit loads, and ask there for each as before. */
function goesDown(graph: RelationGraph, entity: string, path: string): boolean {
  const steps = relationsAlong(graph, entity, path) ?? [];
  return steps.some(({ relation }, i) => isToMany(relation) && relation === steps[i - 1]?.relation);
}

/**
 * RelationLoader joins by `joinColumn.propertyName`, which for columns that no property declares is the relation's own name: of a composite key
 * it compares one column, twice.
 */
function isMisread(graph: RelationGraph, entity: string, path: string): boolean {
  const steps = relationsAlong(graph, entity, path) ?? [];
  return steps.some(
    ({ entity: owner, relation }) =>
      relation.lazy &&
      relation.owner &&
      relation.joinColumns.length > 1 &&
      relation.joinColumns.some(({ column }) => !owner.columns.some((each) => each.column === column && each.relation === null)),
  );
}

/** A lazy relation is read when it is asked for: what the code writes between the query and that would be missing in what the query loads. */
function whyStale(context: EditContext, { site, advice, parent }: Finding, source: SourceText, query: MethodCall): string | null {
  const reader = site && (site.file === source.file ? source : readSource(context, site.file));
  if (!site || !reader) return null;
  for (const path of advice.relations) {
    const [last] = (relationsAlong(context.graph, parent?.entity ?? '', path) ?? []).slice(-1);
    for (const read of last ? findRelationReads(reader, site, last.relation.property) : []) {
      const reason = last && whyReadStale(context.graph, { source: reader, read, step: last }, source, query);
      if (reason) return reason;
    }
  }
  return null;
}

interface LazyRead {
  readonly source: SourceText;
  readonly read: ts.PropertyAccessExpression;
  readonly step: RelationStep;
}

function whyReadStale(graph: RelationGraph, { source: reader, read, step }: LazyRead, source: SourceText, query: MethodCall): string | null {
  const around = loopAround(reader, read);
  const rows = around.kind === 'loop' ? rowsOf(reader, around.loop, step.entity.name) : new Map<string, string>();
  const body = around.kind === 'loop' ? around.loop.body : enclosingFunction(reader, read);
  const until = reader === source ? (around.kind === 'loop' ? around.loop.node : read) : null;
  const related: Watched = { graph, rows, entity: step.relation.target };
  const own: Watched = { graph, rows, entity: step.entity.name, isHarmless: leavesRelation(reader, step) };
  for (const watched of [related, own]) {
    const inTurn = body && writeWithin(reader, body, { ...watched, query: 'the query before it' });
    const written = inTurn ?? (until && writeSince(source, query, until, watched, []));
    if (written) return written;
  }
  return whyNotHeld(reader, read, query, step);
}

/** The loaded rows stand in the row itself, where whoever goes through its properties meets them, and TypeORM where it saves the row. */
function whyNotHeld(source: SourceText, read: ts.PropertyAccessExpression, query: MethodCall, { relation }: RelationStep): string | null {
  const row = unwrap(source, read.expression);
  const iteration = source.typescript.isIdentifier(row) ? iterationOf(source, row, query) : null;
  if (!iteration) return null;
  const named = namesRead(source, iteration);
  if (named)
    return `the names of its properties are gone through in line ${lineOf(named.source, named.node)}, and the loaded ${relation.property} would be among them (as __${relation.property}__).`;
  const saved = relation.owner && !isToMany(relation) ? null : savedAgain(source, iteration);
  return (
    saved &&
    `the row is saved in line ${lineOf(source, saved)}, where TypeORM would compare the loaded ${relation.property} with the database, row by row.`
  );
}

/** Several lookups in one loop share their advice; this finding's own relation is what its edit is about. */
function lookedUp({ advice, relation }: Finding): readonly string[] {
  const own = advice.relations.filter((path) => path === relation);
  return own.length > 0 ? own : advice.relations;
}

/** Loads the relation and puts it in the lookup's place: both or neither. */
function withLookup(context: EditContext, finding: Finding, source: SourceText, parent: MethodCall, loaded: ChangeResult): ChangeResult {
  if (loaded.kind === 'declined') return loaded;
  const [path] = finding.advice.relations;
  const steps = path && finding.parent?.entity ? relationsAlong(context.graph, finding.parent.entity, path) : null;
  const [step] = steps ?? [];
  if (!finding.site || !step || steps?.length !== 1 || finding.advice.relations.length !== 1)
    return { kind: 'declined', reason: 'the lookup follows more than one relation; load them at the query and read them in the loop.' };
  if (finding.site.file !== source.file)
    return { kind: 'declined', reason: 'the lookup stands in another file than the query; load the relation there and hand it over.' };
  const lookup = findLookup(source, finding.site, step.relation.target, parent);
  // Once the lookup is gone and the query loads the relation, there is nothing left to do.
  if (!lookup) return loaded.changes.length === 0 ? loaded : { kind: 'declined', reason: 'the lookup in the loop was not found again.' };
  const replaced = replaceLookup(source, lookup, {
    graph: context.graph,
    step,
    declaration: declarationOf(context, step.relation.range),
    parent,
    wasAlwaysThere: isEachRowAsked(finding),
  });
  return replaced.kind === 'declined' ? replaced : { kind: 'changes', changes: [...loaded.changes, ...replaced.changes] };
}

/** A lookup that moved is found again only where the file says which entity it asks for. */
function findLookup(source: SourceText, site: Site, entity: string, parent: MethodCall): MethodCall | null {
  const found = LOOKUP_METHODS.map((method) => findCall(source, { site, api: method, entity })).flatMap((call) =>
    call && call !== parent ? [call] : [],
  );
  const onLine = found.filter((call) => lineAt(source, call.expression.name.getStart(source.tree)) === site.line);
  const sure = found.filter((call) => receiverEntity(source, call) === entity);
  return [...onLine, ...sure][0] ?? null;
}

function declarationOf(
  context: EditContext,
  range: { file: string; line: number; column: number; endLine: number; endColumn: number },
): string | null {
  const source = readSource(context, range.file);
  if (!source || range.endLine > source.tree.getLineStarts().length) return null;
  const offset = (line: number, column: number): number => source.tree.getPositionOfLineAndCharacter(line - 1, column - 1);
  return source.text.slice(offset(range.line, range.column), offset(range.endLine, range.endColumn));
}
