/** One write for all rows in the place of a write in a loop, found again in the present text. */
import type ts from 'typescript';
import type { Entity } from '../model/relationGraph';
import type { Finding, Site } from '../profile/queryProfile';
import { declarationOf, isInFunction, isOfAnotherFunction } from './batchEdit';
import { bulkWrite } from './bulkWrite';
import { decline, readSource, toEdit, type EditContext, type FindingEdit } from './editContext';
import { saving } from './editTitle';
import { isMethodCall, type MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { listKind } from './listKind';
import { isNested, loopAround } from './loops';
import { receiverEntity } from './receiverEntity';
import { descendants, type SourceText } from './sourceText';

const WRITES = /^(save|insert|upsert|remove|softRemove|recover|delete|softDelete|restore|update|increment|decrement|add)$/;
/** Databases that give back generated keys of many rows with one INSERT; the others need one INSERT a row for `save`. */
const RETURNING = /^(postgres|aurora-postgres|cockroachdb|mssql|mariadb|sap|spanner)$/;

export function bulkWriteEdit(context: EditContext, finding: Finding): FindingEdit {
  const { site, entity: name } = finding;
  const entity = context.graph.entities.find((each) => each.name === name);
  const source = site && readSource(context, site.file);
  if (!site || !source) return { kind: 'gone' };
  if (name === null) return decline('the statement is raw SQL, which the edit does not touch.');
  if (!entity) return decline(`${name} is not among the entities found in the sources.`);
  const call = findWrite(source, finding, entity.name);
  if (!call) return isBulk(source, entity.name, site) ? { kind: 'mended' } : missing(source, finding);
  if (finding.kind === 'orm-fan-out')
    return decline('the rows are handed to one call already; the advice says which call writes them with one statement.');
  const result = bulkWrite(source, call, { graph: context.graph, entity, driver: finding.advice.driver ?? null });
  // Within another loop one call is left for each turn of that one, and nobody has counted those.
  const around = loopAround(source, call);
  const isUnknown = result.kind === 'declined' || (around.kind === 'loop' && isNested(source, around.loop));
  const predicted = isUnknown ? null : predictedBulk(finding, call.expression.name.text, result.method, isReadBack(context, entity));
  return toEdit(source, `Write all ${entity.name} rows at once${saving(finding.advice.currentQueryCount, predicted)}`, predicted, result);
}

/** `save` of new rows writes them one by one where the database cannot tell the keys of many, and a transaction around them. */
function predictedBulk({ advice, count }: Finding, before: string, after: string, isReadBack: boolean): number | null {
  const { predictedQueryCount: inserted, statementsPerRow: perRow } = advice;
  if (inserted === null || before !== 'save' || after !== 'save' || perRow === undefined) return inserted;
  const transaction = advice.inTransaction ? 0 : 2;
  // Rows that bring their keys are looked for and inserted together.
  const rowsOnce = !isReadBack ? perRow : RETURNING.test(advice.driver ?? '') ? 1 : count * perRow;
  return inserted - perRow + transaction + rowsOnce;
}

/** Whether the database fills in what the row does not say, which `save` reads back: keys, dates, defaults. */
function isReadBack(context: EditContext, { columns }: Entity): boolean {
  return columns.some(
    ({ generated, kind, source }) => generated !== false || /-date$|^version$/.test(kind) || /\bdefault\b/.test(declarationOf(context, source) ?? ''),
  );
}

function findWrite(source: SourceText, { site, entity: wanted, kind }: Finding, entity: string): MethodCall | null {
  const fits = (call: MethodCall): boolean => {
    const written = receiverEntity(source, call);
    return (
      WRITES.test(call.expression.name.text) &&
      (written === null || written === wanted) &&
      (kind === 'orm-fan-out' || loopAround(source, call).kind !== 'none')
    );
  };
  const onLine = site && callsOnLine(source, site).find((call) => fits(call) && !isOfAnotherFunction(source, call, site));
  if (onLine) return onLine;
  const moved = [...descendants(source, source.tree)].filter(
    (node): node is MethodCall =>
      isMethodCall(source, node) && fits(node) && receiverEntity(source, node) === entity && (!site || isInFunction(source, node, site.function)),
  );
  return moved.length === 1 ? (moved[0] ?? null) : null;
}

/** No write of the entity is left in a loop, but one of many rows is there outside of it. */
function isBulk(source: SourceText, entity: string, site: Site): boolean {
  return [...descendants(source, source.tree)].some(
    (node) =>
      isMethodCall(source, node) &&
      WRITES.test(node.expression.name.text) &&
      loopAround(source, node).kind === 'none' &&
      receiverEntity(source, node) === entity &&
      (!callsOnLine(source, site).includes(node) || node.arguments.some((argument) => isOfMany(source, argument))),
  );
}

/** `rows`, `rows.map(…)`, `{ id: In(ids) }`: what a function writes of one row is no list. */
function isOfMany(source: SourceText, argument: ts.Expression): boolean {
  return /\bIn\(|\.(map|flatMap)\(|^\[|^\w+s$/.test(argument.getText(source.tree)) || listKind(source, argument) !== 'unknown';
}

function missing(source: SourceText, { site }: Finding): FindingEdit {
  const calls = site ? callsOnLine(source, site) : [];
  if (calls.length === 0) return { kind: 'gone' };
  if (calls.some((call) => WRITES.test(call.expression.name.text)))
    return decline('the write stands in a function of its own, and the loop is elsewhere; collect the rows where the loop is.');
  return decline('the loop calls a function that writes; let it take all rows at once.');
}
