/**
 * Which entity a TypeORM call is about, as far as the file itself says so: `manager.find(Author, …)`, `getRepository(Author)`,
 * `repo: Repository<Author>`, `@InjectRepository(Author)`, `Author.find()`.
 */
import type ts from 'typescript';
import { nodesByName } from './nodesByName';
import { unwrap, type SourceText } from './sourceText';

/** The entity's name, or null where the file does not tell. */
export function receiverEntity(source: SourceText, call: ts.CallExpression): string | null {
  const callee = call.expression;
  if (!source.typescript.isPropertyAccessExpression(callee)) return null;
  return entityArgument(source, call) ?? entityOf(source, callee.expression, 0);
}

/** `manager.find(Author, …)`: an EntityManager takes the entity as its first argument. */
function entityArgument(source: SourceText, call: ts.CallExpression): string | null {
  const first = call.arguments[0];
  return first && source.typescript.isIdentifier(first) && source.entityNames.has(first.text) ? first.text : null;
}

function entityOf(source: SourceText, expression: ts.Expression, depth: number): string | null {
  if (depth > 5) return null;
  const receiver = unwrap(source, expression);
  if (source.typescript.isCallExpression(receiver)) return ofCall(source, receiver, depth);
  if (source.typescript.isIdentifier(receiver))
    return source.entityNames.has(receiver.text) ? receiver.text : ofDeclaration(source, receiver.text, receiver, depth);
  if (source.typescript.isPropertyAccessExpression(receiver)) return ofMember(source, receiver.name.text, depth);
  return null;
}

function ofCall(source: SourceText, call: ts.CallExpression, depth: number): string | null {
  const callee = call.expression;
  const name = source.typescript.isPropertyAccessExpression(callee) ? callee.name.text : source.typescript.isIdentifier(callee) ? callee.text : '';
  if (/^get(Tree|Mongo|Custom)?Repository$/.test(name)) return entityArgument(source, call);
  if (!source.typescript.isPropertyAccessExpression(callee)) return null;
  // A query builder's chain: `repo.createQueryBuilder('a').where(…)`, `.from(Author, 'a')`, `repo.extend({…})`.
  const named = name === 'from' || name === 'createQueryBuilder' ? entityArgument(source, call) : null;
  return named ?? entityOf(source, callee.expression, depth);
}

function ofDeclaration(source: SourceText, name: string, at: ts.Node, depth: number): string | null {
  const declaration = nearestDeclaration(source, name, at);
  if (!declaration) return null;
  return (
    ofType(source, declaration.type) ?? (declaration.initializer ? entityOf(source, withoutAwait(source, declaration.initializer), depth + 1) : null)
  );
}

/** `this.authors`: a property or a constructor parameter property of any class of the file; null when two disagree. */
function ofMember(source: SourceText, name: string, depth: number): string | null {
  const found = new Set<string>();
  for (const node of nodesByName(source).members.get(name) ?? []) {
    const entity =
      ofType(source, node.type) ?? ofInjection(source, node) ?? (node.initializer ? entityOf(source, node.initializer, depth + 1) : null);
    if (entity) found.add(entity);
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

function ofType(source: SourceText, type: ts.TypeNode | undefined): string | null {
  if (!type || !source.typescript.isTypeReferenceNode(type) || !source.typescript.isIdentifier(type.typeName)) return null;
  if (!/Repository$|^SelectQueryBuilder$/.test(type.typeName.text)) return null;
  const argument = type.typeArguments?.[0];
  return argument && source.typescript.isTypeReferenceNode(argument) && source.typescript.isIdentifier(argument.typeName)
    ? argument.typeName.text
    : null;
}

function ofInjection(source: SourceText, node: ts.PropertyDeclaration | ts.ParameterDeclaration): string | null {
  for (const decorator of source.typescript.getDecorators(node) ?? []) {
    const call = decorator.expression;
    if (source.typescript.isCallExpression(call) && source.typescript.isIdentifier(call.expression) && call.expression.text === 'InjectRepository')
      return entityArgument(source, call);
  }
  return null;
}

/** The variable or parameter of that name whose scope holds `at`: the innermost one. */
export function nearestDeclaration(source: SourceText, name: string, at: ts.Node): ts.VariableDeclaration | ts.ParameterDeclaration | null {
  let best: { node: ts.VariableDeclaration | ts.ParameterDeclaration; scope: ts.Node } | null = null;
  for (const node of nodesByName(source).variables.get(name) ?? []) {
    const scope = scopeOf(source, node);
    if (scope.pos > at.pos || scope.end < at.end) continue;
    if (!best || scope.pos >= best.scope.pos) best = { node, scope };
  }
  return best?.node ?? null;
}

/** The block, function or file within which a declared name is known. */
export function scopeOf(source: SourceText, declaration: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement): ts.Node {
  for (let up: ts.Node = declaration.parent; ; up = up.parent) {
    if (source.typescript.isVariableDeclarationList(up)) continue;
    if (
      source.typescript.isBlock(up) ||
      source.typescript.isFunctionLike(up) ||
      source.typescript.isForStatement(up) ||
      source.typescript.isForOfStatement(up) ||
      source.typescript.isForInStatement(up)
    )
      return up;
    if (source.typescript.isSourceFile(up) || source.typescript.isModuleBlock(up) || source.typescript.isCaseBlock(up)) return up;
  }
}

function withoutAwait(source: SourceText, expression: ts.Expression): ts.Expression {
  const inner = unwrap(source, expression);
  return source.typescript.isAwaitExpression(inner) ? inner.expression : inner;
}
