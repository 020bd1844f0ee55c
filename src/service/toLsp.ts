/** The border between our positions (1-based, absolute paths with forward slashes) and the Language Server Protocol's (0-based, URIs). */
import type { Location, Position, Range, TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import type { TextEdit } from '../core/edits/textEdit';
import { graphPath } from '../core/model/graphPath';
import type { SourcePosition, SourceRange } from '../core/model/relationGraph';

export function toUri(file: string): string {
  return URI.file(file).toString();
}

/** The file of a `file:` URI, with forward slashes; undefined for documents that are no files. */
export function fromUri(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return undefined;
  return graphPath(parsed.fsPath);
}

export function toRange(range: Pick<SourceRange, 'line' | 'column' | 'endLine' | 'endColumn'>): Range {
  return {
    start: { line: range.line - 1, character: range.column - 1 },
    end: { line: range.endLine - 1, character: range.endColumn - 1 },
  };
}

export function toLocation(range: SourceRange): Location {
  return { uri: toUri(range.file), range: toRange(range) };
}

/** The 1-based place of an LSP position. */
export function fromPosition({ line, character }: Position): { readonly line: number; readonly column: number } {
  return { line: line + 1, column: character + 1 };
}

export function toWorkspaceEdit(edits: readonly TextEdit[]): WorkspaceEdit {
  const changes: Record<string, LspTextEdit[]> = {};
  for (const edit of edits) (changes[toUri(edit.file)] ??= []).push({ range: toRange(edit), newText: edit.newText });
  return { changes };
}

/** A Markdown link that runs a command of the editor's with one argument. */
export function commandLink(label: string, command: string, argument: string | object): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([argument])).replace(/[()]/g, (letter) => (letter === '(' ? '%28' : '%29'))})`;
}

/** A Markdown link that opens a file at a place, without a command: VS Code and others understand the fragment. */
export function fileLink(label: string, { file, line, column }: SourcePosition): string {
  return `[${label}](${toUri(file)}#L${line},${column})`;
}
