/** `repo.createQueryBuilder('author').leftJoinAndSelect('author.books', 'book').where('book.title = :title')`: its aliases and the names in its strings. */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from '../edits/findCall';
import { nodesByName } from '../edits/nodesByName';
import { nearestDeclaration } from '../edits/receiverEntity';
import { unwrap, type SourceText } from '../edits/sourceText';
import type { Entity } from '../model/relationGraph';
import type { EntityOf } from './propertyPaths';
import { namesAlong, textStart } from './stringPaths';
import type { BuilderJoin, BuilderUsage, UsageName } from './usage';

export const JOIN = /^(?:left|inner)Join(?:And(?:Select|MapOne|MapMany))?$/;

/** Calls whose string arguments are SQL with property paths in it. */
const EXPRESSION = /^(?:(?:and|or)?where|(?:and|or)?having|(?:add)?(?:orderBy|groupBy|select)|distinctOn)$/i;

/** @param entity what the call is about, where the receiver tells; a later `.from(Author, 'a')` decides otherwise. */
export function readBuilderUsage(
  source: SourceText,
  create: MethodCall,
  entity: Entity | null,
  entityNamed: (name: string) => Entity | null,
  entityOf: EntityOf,
): { readonly usage: BuilderUsage; readonly names: UsageName[] } | null {
  const calls = callsOn(source, create);
  const from = calls.find(({ expression }) => expression.name.text === 'from');
  const root = from ? entityArgument(source, from, entityNamed) : entity;
  if (!root) return null;
  const written = stringArgument(source, from ?? create);
  const alias = written ?? (create.arguments.length === 0 && !from ? root.name : null);
  const aliases = new Map<string, Entity>(alias === null ? [] : [[alias, root]]);
  const names: UsageName[] = [];
  const joins: BuilderJoin[] = [];
  // Joins may stand in any order of statements: those whose alias is not known yet are tried again.
  let waiting = calls.filter(({ expression }) => JOIN.test(expression.name.text));
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    waiting = waiting.filter((call) => !readJoin({ source, call, aliases, joins, names, entityNamed, entityOf }));
  }
  for (const call of calls) names.push(...namesInExpressions(source, call, aliases, entityOf));
  const mayKnowMore =
    alias === null || waiting.some((call) => !literalOf(source, joinPath(call))) || isHandedOn(source, create) || hasSubqueries(source, calls);
  return { usage: { entity: root, calls, aliases, joins, mayKnowMore }, names };
}

interface JoinReading {
  readonly source: SourceText;
  readonly call: MethodCall;
  readonly aliases: Map<string, Entity>;
  readonly joins: BuilderJoin[];
  readonly names: UsageName[];
  readonly entityNamed: (name: string) => Entity | null;
  readonly entityOf: EntityOf;
}

/** False where the alias that it starts from is not known. */
function readJoin({ source, call, aliases, joins, names, entityNamed, entityOf }: JoinReading): boolean {
  const target = joinPath(call);
  const literal = literalOf(source, target);
  const alias = literalOf(source, call.arguments[call.arguments.indexOf(target as ts.Expression) + 1])?.text ?? null;
  if (!literal) {
    const joined = target && source.typescript.isIdentifier(target) ? entityNamed(target.text) : null;
    if (!joined || alias === null) return false;
    aliases.set(alias, joined);
    joins.push({ call, alias, relation: null, path: null });
    return true;
  }
  const [head = '', ...rest] = literal.text.split('.');
  const owner = aliases.get(head);
  const start = textStart(source, literal);
  if (!owner || rest.length === 0 || start === null) return false;
  const along = namesAlong(owner, rest.join('.'), start + head.length + 1, 'join', entityOf);
  names.push(...along);
  const last = along.at(-1)?.named;
  const relation = last?.kind === 'relation' ? last.relation : null;
  const joined = relation && entityOf(relation.targetId);
  if (joined && alias !== null) aliases.set(alias, joined);
  joins.push({ call, alias: alias ?? '', relation, path: literal });
  return true;
}

/** `leftJoinAndMapOne('author.best', 'author.books', 'book')` has the property that it maps to before the path. */
export function joinPath(call: MethodCall): ts.Expression | undefined {
  return call.arguments[call.expression.name.text.includes('AndMap') ? 1 : 0];
}

/** `alias.path` in SQL, outside of quoted text; a string with a SELECT of its own has aliases of its own. */
function namesInExpressions(source: SourceText, call: MethodCall, aliases: ReadonlyMap<string, Entity>, entityOf: EntityOf): UsageName[] {
  const method = call.expression.name.text;
  const texts = EXPRESSION.test(method) ? stringsOf(source, call.arguments) : JOIN.test(method) ? stringsOf(source, call.arguments.slice(2)) : [];
  return texts.flatMap((literal) => {
    const start = textStart(source, literal);
    if (start === null || /\bselect\b/i.test(literal.text)) return [];
    const visible = literal.text.replace(/'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
    return [...visible.matchAll(PATH)].flatMap((match) => {
      const [, head = '', path = ''] = match;
      const owner = aliases.get(head);
      return owner ? namesAlong(owner, path, start + match.index + head.length + 1, 'expression', entityOf) : [];
    });
  });
}

/** Not behind a colon (a parameter), a quote or another dot; not before a parenthesis (a function of a schema). */
const PATH = /(?<![\w.:"`$])([A-Za-z_]\w*)\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?![\w(."`])/g;

function stringsOf(source: SourceText, nodes: readonly ts.Expression[]): ts.StringLiteralLike[] {
  return nodes.flatMap((node) => {
    const inner = unwrap(source, node);
    if (source.typescript.isStringLiteralLike(inner)) return [inner];
    return source.typescript.isArrayLiteralExpression(inner) ? stringsOf(source, inner.elements) : [];
  });
}

/** The calls of the chain that begins with this one, and those on the variable that holds its result, in source order. */
function callsOn(source: SourceText, create: MethodCall): MethodCall[] {
  const { calls, end } = chainFrom(source, create);
  const declaration = end.parent;
  if (!source.typescript.isVariableDeclaration(declaration) || !source.typescript.isIdentifier(declaration.name)) return calls;
  const { text } = declaration.name;
  for (const node of nodesByName(source).identifiers.get(text) ?? []) {
    const receives = source.typescript.isPropertyAccessExpression(node.parent) && node.parent.expression === node;
    if (receives && nearestDeclaration(source, text, node) === declaration) calls.push(...chainFrom(source, node).calls);
  }
  return calls;
}

function chainFrom(source: SourceText, from: ts.Node): { readonly calls: MethodCall[]; readonly end: ts.Node } {
  const calls: MethodCall[] = isMethodCall(source, from) ? [from] : [];
  let end: ts.Node = from;
  while (source.typescript.isPropertyAccessExpression(end.parent) && end.parent.expression === end) {
    const call = end.parent.parent;
    if (!isMethodCall(source, call) || call.expression !== end.parent) break;
    calls.push(call);
    end = call;
  }
  if (source.typescript.isAwaitExpression(end.parent)) end = end.parent;
  return { calls, end };
}

/** Passed to a function, returned, or kept in an object: others may add to it what is not seen here. */
function isHandedOn(source: SourceText, create: MethodCall): boolean {
  const { end } = chainFrom(source, create);
  const { typescript } = source;
  if (!typescript.isVariableDeclaration(end.parent) || !typescript.isIdentifier(end.parent.name)) {
    return !typescript.isExpressionStatement(end.parent) && !typescript.isAwaitExpression(end) && !/^get|^exec|^stream/.test(lastMethod(source, end));
  }
  const name = end.parent.name.text;
  return (nodesByName(source).identifiers.get(name) ?? []).some(
    (node) =>
      node.parent !== end.parent &&
      !(typescript.isPropertyAccessExpression(node.parent) && node.parent.expression === node) &&
      nearestDeclaration(source, name, node) === end.parent,
  );
}

function lastMethod(source: SourceText, end: ts.Node): string {
  return isMethodCall(source, end) ? end.expression.name.text : '';
}

/** Functions as arguments build subqueries and brackets, whose aliases are theirs. */
function hasSubqueries({ typescript }: SourceText, calls: readonly MethodCall[]): boolean {
  return calls.some(
    (call) =>
      /^(?:subQuery|addFrom|addCommonTableExpression)$/.test(call.expression.name.text) ||
      call.arguments.some((argument) => typescript.isFunctionLike(argument)),
  );
}

function entityArgument({ typescript }: SourceText, call: MethodCall, entityNamed: (name: string) => Entity | null): Entity | null {
  const [first] = call.arguments;
  return first && typescript.isIdentifier(first) ? entityNamed(first.text) : null;
}

function stringArgument(source: SourceText, call: MethodCall): string | null {
  return call.arguments.map((argument) => literalOf(source, argument)).find((literal) => literal !== null)?.text ?? null;
}

export function literalOf(source: SourceText, node: ts.Expression | undefined): ts.StringLiteralLike | null {
  return node && source.typescript.isStringLiteralLike(node) ? node : null;
}
