/** The fix for a column whose type TypeScript does not tell: to give it, as what the property is without null. */
import type ts from 'typescript';
import { decoratorCalls, setOption, type DecoratorCall } from '../edits/decoratorEdits';
import { renderObject } from '../edits/objectLiteral';
import { detectStyle } from '../edits/sourceStyle';
import type { Change, SourceText } from '../edits/sourceText';
import type { SourceRange } from '../model/relationGraph';
import type { Compiler } from '../typeorm/compiler';
import { designType } from '../typeorm/resolve/columnTypes';
import type { Fix } from './rule';
import { fixOf, memberAt } from './ruleSyntax';

const COLUMNS = new Set(['Column', 'PrimaryColumn']);
/** What every driver has a type for (`normalizeType`). */
const CONSTRUCTORS = new Set(['String', 'Number', 'Boolean', 'Date']);

export function giveColumnType(source: SourceText | null, place: SourceRange): readonly Fix[] {
  const member = source && memberAt(source, place);
  if (!source || !member || !source.typescript.isPropertyDeclaration(member)) return [];
  const decorator = decoratorCalls(source, member).find(({ name }) => COLUMNS.has(name));
  const name = member.type ? designType(source.typescript, member.type) : constructorOf(source.typescript, member.initializer);
  if (!decorator || !CONSTRUCTORS.has(name)) return [];
  return fixOf(`Give its type: ${name}`, [{ source, changes: withType(source, decorator, name) }]);
}

function withType(source: SourceText, decorator: DecoratorCall, name: string): readonly Change[] | null {
  const { call } = decorator;
  if (call.arguments.length > 0) return setOption(source, decorator, 'type', name);
  const end = call.end - 1;
  return [{ start: end, end, newText: renderObject([`type: ${name}`], detectStyle(source), 0, '') }];
}

function constructorOf(typescript: Compiler, value: ts.Expression | undefined): string {
  if (!value) return 'Object';
  if (typescript.isStringLiteralLike(value)) return 'String';
  if (typescript.isNumericLiteral(value)) return 'Number';
  if (value.kind === typescript.SyntaxKind.TrueKeyword || value.kind === typescript.SyntaxKind.FalseKeyword) return 'Boolean';
  return typescript.isNewExpression(value) ? value.expression.getText() : 'Object';
}
