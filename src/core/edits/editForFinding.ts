/**
 * A finding's advice → the edit of the user's source that follows it, against the text as it is now.
 * The lightbulb, the Problems panel, the profiler panel and the CLI all ask here.
 */
import type { RelationGraph } from '../model/relationGraph';
import type { Finding, Site } from '../profile/queryProfile';
import { useQueryStrategy } from './findOptions';
import { findCall, findRelationRead, isMethodCall, type MethodCall } from './findCall';
import { loadRelations, type ChangeResult } from './loadRelations';
import { LOOKUP_METHODS, replaceLookup } from './loopLookup';
import { receiverEntity } from './receiverEntity';
import { relationsAlong } from './relationPath';
import { loadTitle } from './editTitle';
import { descendants, lineAt, parseSource, toTextEdits, type SourceText, type TypeScript } from './sourceText';
import type { TextEdit } from './textEdit';

export interface EditContext {
  readonly typescript: TypeScript;
  readonly graph: RelationGraph;
  /** The present text, unsaved changes included; undefined where there is no such file. */
  readonly readFile: (file: string) => string | undefined;
}

export type FindingEdit =
  | { readonly kind: 'edit'; readonly title: string; readonly edits: readonly TextEdit[] }
  /** The code does already what the advice says; the finding is from before. */
  | { readonly kind: 'mended' }
  /** The code that the finding is about cannot be found any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'declined'; readonly reason: string };

export function editForFinding(context: EditContext, finding: Finding): FindingEdit {
  const { advice } = finding;
  if (!advice.editable) return { kind: 'declined', reason: advice.whyNot ?? 'No edit follows from this finding.' };
  switch (advice.kind) {
    case 'load-relations':
      return loadEdit(context, finding);
    case 'query-strategy':
      return strategyEdit(context, finding);
    default:
      return { kind: 'declined', reason: 'This change is yours to make; the advice says how.' };
  }
}

function loadEdit(context: EditContext, finding: Finding): FindingEdit {
  const { advice, parent } = finding;
  if (!parent?.site || !parent.entity) return { kind: 'declined', reason: 'The query that returned the rows is not known.' };
  const source = readSource(context, parent.site.file);
  const call = source && findCall(source, { site: parent.site, api: parent.api, entity: parent.entity });
  if (!call) return { kind: 'gone' };
  const request = { graph: context.graph, entity: parent.entity, api: parent.api, paths: advice.relations, strategy: advice.strategy };
  const loaded = loadRelations(source, call, request);
  return toEdit(source, loadTitle(finding), finding.kind === 'loop-n-plus-one' ? withLookup(context, finding, source, call, loaded) : loaded);
}

function strategyEdit(context: EditContext, { site, entity }: Finding): FindingEdit {
  const source = site && readSource(context, site.file);
  if (!site || !source) return { kind: 'gone' };
  const calls = ['find', 'findOne', 'findOneOrFail', 'findAndCount'].flatMap((api) => findCall(source, { site, api, entity }) ?? []);
  const call =
    calls.find((each) => lineAt(source, each.expression.name.getStart(source.tree)) === site.line) ?? (calls.length === 1 ? calls[0] : undefined);
  if (!call) return { kind: 'gone' };
  return toEdit(
    source,
    `Load each relation by a query of its own: relationLoadStrategy: 'query'`,
    useQueryStrategy(source, call, context.graph, entity),
  );
}

function toEdit(source: SourceText, title: string, result: ChangeResult): FindingEdit {
  if (result.kind === 'declined') return { kind: 'declined', reason: sentence(result.reason) };
  const edits = toTextEdits(source, result.changes);
  return edits.length === 0 ? { kind: 'mended' } : { kind: 'edit', title, edits };
}

/** Where the finding's two lines are now: the query that returned the rows, and the read or lookup in the loop. Null where either is gone or unknown. */
export interface FindingPlaces {
  readonly parent: FoundPlace | null;
  readonly site: FoundPlace | null;
}

export interface FoundPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function findPlaces(context: EditContext, finding: Finding): FindingPlaces {
  const { parent, site } = finding;
  return {
    parent: parent?.site
      ? placeOf(context, parent.site, (source, at) => findCall(source, { site: at, api: parent.api, entity: parent.entity })?.expression ?? null)
      : null,
    site: site ? placeOf(context, site, (source, at) => findSite(source, at, finding)) : null,
  };
}

function placeOf(
  context: EditContext,
  site: Site,
  find: (source: SourceText, site: Site) => { getStart(tree: SourceText['tree']): number; end: number } | null,
): FoundPlace | null {
  const source = readSource(context, site.file);
  const node = source && find(source, site);
  if (!source || !node) return null;
  const from = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  const to = source.tree.getLineAndCharacterOfPosition(node.end);
  return { file: site.file, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** The read of the lazy relation, or the call in the loop; failing both, whatever call stands on the line. */
function findSite(source: SourceText, site: Site, finding: Finding): { getStart(tree: SourceText['tree']): number; end: number } | null {
  const read =
    finding.relation && finding.kind !== 'loop-n-plus-one' ? findRelationRead(source, site, finding.relation.split('.').at(-1) ?? '') : null;
  return read ?? callOnLine(source, site);
}

function callOnLine(source: SourceText, site: Site): MethodCall['expression'] | null {
  const calls = [...descendants(source, source.tree)].filter((node): node is MethodCall => isMethodCall(source, node));
  const onLine = calls.filter((call) => lineAt(source, call.expression.name.getStart(source.tree)) === site.line);
  const distance = (call: MethodCall): number =>
    Math.abs(source.tree.getLineAndCharacterOfPosition(call.expression.name.getStart(source.tree)).character + 1 - site.column);
  return onLine.sort((a, b) => distance(a) - distance(b))[0]?.expression ?? null;
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
  const replaced = replaceLookup(source, lookup, { graph: context.graph, step, declaration: declarationOf(context, step.relation.range), parent });
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

export function readSource(context: EditContext, file: string): SourceText | null {
  const text = context.readFile(file);
  return text === undefined ? null : parseSource(context.typescript, file, text, entityNamesOf(context.graph));
}

const namesByGraph = new WeakMap<RelationGraph, ReadonlySet<string>>();

function entityNamesOf(graph: RelationGraph): ReadonlySet<string> {
  const names = namesByGraph.get(graph) ?? new Set(graph.entities.map(({ name }) => name));
  namesByGraph.set(graph, names);
  return names;
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
