/** The method or function that asks for the rows of all keys, written beside the one that asks for those of one key. */
import type ts from 'typescript';
import { holdsRows } from './helperQuestion';
import { linesOfRows, mapType, namesOf } from './mapOfRows';
import { nodesByName } from './nodesByName';
import { statementOfExport, type ServiceCall } from './serviceCall';
import type { KeyedQuestion } from './serviceQuestion';
import { detectStyle, indentAt } from './sourceStyle';
import type { Change, SourceText } from './sourceText';
import { firstFree, freshName, lowerFirst, plural, upperFirst } from './words';

/** What asks for all keys, behind what asks for one; nothing is added where an edit before has written it. */
export function askingFunction(
  source: SourceText,
  { home, fn, lookup }: ServiceCall,
  question: KeyedQuestion,
  { entity, map }: { readonly entity: string; readonly map: string },
): { readonly name: string; readonly changes: readonly Change[] } {
  const style = detectStyle(home);
  const { newline, semicolons } = style;
  const statement = statementOfExport(home, fn);
  const at = statement ?? fn;
  const indent = indentAt(home.text, at.getStart(home.tree));
  const end = semicolons ? ';' : '';
  const parameters = fn.parameters.filter((each) => !holdsRows(home, each, entity, lookup));
  const key = parameters[question.index];
  const compared = /^(?:String|BigInt)\((.*)\)$/.exec(question.key.inLoop)?.[1] ?? question.key.inLoop;
  const asked = compared === key?.name.getText(home.tree) ? key.type?.getText(home.tree) : undefined;
  const given = asked ?? question.rowKey.typeIn(entity);
  const keys = freshName(home, plural(lowerFirst(question.rowKey.name.split('.').at(-1) ?? 'key')), [], fn);
  const taken = parameters.map((each) =>
    each === key ? `${keys}: readonly ${/^[\w.]+(\['\w+'\])?$/.test(given) ? given : `(${given})`}[]` : each.getText(home.tree),
  );
  const { rows: listed, maps: rowsBy } = namesOf(question, entity);
  const rows = freshName(home, listed, [], fn);
  const lines = linesOfRows(home, question, { map, rows, keys, type: entity, at: fn });
  const made = `const ${map} = `;
  const body =
    question.one && lines.at(-1)?.startsWith(made)
      ? [...lines.slice(0, -1), `return ${lines.at(-1)?.slice(made.length) ?? ''}`]
      : [...lines, `return ${map}${end}`];
  const isStatic = !statement && (fn.modifiers?.some(({ kind }) => kind === home.typescript.SyntaxKind.StaticKeyword) ?? false);
  const head = (name: string): string => (statement ? `export async function ${name}` : `${isStatic ? 'static ' : ''}async ${name}`);
  const written = (name: string): string =>
    [
      `${indent}${head(name)}(${taken.join(', ')}): Promise<${mapType(question, entity)}> {`,
      ...body.map((line) => `${indent}${style.indent}${line}`),
      `${indent}}`,
    ].join(newline);
  const wanted = statement ? `find${upperFirst(rowsBy)}` : rowsBy;
  const object = home.typescript.isObjectLiteralExpression(fn.parent) ? fn.parent : null;
  const siblings = object ? object.properties : (fn.parent as ts.ClassDeclaration).members;
  const members = statement ? null : siblings.map((each) => each.name?.getText(home.tree));
  const isTaken = (name: string): boolean => members?.includes(name) ?? [home, source].some((each) => nodesByName(each).identifiers.has(name));
  const others = [statement ? `findAll${upperFirst(rowsBy)}` : `all${upperFirst(rowsBy)}`];
  const isThere = (name: string): boolean => home.text.includes(written(name));
  const name = firstFree([wanted, ...others], (each) => isTaken(each) && !isThere(each));
  if (isThere(name)) return { name, changes: [] };
  return { name, changes: [{ start: at.end, end: at.end, newText: `${object ? `,${newline}` : newline + newline}${written(name)}` }] };
}
