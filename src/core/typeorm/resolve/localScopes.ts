/**
 * What names mean inside of functions: parameters hold what the only call in the file gives them, else what they default to, variables what the function's own statements
 * make of them, with no variable of the environment set. Nothing outside of the function is changed by that.
 */
import type ts from 'typescript';
import { bind } from '../evaluate/binding';
import { configuration } from '../evaluate/environment';
import type { Evaluator } from '../evaluate/evaluator';
import { cloned } from '../evaluate/objectMembers';
import { isAssignment, rootOf } from '../evaluate/changedNames';
import { runStatement } from '../evaluate/statements';
import { isUnknown, unknown, type NamespaceValue, type Scope, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';

/** A function, class or block around a place. */
export type Enclosing = ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration | ts.Block;

export function isEnclosing(ts: Evaluator['ts'], node: ts.Node): node is Enclosing {
  return ts.isBlock(node) || ts.isClassLike(node) || (ts.isFunctionLike(node) && 'body' in node);
}

export class LocalScopes {
  private readonly known = new Map<Enclosing, Scope>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly outermost: Scope,
  ) {}

  /** @param around what is around a place, outermost first */
  within(around: readonly Enclosing[]): Scope {
    let scope = this.outermost;
    for (const node of around) {
      let inner = this.known.get(node);
      if (!inner) this.known.set(node, (inner = this.enter(node, scope)));
      scope = inner;
    }
    return scope;
  }

  private enter(node: Enclosing, outer: Scope): Scope {
    const { ts } = this.evaluator;
    const names = new Map<string, Value>();
    const scope: Scope = { names, outer, module: outer.module, self: outer.self };
    if (ts.isClassLike(node)) return { ...scope, self: this.membersOf(node, scope) };
    if (!ts.isBlock(node)) {
      const given = this.onlyArguments(node);
      node.parameters.forEach((parameter, index) => {
        const value = this.parameterValue(parameter, scope);
        bind(this.evaluator, parameter.name, given?.[index] !== undefined && isUnknown(value) ? given[index] : value, scope);
      });
      return scope;
    }
    for (const statement of node.statements) {
      if (ts.isFunctionDeclaration(statement) && statement.name) names.set(statement.name.text, { kind: 'function', node: statement, scope });
    }
    for (const statement of node.statements) this.run(statement, scope);
    return scope;
  }

  /** What a function of the module is called with, where the module's own statements call it once and nobody else can. */
  private onlyArguments(node: Enclosing): readonly Value[] | null {
    const { ts } = this.evaluator;
    const { module } = this.outermost;
    if (!ts.isFunctionLike(node) || node.parameters.length === 0) return null;
    const name = nameOfFunction(ts, module, node);
    if (name === null || isExported(module, name)) return null;
    const calls = callsOf(ts, module.sourceFile, name);
    const [call] = calls;
    if (!call || calls.length > 1 || call.depth > 0) return null;
    return this.evaluator.budget.attempt<Value[] | null>(
      () => this.evaluator.evaluateList(call.node.arguments, this.outermost),
      () => null,
    );
  }

  private parameterValue({ name, type, initializer }: ts.ParameterDeclaration, scope: Scope): Value {
    const { ts } = this.evaluator;
    const typeName = type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : '';
    if (/^(?:Nest)?ConfigService$/.test(typeName) || (typeName === '' && ts.isIdentifier(name) && /^config(?:uration)?Service$/i.test(name.text)))
      return configuration;
    return initializer ? this.attempt(() => this.evaluator.evaluate(initializer, scope)) : unknown;
  }

  /** `this`, of an instance that the framework makes. */
  private membersOf(node: ts.ClassLikeDeclaration, outer: Scope): NamespaceValue {
    const { ts } = this.evaluator;
    const self: NamespaceValue = { kind: 'namespace', get: (name) => valueOf(name), names: () => [] };
    const scope: Scope = { ...outer, self };
    const valueOf = (wanted: string): Value => {
      for (const member of node.members) {
        if (ts.isConstructorDeclaration(member)) {
          const parameter = member.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === wanted);
          if (parameter) return this.parameterValue(parameter, scope);
        }
        if (!member.name || !('text' in member.name) || member.name.text !== wanted) continue;
        if (ts.isMethodDeclaration(member)) return { kind: 'function', node: member, scope };
        if (ts.isPropertyDeclaration(member) && member.initializer) return this.evaluator.evaluate(member.initializer, scope);
      }
      return unknown;
    };
    return self;
  }

  private run(statement: ts.Statement, scope: Scope): void {
    const { ts } = this.evaluator;
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        // What is changed later on may be a constant of the module.
        const value = initializer ? cloned(this.attempt(() => this.evaluator.evaluate(initializer, scope))) : undefined;
        this.attempt(() => (bind(this.evaluator, name, value, scope), undefined));
      }
    } else if (changesLocals(ts, statement, scope)) this.attempt(() => (runStatement(this.evaluator, statement, scope), undefined));
  }

  private attempt(evaluate: () => Value): Value {
    return this.evaluator.budget.attempt(evaluate, () => unknown);
  }
}

function nameOfFunction(ts: Evaluator['ts'], { tree }: ModuleSyntax, node: Enclosing): string | null {
  const found = [...tree.declarations].find(([, each]) => each === node || (ts.isVariableDeclaration(each) && each.initializer === node));
  return found?.[0] ?? null;
}

function isExported({ outline }: ModuleSyntax, name: string): boolean {
  return [...outline.exports.values()].some((binding) => binding.kind === 'local' && binding.name === name);
}

/** The calls of a name, with how many functions and blocks are around each. */
function callsOf(ts: Evaluator['ts'], file: ts.SourceFile, name: string): { readonly node: ts.CallExpression; readonly depth: number }[] {
  const calls: { readonly node: ts.CallExpression; readonly depth: number }[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) calls.push({ node, depth });
    ts.forEachChild(node, (child) => visit(child, isEnclosing(ts, node) ? depth + 1 : depth));
  };
  visit(file, 0);
  return calls;
}

/** `options.entityPrefix = 'app_'`, also under a condition: assignments to the function's own variables, and nothing else. */
function changesLocals(ts: Evaluator['ts'], statement: ts.Statement, scope: Scope): boolean {
  if (ts.isBlock(statement)) return statement.statements.every((each) => changesLocals(ts, each, scope));
  if (ts.isIfStatement(statement)) {
    const { thenStatement, elseStatement } = statement;
    return changesLocals(ts, thenStatement, scope) && (!elseStatement || changesLocals(ts, elseStatement, scope));
  }
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  if (!ts.isBinaryExpression(expression) || !isAssignment(ts, expression.operatorToken.kind)) return false;
  const root = rootOf(ts, expression.left);
  return root !== null && isLocal(root, scope);
}

function isLocal(name: string, scope: Scope): boolean {
  for (let inner: Scope | null = scope; inner; inner = inner.outer) if (inner.names?.has(name)) return true;
  return false;
}
