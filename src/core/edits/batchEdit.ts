/** One query for all keys in the place of a lookup in a loop, found again in the present text. */
import type { RelationGraph, SourceRange } from '../model/relationGraph';
import type { Finding, Site } from '../profile/queryProfile';
import { batchLookup } from './batchLookup';
import { decline, readSource, toEdit, toEditOf, type EditContext, type FindingEdit } from './editContext';
import { saving } from './editTitle';
import { isMethodCall, type MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import type { ChangeResult } from './loadRelations';
import { findHelperCall, helperLookup } from './helperLookup';
import type { BatchRequest } from './loopQuestion';
import { loopAround } from './loops';
import { asksForNumber, LOOKUPS } from './questionOf';
import { isRawLookup } from './rawQuestion';
import { receiverEntity } from './receiverEntity';
import { findServiceCall } from './serviceCall';
import { serviceLookup } from './serviceLookup';
import { descendants, enclosingFunction, functionName, type SourceText } from './sourceText';
import { withoutLookup } from './withoutLookup';
import { withCallbackWritten, type WrittenOut } from './writtenCallback';

const ASKS = /^(find|get(Many|One|Count|Exists|Raw)|count|exist|sum|average|minimum|maximum|query|execute)/;

export function batchEdit(context: EditContext, finding: Finding): FindingEdit {
  const site = siteOfLoop(context, finding);
  const entity = finding.advice.asked ?? lookedUpEntity(context.graph, finding);
  if (!site || !entity) return decline('The looked-up entity is not known; ask for all keys with one query by hand.');
  const source = readSource(context, site.file);
  if (!source) return { kind: 'gone' };
  const call = isInHelper(context, finding, site) ? null : findLookup(source, site, entity);
  const predicted = predictedBatch(finding);
  const request: BatchRequest = {
    graph: context.graph,
    entity,
    elementEntity: finding.parent?.entity ?? null,
    keys: finding.count,
    driver: finding.advice.driver ?? null,
    wasAlwaysThere: isEachRowAsked(finding),
    isRepeated: finding.parent !== null && finding.count > finding.parent.entities,
    ...(finding.advice.parentCalls ? { parentCalls: finding.advice.parentCalls } : {}),
    isOrdered: isOrdered(context, entity),
    declarationOf: (property) => declarationOf(context, property.source),
    ...(finding.advice.keyTypes ? { keyTypes: finding.advice.keyTypes } : {}),
  };
  if (!call) return askedInFunction(context, source, site, request, finding);
  const result = batchLookup(source, call, request);
  const counted = countOf(predicted, result);
  return toEdit(source, `Ask for ${whatIsAsked(call, entity)} at once${saving(finding.advice.currentQueryCount, counted)}`, counted, result);
}

/** The loop calls what asks: a function of its file, a method of another class, or a function of another file. */
function askedInFunction(context: EditContext, file: SourceText, site: Site, request: BatchRequest, finding: Finding): FindingEdit {
  const written = withCallbackWritten(file, site);
  const source = written?.source ?? file;
  const restore = written?.restore ?? ((changes) => [...changes]);
  const helper = findHelperCall(source, site, finding.advice.innermost, request.entity);
  if (helper === 'mended' || (!helper && isBatched(file, request.entity, site.function ?? finding.parent?.site?.function ?? null)))
    return { kind: 'mended' };
  if (!helper)
    return (
      inService({ file, source, restore }, site, request, finding) ??
      withoutLookup(context, file, site, { entity: request.entity, innermost: finding.advice.innermost })
    );
  const result = helperLookup(source, helper, request);
  const predicted = countOf(predictedBatch(finding), result);
  const title = `Ask for ${whatIsAsked(helper.lookup, request.entity)} at once and hand them to the helper${saving(finding.advice.currentQueryCount, predicted)}`;
  return toEdit(file, title, predicted, result.kind === 'declined' ? result : { ...result, changes: restore(result.changes) });
}

/** Null where only a run tells. */
function countOf(predicted: number | null, result: ChangeResult): number | null {
  if (predicted === null || result.kind === 'declined') return predicted;
  return result.isUntold ? null : predicted + (result.extraQueries ?? 0);
}

function whatIsAsked(call: MethodCall, entity: string): string {
  if (isRawLookup(call)) return `the numbers of all ${entity} rows`;
  if (!asksForNumber(call)) return `all ${entity} rows`;
  const what = call.expression.name.text.replace(/^get|By$/g, '').toLowerCase();
  return `the ${/^exists?$/.test(what) ? 'keys' : what} of all ${entity} rows`;
}

interface Written extends WrittenOut {
  /** The file as it is. */
  readonly file: SourceText;
}

/** A method of another class asks, or a function of another file. */
function inService({ file, source, restore }: Written, site: Site, request: BatchRequest, finding: Finding): FindingEdit | null {
  const { innermost } = finding.advice;
  const found = innermost ? findServiceCall(source, site, innermost, request.entity) : null;
  if (found === null || found === 'mended') return found && { kind: found };
  if ('reason' in found) return decline(found.reason);
  const result = serviceLookup(source, found, request);
  if (result.kind === 'declined') return decline(result.reason);
  const { place, queries, between, inLoop, atHome } = result;
  const one = predictedBatch(finding);
  const predicted = one === null || queries === 'untold' ? null : one + queries - 1;
  const title = `Ask for ${whatIsAsked(found.lookup, request.entity)} at once in ${place}${saving(finding.advice.currentQueryCount, predicted)}`;
  if (found.home.tree === source.tree) return toEditOf(title, predicted, [[file, restore([...inLoop, ...atHome])], ...between]);
  return toEditOf(title, predicted, [[file, restore(inLoop)], ...between, [found.home, atHome]]);
}

/** The loop may stand in the function that asks as well as in the one that calls it: the stacks of both look the same. */
function siteOfLoop(context: EditContext, { site, advice }: Finding): Site | null {
  const { innermost } = advice;
  const inner = innermost && readSource(context, innermost.file);
  if (!site || !innermost || !inner || !callsOnLine(inner, innermost).some((call) => isLookupInLoop(inner, call))) return site;
  const outer = readSource(context, site.file);
  return outer && callsOnLine(outer, site).some((call) => loopAround(outer, call).kind !== 'none') ? site : innermost;
}

function isLookupInLoop(source: SourceText, call: MethodCall): boolean {
  return LOOKUPS.has(call.expression.name.text) && loopAround(source, call).kind === 'loop';
}

/** The stack ends in a lookup that stands in no loop, elsewhere than on the loop's line. */
function isInHelper(context: EditContext, { advice: { innermost } }: Finding, site: Site): boolean {
  const inner = innermost && readSource(context, innermost.file);
  if (!innermost || !inner || (innermost.file === site.file && innermost.line === site.line)) return false;
  return callsOnLine(inner, innermost).some((call) => LOOKUPS.has(call.expression.name.text));
}

/** Whether an entity, or one that it extends, is declared with an order for all of its queries. */
function isOrdered(context: EditContext, name: string): boolean {
  const entity = context.graph.entities.find((each) => each.name === name);
  const source = entity && readSource(context, entity.range.file);
  if (!source) return false;
  const text = source.text
    .split('\n')
    .slice(entity.range.line - 1, entity.range.endLine)
    .join('\n');
  return /\borderBy\s*:/.test(text) || (entity.parent !== null && isOrdered(context, entity.parent));
}

/** A property of a class, or of a schema, with all that is said of it. */
export function declarationOf(context: EditContext, range: SourceRange | null): string | null {
  const source = range && readSource(context, range.file);
  if (!source || range.line > source.tree.getLineStarts().length) return null;
  const offset = source.tree.getPositionOfLineAndCharacter(range.line - 1, range.column - 1);
  const { typescript } = source;
  const declarations = [...descendants(source, source.tree)].filter(
    (node) =>
      (typescript.isPropertyDeclaration(node) || typescript.isPropertyAssignment(node)) && node.getStart(source.tree) <= offset && offset < node.end,
  );
  return declarations.at(-1)?.getText(source.tree) ?? null;
}

/** Whether there were as many lookups as rows that the loop runs over. */
export function isEachRowAsked({ parent, count, advice }: Finding): boolean {
  return parent !== null && parent.proven && parent.entities > 0 && (advice.askedQueries ?? count) >= parent.entities;
}

/** All queries of the pattern become those of one call. */
function predictedBatch({ advice, count }: Finding): number | null {
  const { askedQueries, batchQueries = 1, currentQueryCount, kind, predictedQueryCount } = advice;
  if (kind === 'batch-in' && askedQueries === undefined) return predictedQueryCount;
  return currentQueryCount === undefined ? null : currentQueryCount - (askedQueries ?? count) + batchQueries;
}

/** A finding of a relation names who declares it; the lookup asks for where it leads. */
function lookedUpEntity(graph: RelationGraph, { entity, relation }: Finding): string | null {
  if (!relation) return entity;
  return graph.entities.find(({ name }) => name === entity)?.relations.find(({ property }) => property === relation)?.target ?? null;
}

/** On the site's line; a lookup that moved is known only by its entity and its loop. */
function findLookup(source: SourceText, site: Site, entity: string): MethodCall | null {
  const fits = (call: MethodCall): boolean => {
    const looked = receiverEntity(source, call);
    return LOOKUPS.has(call.expression.name.text) && (looked === null || looked === entity) && loopAround(source, call).kind !== 'none';
  };
  const onLine = callsOnLine(source, site).find((call) => fits(call) && !isOfAnotherFunction(source, call, site));
  if (onLine) return onLine;
  // Another question on the line is what ran: a lookup elsewhere is not it.
  if (callsOnLine(source, site).some((call) => ASKS.test(call.expression.name.text))) return null;
  const moved = [...descendants(source, source.tree)].filter(
    (node): node is MethodCall =>
      isMethodCall(source, node) && fits(node) && receiverEntity(source, node) === entity && isInFunction(source, node, site.function),
  );
  return moved.length === 1 ? (moved[0] ?? null) : null;
}

/** Whether a call stands on a site's line by chance only: the function that the site names is another one of the file. */
export function isOfAnotherFunction(source: SourceText, node: MethodCall, { function: name }: Site): boolean {
  const wanted = name?.split(/[ .]/).at(-1);
  if (!wanted || wanted === '<anonymous>' || isInFunction(source, node, name)) return false;
  return [...descendants(source, source.tree)].some((each) => source.typescript.isFunctionLike(each) && functionName(source, each) === wanted);
}

/** Whether a call stands in the function that a site names. */
export function isInFunction(source: SourceText, node: MethodCall, name: string | null): boolean {
  const wanted = name?.split(/[ .]/).at(-1);
  if (!wanted || wanted === '<anonymous>') return functionName(source, enclosingFunction(source, node)) === null;
  for (let fn = enclosingFunction(source, node); fn; fn = enclosingFunction(source, fn)) if (functionName(source, fn) === wanted) return true;
  return false;
}

/** The rows are asked for by `In(…)`, and no lookup is left: the edit was made. */
function isBatched(source: SourceText, entity: string, name: string | null): boolean {
  const isNamed = name !== null && /^[\w$. ]+$/.test(name);
  return [...descendants(source, source.tree)].some(
    (node) =>
      isMethodCall(source, node) &&
      /^(find(By)?|where|andWhere|setFindOptions)$/.test(node.expression.name.text) &&
      node.arguments.some((argument) => /\bIn\(/.test(argument.getText(source.tree))) &&
      [null, entity].includes(receiverEntity(source, node)) &&
      (!isNamed || isInFunction(source, node, name)),
  );
}
