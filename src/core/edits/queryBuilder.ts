/** Reads a select query builder: its calls (in the chain, and in statements where a variable holds it), its main alias, its joins. */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { calledFunction } from './localFunction';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, unwrap, type SourceText } from './sourceText';

export interface Join {
  readonly call: MethodCall;
  /** `author.books` */
  readonly path: string;
  readonly alias: string;
}

export interface Builder {
  readonly kind: 'builder';
  readonly calls: readonly MethodCall[];
  readonly alias: string;
  readonly joins: readonly Join[];
}

/** The builder that `call` runs. Without an alias of its own, TypeORM uses the entity's name. */
export function readBuilder(source: SourceText, call: MethodCall, entity: string): Builder | Declined {
  const chain = chainOf(source, call);
  const root = chain.root;
  const calls = [...chain.calls, ...callsBehind(source, root)];
  const main = calls.find(({ expression }) => expression.name.text === 'createQueryBuilder');
  if (!main) return declined('the query builder is made elsewhere; add the join there.');
  const from = calls.find(({ expression }) => expression.name.text === 'from');
  const alias = lastString(source, from ?? main) ?? (main.arguments.length === 0 && !from ? entity : null);
  if (alias === null) return declined("the query builder's alias is computed.");
  return { kind: 'builder', calls, alias, joins: calls.flatMap((candidate) => joinOf(source, candidate)) };
}

export function literalText(source: SourceText, node: ts.Node | undefined): string | null {
  return node && source.typescript.isStringLiteralLike(node) ? node.text : null;
}

function chainOf(source: SourceText, call: ts.Expression): { readonly calls: MethodCall[]; readonly root: ts.Expression } {
  const calls: MethodCall[] = [];
  let at: ts.Expression = call;
  for (;;) {
    at = unwrap(source, at);
    if (source.typescript.isAwaitExpression(at)) at = at.expression;
    else if (isMethodCall(source, at)) {
      calls.push(at);
      if (at.expression.name.text === 'createQueryBuilder') return { calls, root: at };
      at = at.expression.expression;
    } else return { calls, root: at };
  }
}

/** The calls that made the builder at the end of a chain: through a variable, or in a function of this file that returns it. */
function callsBehind(source: SourceText, root: ts.Expression, depth = 0): readonly MethodCall[] {
  const { typescript } = source;
  if (depth > 3) return [];
  if (typescript.isIdentifier(root)) {
    const calls = callsThroughVariable(source, root);
    const declared = nearestDeclaration(source, root.text, root)?.initializer;
    const made = declared && chainOf(source, declared);
    return made && !typescript.isIdentifier(made.root) ? [...calls, ...callsBehind(source, made.root, depth + 1)] : calls;
  }
  const returned = typescript.isCallExpression(root) ? returnedBy(source, root) : null;
  if (!returned) return [];
  const chain = chainOf(source, returned);
  return [...chain.calls, ...callsBehind(source, chain.root, depth + 1)];
}

/** What a function, or a method of this class, returns at its only end. */
function returnedBy(source: SourceText, call: ts.CallExpression): ts.Expression | null {
  const { typescript } = source;
  const fn = calledFunction(source, call);
  if (!fn?.body) return null;
  if (!typescript.isBlock(fn.body)) return fn.body;
  const returns = [...descendants(source, fn.body)].filter((node) => typescript.isReturnStatement(node) && enclosingFunction(source, node) === fn);
  const [only] = returns;
  return returns.length === 1 && only && typescript.isReturnStatement(only) ? (only.expression ?? null) : null;
}

function callsThroughVariable(source: SourceText, variable: ts.Identifier): MethodCall[] {
  const declaration = nearestDeclaration(source, variable.text, variable);
  if (!declaration) return [];
  const roots = [...descendants(source, source.tree)].filter(
    (node) => source.typescript.isIdentifier(node) && node.text === variable.text && nearestDeclaration(source, variable.text, node) === declaration,
  );
  const inStatements = roots.flatMap((root) => callsUpwards(source, root));
  const initializer = declaration.initializer ? unwrap(source, declaration.initializer) : undefined;
  return initializer && isMethodCall(source, initializer) ? [...inStatements, ...chainOf(source, initializer).calls] : inStatements;
}

/** `qb` in `qb.where(…).orderBy(…)`: both calls. */
function callsUpwards(source: SourceText, root: ts.Node): MethodCall[] {
  const calls: MethodCall[] = [];
  for (let at = root; source.typescript.isPropertyAccessExpression(at.parent) && at.parent.expression === at; at = at.parent.parent) {
    const call = at.parent.parent;
    if (!isMethodCall(source, call) || call.expression !== at.parent) break;
    calls.push(call);
  }
  return calls;
}

function joinOf(source: SourceText, call: MethodCall): Join[] {
  const name = call.expression.name.text;
  if (!/^(left|inner)Join(And(Select|MapOne|MapMany))?$/.test(name)) return [];
  const skip = name.includes('AndMap') ? 1 : 0;
  const path = literalText(source, call.arguments[skip]);
  const alias = literalText(source, call.arguments[skip + 1]);
  return path && alias ? [{ call, path, alias }] : [];
}

function lastString(source: SourceText, call: MethodCall): string | null {
  return literalText(
    source,
    call.arguments.find((argument) => source.typescript.isStringLiteralLike(argument)),
  );
}
