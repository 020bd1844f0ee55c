/**
 * A function that a loop names instead of writing it out, as the edits need it to hand it something more:
 *
 *     orders.map(this.toDto, this)  →  orders.map((order) => this.toDto(order))
 */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { functionOf } from './callee';
import type { MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { changedText, descendants, parseSource, type Change, type SourceText } from './sourceText';

export interface WrittenOut {
  /** The file with the callback written out. */
  readonly source: SourceText;
  /** Changes of that text as changes of the file as it is. */
  readonly restore: (changes: readonly Change[]) => Change[];
}

/** The file as if the callback of the `map` on the site's line were written out; null where there is none that says no more than its element. */
export function withCallbackWritten(source: SourceText, site: Site): WrittenOut | null {
  const [call] = callsOnLine(source, site).filter(({ expression }) => expression.name.text === 'map');
  const callback = call && namedCallback(source, call);
  if (!call || !callback) return null;
  const [first, last] = [call.arguments[0], call.arguments.at(-1)];
  if (!first || !last) return null;
  const change: Change = {
    start: first.getStart(source.tree),
    end: last.end,
    newText: `(${callback.element}) => ${callback.name}(${callback.element})`,
  };
  const text = changedText(source, [change], 0, source.text.length);
  const written = parseSource(source.typescript, source.file, text, source.entityNames, source.open);
  return { source: written, restore: (changes) => composed(written, change, changes) };
}

interface NamedCallback {
  /** `this.toDto` */
  readonly name: string;
  readonly element: string;
}

/** A function that takes the element and nothing else: `map` hands its place and the list too. */
function namedCallback(source: SourceText, { arguments: given }: MethodCall): NamedCallback | null {
  const { typescript, tree } = source;
  const [callback, thisArgument, ...more] = given;
  if (!callback || more.length > 0 || (thisArgument && thisArgument.kind !== typescript.SyntaxKind.ThisKeyword)) return null;
  if (!isNameOnly(source, callback)) return null;
  const callee = functionOf(source, callback);
  const [parameter, ...others] = callee?.fn.parameters ?? [];
  if (!callee?.fn.body || !parameter || others.length > 0 || parameter.dotDotDotToken || countsArguments(callee.source, callee.fn.body)) return null;
  const name = callback.getText(tree);
  const wanted = typescript.isIdentifier(parameter.name) ? parameter.name.text : 'row';
  return { name, element: name.split('.').includes(wanted) ? 'row' : wanted };
}

/** `toDto`, `this.toDto`, `mapper.toDto` */
function isNameOnly({ typescript }: SourceText, callback: ts.Expression): boolean {
  let root = callback;
  while (typescript.isPropertyAccessExpression(root)) root = root.expression;
  return typescript.isIdentifier(root) || (root !== callback && root.kind === typescript.SyntaxKind.ThisKeyword);
}

function countsArguments(source: SourceText, body: ts.Node): boolean {
  return [...descendants(source, body)].some((node) => source.typescript.isIdentifier(node) && node.text === 'arguments');
}

/** The changes of the text that a change has made, as changes of the text before it. */
function composed(after: SourceText, change: Change, changes: readonly Change[]): Change[] {
  const end = change.start + change.newText.length;
  const moved = change.newText.length - (change.end - change.start);
  const isInside = (each: Change): boolean => each.start >= change.start && each.end <= end;
  const outside = changes.filter((each) => !isInside(each));
  const back = (offset: number): number => (offset >= end ? offset - moved : offset);
  const isCovered = outside.some((each) => each.start < change.start && each.end > change.start);
  const inside = changes.filter(isInside);
  const own = { ...change, newText: changedText(after, inside, change.start, end) };
  const isNeeded = inside.length > 0 && !isCovered;
  return [...outside.map((each) => ({ ...each, start: back(each.start), end: back(each.end) })), ...(isNeeded ? [own] : [])];
}
