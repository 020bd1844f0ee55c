/**
 * Statements that an edit writes on one line, and that go further than the file's lines go: broken as a formatter would break them, at the arguments of
 * the outermost call, and at the properties of an object that is the last of them. Nothing but white space and commas behind the last one is added.
 */
import type ts from 'typescript';
import { indentAt, type SourceStyle } from './sourceStyle';
import type { Change, SourceText, TypeScript } from './sourceText';

/** The change with those of its lines broken that are whole statements (`const …`, `return …`, the head of a `for … of`) and too long. */
export function breakLongLines(source: SourceText, style: SourceStyle, change: Change): Change {
  const { newText } = change;
  if (!newText.split('\n').some((line) => line.length + 2 > style.width - 40)) return change;
  const before = indentAt(source.text, change.start);
  const isWhole = source.text.slice(source.text.lastIndexOf('\n', change.start - 1) + 1, change.start) === before;
  const lines = newText.split(style.newline).map((line, i, all) => {
    const isFirst = i === 0;
    // What goes on in the source is no line of the edit's.
    if ((isFirst && !isWhole) || (i === all.length - 1 && !isWhole)) return line;
    const indent = isFirst ? before : (/^[ \t]*/.exec(line)?.[0] ?? '');
    const code = isFirst ? line : line.slice(indent.length);
    if (widthOf(indent, style) + code.length <= style.width) return line;
    const broken = brokenLine(source.typescript, style, code, indent);
    return broken === null ? line : isFirst ? broken : indent + broken;
  });
  return { ...change, newText: lines.join(style.newline) };
}

function widthOf(indent: string, { indent: unit }: SourceStyle): number {
  return indent.replaceAll('\t', unit === '\t' ? '    ' : unit).length;
}

/** Null for what is no such statement. */
function brokenLine(typescript: TypeScript, style: SourceStyle, code: string, indent: string): string | null {
  const isLoop = /^for \(const .* of .*\) \{$/.test(code);
  if (!isLoop && !/^(?:export )?const .* = |^return /.test(code)) return null;
  if (!isBalanced(isLoop ? code.slice(0, -1) : code)) return null;
  // Only a module awaits at its top.
  const tree = typescript.createSourceFile('line.ts', `${isLoop ? `${code}}` : code}\nexport {};`, typescript.ScriptTarget.Latest, true);
  const [statement, ...more] = tree.statements;
  if (!statement || more.length > 1 || statement.end < code.length) return null;
  const value = valueOf(typescript, statement);
  if (!value) return null;
  const start = value.getStart(tree);
  const tail = code.slice(value.end);
  const broken = brokenValue({ typescript, tree, style }, value, indent, start, tail.length);
  return broken === null ? null : code.slice(0, start) + broken + tail;
}

function isBalanced(code: string): boolean {
  const bare = code.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g, '');
  const count = (pattern: RegExp): number => bare.match(pattern)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g) && !/['"`]/.test(bare);
}

function valueOf(typescript: TypeScript, statement: ts.Statement): ts.Expression | undefined {
  if (typescript.isForOfStatement(statement) || typescript.isReturnStatement(statement)) return statement.expression;
  return typescript.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.initializer : undefined;
}

interface Code {
  readonly typescript: TypeScript;
  readonly tree: ts.SourceFile;
  readonly style: SourceStyle;
}

/** @param column where the value begins behind the indentation; @param tail how much follows on its last line. Null where there is nothing to break. */
function brokenValue(code: Code, value: ts.Expression, indent: string, column: number, tail: number): string | null {
  const { typescript, tree, style } = code;
  const text = value.getText(tree);
  if (widthOf(indent, style) + column + text.length + tail <= style.width) return text;
  if (typescript.isObjectLiteralExpression(value)) return brokenObject(code, value, indent);
  if (typescript.isAwaitExpression(value)) {
    const inner = brokenValue(code, value.expression, indent, column + 'await '.length, tail);
    return inner === null ? null : `await ${inner}`;
  }
  const args = typescript.isCallExpression(value) || typescript.isNewExpression(value) ? (value.arguments ?? []) : [];
  const last = args.at(-1);
  if (!last) return null;
  const head = tree.text.slice(value.getStart(tree), args[0]?.getStart(tree));
  const others = args.slice(0, -1).map((each) => `${each.getText(tree)}, `);
  // An object at the end stays with its call.
  if (typescript.isObjectLiteralExpression(last) && last.properties.length > 0)
    return `${head}${others.join('')}${brokenObject(code, last, indent)})`;
  const { newline, trailingComma } = style;
  const deeper = indent + style.indent;
  const lines = args.map((each) => brokenValue(code, each, deeper, 0, 1) ?? each.getText(tree));
  return `${head.trimEnd()}${lines.map((line) => newline + deeper + line).join(',')}${trailingComma ? ',' : ''}${newline}${indent})`;
}

function brokenObject(code: Code, object: ts.ObjectLiteralExpression, indent: string): string {
  const { typescript, tree, style } = code;
  const { newline, trailingComma } = style;
  const deeper = indent + style.indent;
  const lines = object.properties.map((property) => {
    if (!typescript.isPropertyAssignment(property)) return property.getText(tree);
    const name = tree.text.slice(property.getStart(tree), property.initializer.getStart(tree));
    return name + (brokenValue(code, property.initializer, deeper, name.length, 1) ?? property.initializer.getText(tree));
  });
  return `{${lines.map((line) => newline + deeper + line).join(',')}${trailingComma ? ',' : ''}${newline}${indent}}`;
}
