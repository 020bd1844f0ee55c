/** Syntax nodes → places in files: 1-based lines and columns, in UTF-16 units. */
import type ts from 'typescript';
import type { SourceRange } from '../../model/relationGraph';

/** A node together with the file it stands in; nodes are parsed without parent pointers, so they cannot tell themselves. */
export interface Place {
  readonly sourceFile: ts.SourceFile;
  readonly node: ts.Node;
}

export function rangeOf({ sourceFile, node }: Place): SourceRange {
  const start = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile));
  const end = sourceFile.getLineAndCharacterOfPosition(node.end);
  return { file: sourceFile.fileName, line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}
