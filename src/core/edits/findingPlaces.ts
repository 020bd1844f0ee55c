/** Where the two lines of a finding are in the present text. */
import type { Finding, Site } from '../profile/queryProfile';
import { readSource, type EditContext } from './editContext';
import { findCall, findRelationRead, isMethodCall, type MethodCall } from './findCall';
import { descendants, lineAt, type SourceText } from './sourceText';

/** The query that returned the rows, and the read or lookup in the loop. Null where either is gone or unknown. */
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

type Node = { getStart(tree: SourceText['tree']): number; readonly end: number };

export function findPlaces(context: EditContext, finding: Finding): FindingPlaces {
  const { parent, site } = finding;
  return {
    parent: parent?.site
      ? placeOf(context, parent.site, (source, at) => findCall(source, { site: at, api: parent.api, entity: parent.entity })?.expression ?? null)
      : null,
    site: site ? placeOf(context, site, (source, at) => findSite(source, at, finding)) : null,
  };
}

/** The calls on a line, the nearest to the site's column first. */
export function callsOnLine(source: SourceText, site: Site): MethodCall[] {
  const start = (call: MethodCall): number => call.expression.name.getStart(source.tree);
  const distance = (call: MethodCall): number => Math.abs(source.tree.getLineAndCharacterOfPosition(start(call)).character + 1 - site.column);
  return [...descendants(source, source.tree)]
    .filter((node): node is MethodCall => isMethodCall(source, node) && lineAt(source, start(node)) === site.line)
    .sort((a, b) => distance(a) - distance(b));
}

function placeOf(context: EditContext, site: Site, find: (source: SourceText, site: Site) => Node | null): FoundPlace | null {
  const source = readSource(context, site.file);
  const node = source && find(source, site);
  if (!source || !node) return null;
  const from = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  const to = source.tree.getLineAndCharacterOfPosition(node.end);
  return { file: site.file, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** The read of the lazy relation, or the call in the loop; failing both, whatever call stands on the line. */
function findSite(source: SourceText, site: Site, finding: Finding): Node | null {
  const read =
    finding.relation && finding.kind !== 'loop-n-plus-one' ? findRelationRead(source, site, finding.relation.split('.').at(-1) ?? '') : null;
  return read ?? callsOnLine(source, site)[0]?.expression ?? null;
}
