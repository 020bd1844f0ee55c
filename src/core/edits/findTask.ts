/** A find whose options are to be edited. */
import type { MethodCall } from './findCall';
import type { LoadRequest, ResolvedPaths } from './loadRelations';
import type { RelationTree } from './relationTree';
import type { SourceStyle } from './sourceStyle';
import type { SourceText } from './sourceText';

export interface FindTask {
  readonly source: SourceText;
  readonly style: SourceStyle;
  readonly call: MethodCall;
  readonly request: LoadRequest;
  readonly resolved: ResolvedPaths;
  readonly tree: RelationTree;
}

/** Whether a property is named as a key in a piece of source. */
export function mentions(text: string, property: string): boolean {
  return new RegExp(`\\b${property.split('.').at(-1)?.replace(/\$/g, '\\$') ?? ''}['"]?\\s*:`).test(text);
}
