/**
 * One source file as the edits see it: text, syntax tree, and the way from offsets to positions.
 * The TypeScript module is handed in; nothing here knows disk or editor.
 */
import type ts from 'typescript';
import type { TypeScript } from '../typeorm/entityProject';
import { parseWithinStack } from '../typeorm/parse/parseFile';
import type { TextEdit } from './textEdit';

export type { TypeScript };

/** Whatever carries the compiler: mostly a SourceText. */
export type Compiler = Pick<SourceText, 'typescript'>;

export interface SourceText {
  /** The compiler that reads it, handed in. */
  readonly typescript: TypeScript;
  readonly file: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Names of the workspace's entities: which identifiers stand for one. */
  readonly entityNames: ReadonlySet<string>;
  /** The file of the workspace that a specifier means in this one; null where it means none. */
  readonly open: (specifier: string) => SourceText | null;
}

/** A replacement by offsets, as the edits think; an insertion has `start === end`. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Parses `text` whatever its state; half-written code gives the tree that could be understood. */
export function parseSource(
  typescript: TypeScript,
  file: string,
  text: string,
  entityNames: ReadonlySet<string> = new Set(),
  open: SourceText['open'] = () => null,
): SourceText {
  const kind = /\.[cm]?tsx$/.test(file)
    ? typescript.ScriptKind.TSX
    : /\.[cm]?jsx?$/.test(file)
      ? typescript.ScriptKind.JSX
      : typescript.ScriptKind.TS;
  const tree = parseWithinStack(typescript, file, () => typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest, true, kind));
  return { typescript, file, text, entityNames, tree, open };
}

/** Offsets → 1-based positions. Changes that would not change a character are left out. */
export function toTextEdits(source: SourceText, changes: readonly Change[]): TextEdit[] {
  return changes
    .filter(({ start, end, newText }) => source.text.slice(start, end) !== newText)
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, newText }) => {
      const from = source.tree.getLineAndCharacterOfPosition(start);
      const to = source.tree.getLineAndCharacterOfPosition(end);
      return {
        file: source.file,
        line: from.line + 1,
        column: from.character + 1,
        endLine: to.line + 1,
        endColumn: to.character + 1,
        newText,
      };
    });
}

/** The text after the edits of that file; they must not overlap. */
export function applyEdits(typescript: TypeScript, file: string, text: string, edits: readonly TextEdit[]): string {
  const { tree } = parseSource(typescript, file, text);
  const offset = (line: number, column: number): number => tree.getPositionOfLineAndCharacter(line - 1, column - 1);
  return edits
    .filter((edit) => edit.file === file)
    .map((edit) => ({ start: offset(edit.line, edit.column), end: offset(edit.endLine, edit.endColumn), newText: edit.newText }))
    .reverse()
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((after, { start, end, newText }) => after.slice(0, start) + newText + after.slice(end), text);
}

/** A stretch of the text with changes made in it. */
export function changedText(source: SourceText, changes: readonly Change[], start: number, end: number): string {
  let text = '';
  let at = start;
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    text += source.text.slice(at, change.start) + change.newText;
    at = change.end;
  }
  return text + source.text.slice(at, end);
}

/** The file's name without its folders. */
export function fileName({ file }: Pick<SourceText, 'file'>): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** 1-based line of a node's first token. */
export function lineOf(source: SourceText, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

export function lineAt(source: SourceText, offset: number): number {
  return source.tree.getLineAndCharacterOfPosition(offset).line + 1;
}

export function isWithin(node: ts.Node, around: ts.Node): boolean {
  return node.pos >= around.pos && node.end <= around.end;
}

/** Lines of code taken to a place of another indentation; the first line begins there. */
export function movedLines(text: string, from: string, to: string): string {
  return text.replace(
    /(\r?\n)([ \t]*)(?=\S)/g,
    (_, newline: string, indent: string) => newline + (indent.startsWith(from) ? to + indent.slice(from.length) : indent),
  );
}

/** Every node beneath `node`, in source order. */
export function* descendants({ typescript }: Compiler, node: ts.Node): Generator<ts.Node> {
  const waiting = childrenOf(typescript, node);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    // Not pushed as arguments: a literal may have more elements than a call can take.
    for (const child of childrenOf(typescript, next)) waiting.push(child);
  }
}

/** Last one first. */
function childrenOf(typescript: TypeScript, node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  typescript.forEachChild(node, (child) => void children.push(child));
  return children.reverse();
}

/** `x.order` and `{ order: … }` are names, not uses of a variable; `{ order }` is one. */
export function isPropertyName({ typescript }: Compiler, node: ts.Node): boolean {
  const { parent } = node;
  return (typescript.isPropertyAccessExpression(parent) && parent.name === node) || (typescript.isPropertyAssignment(parent) && parent.name === node);
}

/** Strips what changes a type but no value: parentheses, `as`, `satisfies`, `!`. */
export function unwrap({ typescript }: Compiler, expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (
    typescript.isParenthesizedExpression(inner) ||
    typescript.isAsExpression(inner) ||
    typescript.isSatisfiesExpression(inner) ||
    typescript.isNonNullExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** The name of the innermost function around a node, as a call stack would show it; null for anonymous ones and top-level code. */
export function enclosingFunction({ typescript }: Compiler, node: ts.Node): ts.SignatureDeclaration | null {
  for (let up = node.parent; up as ts.Node | undefined; up = up.parent) {
    if (typescript.isFunctionLike(up) && 'body' in up) return up;
  }
  return null;
}

export function functionName({ typescript }: Compiler, fn: ts.SignatureDeclaration | null): string | null {
  if (!fn) return null;
  if (fn.name && (typescript.isIdentifier(fn.name) || typescript.isPrivateIdentifier(fn.name) || typescript.isStringLiteralLike(fn.name)))
    return fn.name.text;
  const holder = fn.parent;
  if (
    (typescript.isVariableDeclaration(holder) || typescript.isPropertyDeclaration(holder) || typescript.isPropertyAssignment(holder)) &&
    typescript.isIdentifier(holder.name)
  )
    return holder.name.text;
  return null;
}
