/** Where something is put before a loop, and by which name its list is then known. */
import { detectStyle, indentAt } from './sourceStyle';
import { listKind } from './listKind';
import type { Loop } from './loops';
import { unwrap, type Change, type SourceText } from './sourceText';
import { freshName, lowerFirst, plural } from './words';

export interface LoopPlace {
  /** Expression that names the list, wherever it is used. */
  readonly list: string;
  /** Lines put before the loop's statement; a list that the loop computes is put into a variable first. */
  insert(lines: readonly string[]): Change[];
}

/** @param entity the entity of the list's elements, where it is known: a list that gets a name is called after it where its loop says `o`. */
export function placeBefore(source: SourceText, loop: Loop, entity: string | null): LoopPlace {
  const style = detectStyle(source);
  const start = loop.statement.getStart(source.tree);
  const indent = indentAt(source.text, start);
  // `;(await …)`: where lines end without one, the semicolon belongs to what follows it.
  const at = /\n[ \t]*;$/.test(source.text.slice(0, start)) ? start - 1 : start;
  const put = (lines: readonly string[]): Change => ({
    start: at,
    end: at,
    newText: lines.map((line) => `${line}${style.newline}${indent}`).join(''),
  });
  const list = unwrap(source, loop.list);
  // What can be read but once is kept: the query for all keys reads it as well as the loop.
  const isOnce = listKind(source, list) === 'iterator';
  if (!isOnce && isStable(source, list)) return { list: list.getText(source.tree), insert: (lines) => [put(lines)] };
  const name = freshName(source, listName(source, loop, entity), [], loop.statement);
  const whole = wholeList(source, loop);
  const value = isOnce ? `[...${list.getText(source.tree)}]` : withoutParentheses(source, whole).getText(source.tree);
  const declaration = `const ${name} = ${value}${style.semicolons ? ';' : ''}`;
  return {
    list: name,
    insert: (lines) => [put([declaration, ...lines]), { start: whole.getStart(source.tree), end: whole.end, newText: name }],
  };
}

/** A name, or a property of one: reading it twice gives the same list. */
function isStable(source: SourceText, list: ReturnType<typeof unwrap>): boolean {
  const { typescript } = source;
  if (typescript.isIdentifier(list) || list.kind === typescript.SyntaxKind.ThisKeyword) return true;
  return typescript.isPropertyAccessExpression(list) && isStable(source, list.expression);
}

function listName(source: SourceText, { element }: Loop, entity: string | null): string {
  if (source.typescript.isIdentifier(element) && element.text.length > 1) return plural(element.text);
  return entity ? plural(lowerFirst(entity)) : 'rows';
}

/** What it is said to be stays: `rows as [string, string][]`. */
function withoutParentheses(source: SourceText, whole: ReturnType<typeof unwrap>): ReturnType<typeof unwrap> {
  return source.typescript.isParenthesizedExpression(whole) ? withoutParentheses(source, whole.expression) : whole;
}

/** With the parentheses around it: `(await repo.find()).map(…)`. */
function wholeList(source: SourceText, { node, list }: Loop): ReturnType<typeof unwrap> {
  const { typescript } = source;
  return typescript.isCallExpression(node) && typescript.isPropertyAccessExpression(node.expression) ? node.expression.expression : list;
}
