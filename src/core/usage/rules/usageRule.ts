/** What a rule about code outside of entities is: it looks at one file. */
import type { Change, SourceText } from '../../edits/sourceText';
import type { Entity, SourceRange } from '../../model/relationGraph';
import type { Problem } from '../../rules/rule';
import { fixOf } from '../../rules/ruleSyntax';
import type { FileUsages } from '../usage';

export interface UsageContext {
  readonly source: SourceText;
  readonly usages: FileUsages;
  /** TypeORM's major version (0 or 1) in the workspace; null where it is not known. */
  readonly typeormMajor: number | null;
  /** True where the entity may have more members than are known. */
  readonly hasUnknownParts: (entity: Entity) => boolean;
}

export interface UsageRule {
  readonly id: string;
  readonly check: (context: UsageContext) => Iterable<Problem>;
}

export function placeOf({ tree, file }: SourceText, start: number, end: number): SourceRange {
  const from = tree.getLineAndCharacterOfPosition(start);
  const to = tree.getLineAndCharacterOfPosition(end);
  return { file, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

/** The fix that changes this file. */
export function fixHere(source: SourceText, title: string, changes: readonly Change[]): ReturnType<typeof fixOf> {
  return fixOf(title, [{ source, changes }]);
}
