/**
 * What code does with the raw row that it has asked for: which of its values it reads, and what it makes of them. A raw zero is a number or a text, by the
 * driver, so a count is only read from a Map where the code makes a number of it.
 */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { referencesTo } from './iteration';
import { scopeOf } from './receiverEntity';
import { isWithin, type SourceText } from './sourceText';

export interface RawRead {
  readonly name: string;
  /** The code makes a number of it: `Number(row.count)`, `parseInt(row.count ?? '0', 10)`. */
  readonly isNumber: boolean;
  /** To the code, a row that is not there is one whose value is null: `row?.total ?? 0`. */
  readonly mayBeMissing: boolean;
}

/** Null where the row is handed on whole, or where something else than to wait is done with its promise. */
export function readsOfRow(source: SourceText, call: MethodCall): readonly RawRead[] | null {
  const { typescript } = source;
  return typescript.isAwaitExpression(call.parent) ? readsOf(source, call.parent) : null;
}

function readsOf(source: SourceText, row: ts.Expression): readonly RawRead[] | null {
  const { typescript, tree } = source;
  const { parent } = row;
  if (typescript.isParenthesizedExpression(parent) || typescript.isNonNullExpression(parent)) return readsOf(source, parent);
  if (typescript.isPropertyAccessExpression(parent) && parent.expression === row)
    return isCalled(source, parent) ? null : [readOf(source, parent, parent.name.text, parent.questionDotToken !== undefined)];
  if (typescript.isElementAccessExpression(parent) && parent.expression === row) {
    const { argumentExpression: name } = parent;
    return typescript.isStringLiteralLike(name) ? [readOf(source, parent, name.text, parent.questionDotToken !== undefined)] : null;
  }
  if (!typescript.isVariableDeclaration(parent) || parent.initializer !== row || !isConstant(source, parent)) return null;
  if (typescript.isIdentifier(parent.name)) return all(referencesTo(source, parent.name).map((use) => readsOf(source, use)));
  if (!typescript.isObjectBindingPattern(parent.name)) return null;
  return all(
    parent.name.elements.map((element) => {
      const { name, propertyName: from, initializer, dotDotDotToken } = element;
      if (!typescript.isIdentifier(name) || initializer || dotDotDotToken) return null;
      const property = (from ?? name).getText(tree);
      const scope = scopeOf(source, parent);
      const uses = referencesTo(source, name).filter((use) => isWithin(use, scope));
      return uses.map((use) => readOf(source, use, property, false));
    }),
  );
}

function isConstant({ typescript }: SourceText, { parent }: ts.VariableDeclaration): boolean {
  return (parent.flags & typescript.NodeFlags.Const) !== 0;
}

function isCalled({ typescript }: SourceText, access: ts.Expression): boolean {
  return typescript.isCallExpression(access.parent) && access.parent.expression === access;
}

function all(found: readonly (readonly RawRead[] | null)[]): readonly RawRead[] | null {
  const reads = found.flatMap((each) => each ?? []);
  return found.includes(null) ? null : reads;
}

function readOf(source: SourceText, value: ts.Expression, name: string, isOptional: boolean): RawRead {
  const { typescript, tree } = source;
  const outer = outermost(source, value);
  const { parent } = outer;
  const isEither =
    typescript.isBinaryExpression(parent) && parent.left === outer && /^(\?\?|\|\|)$/.test(parent.operatorToken.getText(tree)) ? parent : null;
  const isOrZero = isEither !== null && /^(0|'0'|"0")$/.test(isEither.right.getText(tree));
  const made = isOrZero ? outermost(source, isEither) : outer;
  return { name, isNumber: (isEither === null || isOrZero) && isMadeNumber(source, made), mayBeMissing: isOptional && isEither !== null };
}

/** With parentheses, `!` and `as` around it. */
function outermost({ typescript }: SourceText, value: ts.Expression): ts.Expression {
  let at = value;
  while (typescript.isParenthesizedExpression(at.parent) || typescript.isNonNullExpression(at.parent) || typescript.isAsExpression(at.parent))
    at = at.parent;
  return at;
}

/** `Number(value)`, `parseInt(value, 10)`, `+value` */
function isMadeNumber({ typescript, tree }: SourceText, value: ts.Expression): boolean {
  const { parent } = value;
  if (typescript.isPrefixUnaryExpression(parent)) return parent.operator === typescript.SyntaxKind.PlusToken;
  if (!typescript.isCallExpression(parent) || parent.arguments[0] !== value) return false;
  return /^(Number|(Number\.)?parse(Int|Float))$/.test(parent.expression.getText(tree));
}

/** What a type that is written out says of a property; null where it says nothing. */
export function memberType(source: SourceText, type: ts.TypeNode | undefined, name: string): string | null {
  const { typescript, tree } = source;
  if (!type || !typescript.isTypeLiteralNode(type)) return null;
  const member = type.members.find((each) => typescript.isPropertySignature(each) && propertyNameOf(source, each) === name);
  return member && typescript.isPropertySignature(member) ? (member.type?.getText(tree) ?? null) : null;
}

function propertyNameOf({ typescript }: SourceText, { name }: ts.PropertySignature): string | null {
  return typescript.isIdentifier(name) || typescript.isStringLiteralLike(name) ? name.text : null;
}
