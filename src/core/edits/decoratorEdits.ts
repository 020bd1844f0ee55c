/** Edits of entity classes: decorators and their arguments, properties, imports; each in the style of the file and as small as can be. */
import type ts from 'typescript';
import { appendProperties, findProperty, renderObject } from './objectLiteral';
import { detectStyle, indentAt } from './sourceStyle';
import { descendants, unwrap, type Change, type SourceText } from './sourceText';

export type Member = ts.PropertyDeclaration | ts.GetAccessorDeclaration | ts.SetAccessorDeclaration;

/** A call of a decorator, `@ManyToOne(…)`, by the name it is called with. */
export interface DecoratorCall {
  readonly name: string;
  readonly decorator: ts.Decorator;
  readonly call: ts.CallExpression;
  /** The name as written: an identifier, or the last part of `orm.ManyToOne`. */
  readonly identifier: ts.Identifier;
}

export function decoratorCalls(source: SourceText, node: ts.HasDecorators): DecoratorCall[] {
  const { typescript } = source;
  return (typescript.getDecorators(node) ?? []).flatMap((decorator) => {
    const call = decorator.expression;
    if (!typescript.isCallExpression(call)) return [];
    const callee = typescript.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
    return typescript.isIdentifier(callee) ? [{ name: callee.text, decorator, call, identifier: callee }] : [];
  });
}

/** `@Index()` on a line of its own above the property's decorators. */
export function addDecorator(source: SourceText, member: Member, text: string): Change {
  const start = member.getStart(source.tree);
  const { newline } = detectStyle(source);
  const indent = indentAt(source.text, start);
  const ownLine = source.text.slice(0, start).endsWith(indent) && /(?:^|\n)[ \t]*$/.test(source.text.slice(0, start));
  return { start, end: start, newText: ownLine ? `${text}${newline}${indent}` : `${text} ` };
}

/** Takes the decorator away, with its line where nothing else stands on it, and with its import where nothing else uses it. */
export function removeDecorator(source: SourceText, { decorator, identifier }: DecoratorCall): Change[] {
  const start = decorator.getStart(source.tree);
  const after = /^[ \t]*\r?\n?[ \t]*/.exec(source.text.slice(decorator.end))?.[0].length ?? 0;
  return [...removeImport(source, identifier), { start, end: decorator.end + after, newText: '' }];
}

/** Compilers and linters object to an import that nothing uses: the one behind `use` goes with the last use. */
function removeImport(source: SourceText, use: ts.Identifier): Change[] {
  const { typescript, tree } = source;
  const named = [...descendants(source, tree)].filter((node): node is ts.Identifier => typescript.isIdentifier(node) && node.text === use.text);
  const [imported, ...more] = named.filter((node) => node !== use);
  const specifier = imported?.parent;
  if (more.length > 0 || !specifier || !typescript.isImportSpecifier(specifier)) return [];
  const { elements } = specifier.parent;
  if (elements.length > 1) return [removeFromList(source, elements, specifier)];
  const declaration = specifier.parent.parent.parent;
  if (specifier.parent.parent.name !== undefined || !typescript.isImportDeclaration(declaration)) return [];
  const end = declaration.end + (/^[ \t]*\r?\n?/.exec(source.text.slice(declaration.end))?.[0].length ?? 0);
  return [{ start: declaration.getStart(tree), end, newText: '' }];
}

/** The options object of a relation decorator, where one is written as a literal. */
export function optionsArgument(source: SourceText, { call }: DecoratorCall): ts.ObjectLiteralExpression | null {
  const last = call.arguments.at(-1);
  const value = last && unwrap(source, last);
  return value && source.typescript.isObjectLiteralExpression(value) ? value : null;
}

/** Sets an option to a value given as source text; null where the options are no literal that could be edited. */
export function setOption(source: SourceText, decorator: DecoratorCall, key: string, value: string): Change[] | null {
  const style = detectStyle(source);
  const options = optionsArgument(source, decorator);
  if (options) {
    const property = findProperty(source, options, key);
    if (!property) return appendProperties(source, style, options, [`${key}: ${value}`]);
    if (!source.typescript.isPropertyAssignment(property)) return null;
    return [{ start: property.initializer.getStart(source.tree), end: property.initializer.end, newText: value }];
  }
  const { call } = decorator;
  const last = call.arguments.at(-1);
  // Two arguments may be target and inverse, or target and options in a variable: only functions and strings are known to be no options.
  if (call.arguments.slice(1).some((argument) => !isInverse(source, argument))) return null;
  const text = renderObject([`${key}: ${value}`], style, 0, '');
  return last ? [{ start: last.end, end: last.end, newText: `, ${text}` }] : null;
}

/** Takes an option away, and the options with it where it was the only one. */
export function removeOption(source: SourceText, decorator: DecoratorCall, key: string): Change[] | null {
  const options = optionsArgument(source, decorator);
  const property = options && findProperty(source, options, key);
  if (!options || !property) return null;
  if (options.properties.length === 1) return [removeFromList(source, decorator.call.arguments, options)];
  return [removeFromList(source, options.properties, property)];
}

/** Names the inverse side, behind the target: `@ManyToOne(() => Author, (author) => author.books)`. */
export function addInverse(source: SourceText, { call }: DecoratorCall, parameter: string, property: string): Change[] | null {
  const [target, second] = call.arguments;
  if (!target || (second && isInverse(source, second))) return null;
  return [{ start: target.end, end: target.end, newText: `, ${inverseText(parameter, property)}` }];
}

/** `(author) => author.books` */
export function inverseText(parameter: string, property: string): string {
  return `(${parameter}) => ${parameter}.${property}`;
}

function isInverse({ typescript }: SourceText, argument: ts.Expression): boolean {
  return typescript.isArrowFunction(argument) || typescript.isFunctionExpression(argument) || typescript.isStringLiteralLike(argument);
}

/** A new property at the end of a class, with a blank line before it where the class has members; `lines` without indentation. */
export function appendMember(source: SourceText, node: ts.ClassLikeDeclaration, lines: readonly string[]): Change {
  const style = detectStyle(source);
  const last = node.members.at(-1);
  const outer = indentAt(source.text, node.getStart(source.tree));
  const indent = last ? indentAt(source.text, last.getStart(source.tree)) : outer + style.indent;
  const text = lines.map((line) => `${style.newline}${indent}${line}`).join('');
  if (!last) {
    const open = source.text.lastIndexOf('{', node.end);
    return { start: open + 1, end: node.end - 1, newText: `${text}${style.newline}${outer}` };
  }
  return { start: last.end, end: last.end, newText: `${style.newline}${text}` };
}

/** Imports a name, into the module's existing import where there is one; no change where it is imported or declared already. */
export function ensureImport(source: SourceText, name: string, module: string): Change[] {
  return ensureImports(source, [name], module);
}

/** The same for several names of one module. */
export function ensureImports(source: SourceText, names: readonly string[], module: string): Change[] {
  const { typescript, tree } = source;
  const missing = names.filter((name) => !isKnown(source, name)).sort(compareNames);
  if (missing.length === 0) return [];
  const imports = tree.statements.filter((statement) => typescript.isImportDeclaration(statement));
  for (const declaration of imports) {
    const { importClause, moduleSpecifier } = declaration;
    const bindings = importClause?.namedBindings;
    const isThere = typescript.isStringLiteral(moduleSpecifier) && moduleSpecifier.text === module;
    if (isThere && bindings && typescript.isNamedImports(bindings) && importClause.phaseModifier !== typescript.SyntaxKind.TypeKeyword)
      return missing.map((name) => insertSpecifier(source, bindings, name));
  }
  const style = detectStyle(source);
  const list = missing.join(', ');
  const text = `import {${style.braceSpace}${list}${style.braceSpace}} from ${style.quote}${module}${style.quote}${style.semicolons ? ';' : ''}`;
  return [insertImport(source, text)];
}

/** Imports a module's default under a name; no change where the name is imported or declared already. */
export function ensureDefaultImport(source: SourceText, name: string, module: string): Change[] {
  if (isKnown(source, name)) return [];
  const { quote, semicolons } = detectStyle(source);
  return [insertImport(source, `import ${name} from ${quote}${module}${quote}${semicolons ? ';' : ''}`)];
}

function insertImport(source: SourceText, text: string): Change {
  const { typescript, tree } = source;
  const { newline } = detectStyle(source);
  const last = tree.statements.findLast((statement) => typescript.isImportDeclaration(statement));
  if (last) return { start: last.end, end: last.end, newText: `${newline}${text}` };
  const first = tree.statements[0]?.getStart(tree) ?? 0;
  return { start: first, end: first, newText: `${text}${newline}${newline}` };
}

/** How one file names another in an import: relative, without extension unless the file's other imports have one. */
export function importPath(from: SourceText, to: string): string {
  const here = from.file.split('/').slice(0, -1);
  const there = to.split('/');
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const up = here.length - common;
  const path = [...Array<string>(up).fill('..'), ...there.slice(common)].join('/');
  const bare = path.replace(/\.[cm]?tsx?$/, '');
  const extension = /from\s+['"]\.{1,2}\/[^'"]*(\.[cm]?js)['"]/.exec(from.text)?.[1] ?? '';
  return `${up === 0 ? './' : ''}${bare}${extension}`;
}

function isKnown(source: SourceText, name: string): boolean {
  const { typescript } = source;
  return [...descendants(source, source.tree)].some(
    (node) =>
      (typescript.isImportSpecifier(node) || typescript.isImportClause(node) || typescript.isClassDeclaration(node)) && node.name?.text === name,
  );
}

/** Sorted imports stay sorted. */
function insertSpecifier(source: SourceText, bindings: ts.NamedImports, name: string): Change {
  const names = bindings.elements.map((element) => element.name.text);
  const sorted = names.every((each, i) => i === 0 || compareNames(names[i - 1] ?? '', each) <= 0);
  const next = sorted ? bindings.elements.find((element) => compareNames(element.name.text, name) > 0) : undefined;
  const last = bindings.elements.at(-1);
  if (next) {
    const start = next.getStart(source.tree);
    const ownLine = /\n[ \t]*$/.exec(source.text.slice(0, start))?.[0];
    return { start, end: start, newText: `${name},${ownLine ?? ' '}` };
  }
  if (!last) return { start: bindings.getStart(source.tree), end: bindings.end, newText: `{ ${name} }` };
  const ownLine = /\r?\n[ \t]*$/.exec(source.text.slice(0, last.getStart(source.tree)))?.[0];
  return { start: last.end, end: last.end, newText: `,${ownLine ?? ' '}${name}` };
}

function compareNames(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0;
}

/** Takes one element of a list away, with the comma that belongs to it. */
export function removeFromList(source: SourceText, list: ts.NodeArray<ts.Node>, node: ts.Node): Change {
  const i = list.indexOf(node);
  const next = list[i + 1];
  const previous = list[i - 1];
  if (next) return { start: node.getStart(source.tree), end: next.getStart(source.tree), newText: '' };
  return { start: previous ? previous.end : node.getStart(source.tree), end: node.end, newText: '' };
}
