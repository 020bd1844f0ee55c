/** The condition of a query builder that names the loop's key: alone in its call, or joined to others there by AND. */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { dependsOnTurn, readKey, type LoopKey } from './loopKey';
import type { Asked } from './loopQuestion';
import { valueOf } from './lookupKey';
import { propertyName } from './objectLiteral';
import { literalText } from './queryBuilder';
import type { SourceText } from './sourceText';

export interface KeyCondition {
  readonly property: string;
  readonly key: LoopKey;
  /** `id` of `:id`; null where the condition is an object. */
  readonly parameter: string | null;
  /** Arguments of a call for what else the condition says: `'r.published = :is', { is: true }`; null for nothing. */
  readonly rest: string | null;
  /** Values that the call gives to other parameters. */
  readonly others: readonly ts.ObjectLiteralElementLike[];
}

type Within = Pick<Asked, 'source' | 'loop' | 'request'>;

/** `'r.bookId = :id', { id: book.id }`, `'r.bookId = :id AND r.published = :is', { id: book.id, is: true }`, or `{ bookId: book.id }`. */
export function readCondition({ source, loop, request }: Within, where: MethodCall, alias: string): KeyCondition | null {
  const { typescript } = source;
  const [first, second, ...more] = where.arguments;
  const values = second ?? first;
  if (!first || !values || !typescript.isObjectLiteralExpression(values) || more.length > 0) return null;
  // What is spread may give the key's parameter another value.
  if (values.properties.some((each) => typescript.isSpreadAssignment(each))) return null;
  const varying = second ? values.properties.filter((each) => dependsOnTurn(source, loop, each)) : values.properties;
  const [only, ...others] = varying;
  const name = only && propertyName(source, only);
  const value = only && valueOf(source, only);
  if (!name || !value || others.length > 0) return null;
  const key = readKey(source, loop, value, request.graph, request.elementEntity);
  if (!key) return null;
  if (!second) return { property: name, key, parameter: null, rest: null, others: [] };
  const read = readText(literalText(source, first), alias, name);
  if (!read || (read.rest.length > 0 && !isAsWritten(source, first))) return null;
  const fixed = values.properties.filter((each) => each !== only);
  // Values of conditions that were taken for nothing, or are needed elsewhere, have no call to stand in.
  if (read.rest.length === 0) return fixed.length === 0 ? { property: read.property, key, parameter: name, rest: null, others: [] } : null;
  return { property: read.property, key, parameter: name, rest: restOf(source, first, fixed, read.rest), others: fixed };
}

/** Whether a literal says what stands between its quotes, with no escapes. */
function isAsWritten(source: SourceText, expression: ts.Expression): boolean {
  return expression.getText(source.tree).slice(1, -1) === literalText(source, expression);
}

/** The text of the other conditions, quoted as the first argument is, and their values. */
function restOf({ tree }: SourceText, first: ts.Expression, fixed: readonly ts.ObjectLiteralElementLike[], rest: readonly string[]): string {
  const quote = first.getText(tree).charAt(0);
  const text = quote + rest.join(' AND ') + quote;
  return fixed.length === 0 ? text : `${text}, { ${fixed.map((each) => each.getText(tree)).join(', ')} }`;
}

/** Where one of these stands beside an AND, the text cannot be taken apart without reading SQL. */
const NO_LIST = /\b(?:or|xor|between|case)\b|\|\||&&|--|\/\*/i;

/** `bookId` of `r.bookId = :id`, and what else an AND joins to it; null where something else may say how the text goes on (OR, BETWEEN, quotes, parentheses around both). */
function readText(text: string | null, alias: string, parameter: string): { readonly property: string; readonly rest: readonly string[] } | null {
  if (text === null) return null;
  const parts = text.split(/\s+and\s+/i);
  if (parts.length > 1 && (NO_LIST.test(withoutParentheses(text)) || /[\\'"`]/.test(text) || !parts.every(isBalanced))) return null;
  const found = parts.map((part) => propertyOf(part, alias, parameter));
  const at = found.findIndex((each) => each !== null);
  const rest = parts.filter((_, i) => i !== at).map((part) => part.trim());
  const property = found[at];
  if (!property || rest.some((part) => part === '' || new RegExp(`:(\\.\\.\\.)?${parameter}\\b`).test(part))) return null;
  return { property, rest };
}

/** Whether each parenthesis that a text opens is closed in it, and none that it does not open. */
function isBalanced(text: string): boolean {
  return !/[()]/.test(withoutParentheses(text));
}

/** `bookId` of `r.bookId = :id` */
function propertyOf(text: string, alias: string, parameter: string): string | null {
  const [, owner, property, named] = /^\s*\(?\s*(\w+)\.(\w+)\s*=\s*:(\w+)\s*\)?\s*$/.exec(text) ?? [];
  return owner === alias && named === parameter ? (property ?? null) : null;
}

/** What stands between the parentheses of the key's call, once it asks for all keys; what else it says gets a call of its own. */
export function keysCondition(rest: string | null, path: string, keys: string, separator: string): string {
  return `{ ${path}: In(${keys}) }${rest === null ? '' : `)${separator}.andWhere(${rest}`}`;
}

/** `a AND ` of `a AND (b OR c)` */
export function withoutParentheses(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutParentheses(shorter);
}
