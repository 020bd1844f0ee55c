/** Function bodies: the statements that option-returning functions, decorators and mixins are made of. */
import type ts from 'typescript';
import { bind } from './binding';
import { iterated } from './collections';
import { entriesOf } from './members';
import { createClass } from './classes';
import { Thrown } from './budget';
import type { Evaluator } from './evaluator';
import { isTruthy, isUnset, unknown, type Scope, type Value } from './values';

type Completion =
  | { readonly kind: 'return'; readonly value: Value }
  /** `label` names the loop that is meant; null for the innermost. */
  | { readonly kind: 'break' | 'continue'; readonly label: string | null }
  | null;

/** Runs a body (or evaluates an arrow function's expression) and gives what it returns. */
export function runBody(evaluator: Evaluator, written: ts.ConciseBody, scope: Scope): Value {
  const body = scope.module.wholeBody(written);
  if (!evaluator.ts.isBlock(body)) return evaluator.evaluate(body, scope);
  const completion = runBlock(evaluator, body.statements, scope);
  return completion?.kind === 'return' ? completion.value : undefined;
}

function runBlock(evaluator: Evaluator, statements: readonly ts.Statement[], scope: Scope): Completion {
  const { ts } = evaluator;
  // Function declarations are hoisted.
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) {
      scope.names?.set(statement.name.text, { kind: 'function', node: statement, scope });
    }
  }
  for (const statement of statements) {
    const completion = runStatement(evaluator, statement, scope);
    if (completion) return completion;
  }
  return null;
}

/** Runs one statement; the answer is how it left, null where it just ended. `label` is the one that the statement bears. */
export function runStatement(evaluator: Evaluator, statement: ts.Statement, scope: Scope, label: string | null = null): Completion {
  const { ts } = evaluator;
  const K = ts.SyntaxKind;
  switch (statement.kind) {
    case K.ReturnStatement: {
      const { expression } = statement as ts.ReturnStatement;
      return { kind: 'return', value: expression ? evaluator.evaluate(expression, scope) : undefined };
    }
    case K.VariableStatement:
      declareVariables(evaluator, (statement as ts.VariableStatement).declarationList, scope);
      return null;
    case K.ExpressionStatement:
      evaluator.evaluate((statement as ts.ExpressionStatement).expression, scope);
      return null;
    case K.IfStatement: {
      const { expression, thenStatement, elseStatement } = statement as ts.IfStatement;
      const branch = isTruthy(evaluator.evaluate(expression, scope)) ? thenStatement : elseStatement;
      return branch ? runStatement(evaluator, branch, scope) : null;
    }
    case K.Block:
      return runBlock(evaluator, (statement as ts.Block).statements, innerScope(scope));
    case K.ClassDeclaration: {
      const node = statement as ts.ClassDeclaration;
      if (node.name) scope.names?.set(node.name.text, createClass(evaluator, node, scope, ''));
      return null;
    }
    case K.SwitchStatement:
      return runSwitch(evaluator, statement as ts.SwitchStatement, scope);
    case K.ForOfStatement:
      return runForOf(evaluator, statement as ts.ForOfStatement, scope, label);
    case K.ForInStatement:
      return runForIn(evaluator, statement as ts.ForInStatement, scope, label);
    case K.ForStatement:
      return runFor(evaluator, statement as ts.ForStatement, scope, label);
    case K.WhileStatement:
      return runWhile(evaluator, statement as ts.WhileStatement, scope, label);
    case K.ThrowStatement:
      throw new Thrown(evaluator.evaluate((statement as ts.ThrowStatement).expression, scope));
    case K.TryStatement:
      return runTry(evaluator, statement as ts.TryStatement, scope);
    case K.DoStatement:
      return runDo(evaluator, statement as ts.DoStatement, scope, label);
    case K.LabeledStatement:
      return runLabeled(evaluator, statement as ts.LabeledStatement, scope);
    case K.BreakStatement:
      return { kind: 'break', label: (statement as ts.BreakStatement).label?.text ?? null };
    case K.ContinueStatement:
      return { kind: 'continue', label: (statement as ts.ContinueStatement).label?.text ?? null };
    default:
      return null;
  }
}

function innerScope(outer: Scope): Scope {
  return { names: new Map(), outer, module: outer.module, self: outer.self };
}

function declareVariables(evaluator: Evaluator, list: ts.VariableDeclarationList, scope: Scope): void {
  const { ts } = evaluator;
  for (const { name, initializer } of list.declarations) {
    const isNamedClass = initializer && ts.isClassExpression(initializer) && ts.isIdentifier(name);
    const value = isNamedClass
      ? createClass(evaluator, initializer, scope, name.text)
      : initializer
        ? evaluator.evaluate(initializer, scope)
        : undefined;
    bind(evaluator, name, value, scope);
  }
}

function runSwitch(evaluator: Evaluator, { expression, caseBlock }: ts.SwitchStatement, scope: Scope): Completion {
  const { ts } = evaluator;
  const value = evaluator.evaluate(expression, scope);
  const inner = innerScope(scope);
  const { clauses } = caseBlock;
  let start = clauses.findIndex((clause) => ts.isCaseClause(clause) && isCase(evaluator, value, evaluator.evaluate(clause.expression, inner)));
  if (start < 0) start = clauses.findIndex((clause) => ts.isDefaultClause(clause));
  if (start < 0) return null;
  for (const clause of clauses.slice(start)) {
    const completion = runBlock(evaluator, clause.statements, inner);
    if (completion) return completion.kind === 'break' && completion.label === null ? null : completion;
  }
  return null;
}

function isCase(evaluator: Evaluator, value: Value, tested: Value): boolean {
  evaluator.noteComparison(value, tested);
  return tested === (isUnset(value) ? undefined : value);
}

function runForOf(evaluator: Evaluator, node: ts.ForOfStatement, scope: Scope, label: string | null): Completion {
  const items = iterated(evaluator.evaluate(node.expression, scope));
  return items ? runEach(evaluator, items, node, scope, label) : null;
}

function runForIn(evaluator: Evaluator, node: ts.ForInStatement, scope: Scope, label: string | null): Completion {
  const keys = entriesOf(evaluator.evaluate(node.expression, scope)).map(([key]) => key);
  return runEach(evaluator, keys, node, scope, label);
}

function runEach(
  evaluator: Evaluator,
  items: readonly Value[],
  { initializer, statement: body }: ts.ForOfStatement | ts.ForInStatement,
  scope: Scope,
  label: string | null,
): Completion {
  const name = evaluator.ts.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
  for (const item of items) {
    const inner = innerScope(scope);
    if (name) bind(evaluator, name, item, inner);
    const completion = runStatement(evaluator, body, inner);
    if (completion && leavesLoop(completion, label)) return outOfLoop(completion, label);
  }
  return null;
}

function runFor(
  evaluator: Evaluator,
  { initializer, condition, incrementor, statement }: ts.ForStatement,
  scope: Scope,
  label: string | null,
): Completion {
  const inner = innerScope(scope);
  if (initializer && evaluator.ts.isVariableDeclarationList(initializer)) declareVariables(evaluator, initializer, inner);
  else if (initializer) evaluator.evaluate(initializer as ts.Expression, inner);
  while (!condition || isTruthy(evaluator.evaluate(condition, inner))) {
    const completion = runStatement(evaluator, statement, inner);
    if (completion && leavesLoop(completion, label)) return outOfLoop(completion, label);
    if (incrementor) evaluator.evaluate(incrementor, inner);
    else if (!condition) evaluator.budget.step();
  }
  return null;
}

function runWhile(evaluator: Evaluator, { expression, statement }: ts.WhileStatement, scope: Scope, label: string | null): Completion {
  while (isTruthy(evaluator.evaluate(expression, scope))) {
    const completion = runStatement(evaluator, statement, innerScope(scope));
    if (completion && leavesLoop(completion, label)) return outOfLoop(completion, label);
  }
  return null;
}

function runDo(evaluator: Evaluator, { expression, statement }: ts.DoStatement, scope: Scope, label: string | null): Completion {
  do {
    const completion = runStatement(evaluator, statement, innerScope(scope));
    if (completion && leavesLoop(completion, label)) return outOfLoop(completion, label);
  } while (isTruthy(evaluator.evaluate(expression, scope)));
  return null;
}

/** Whether a loop of that label ends with what its body came to. */
function leavesLoop(completion: NonNullable<Completion>, label: string | null): boolean {
  return completion.kind !== 'continue' || !isMeant(completion.label, label);
}

/** What a loop that ends comes to: a `break` of its own is over with it. */
function outOfLoop(completion: NonNullable<Completion>, label: string | null): Completion {
  return completion.kind === 'break' && isMeant(completion.label, label) ? null : completion;
}

function isMeant(named: string | null, label: string | null): boolean {
  return named === null || named === label;
}

function runLabeled(evaluator: Evaluator, { label, statement }: ts.LabeledStatement, scope: Scope): Completion {
  const completion = runStatement(evaluator, statement, scope, label.text);
  return completion && completion.kind === 'break' && completion.label === label.text ? null : completion;
}

function runTry(evaluator: Evaluator, { tryBlock, catchClause, finallyBlock }: ts.TryStatement, scope: Scope): Completion {
  let completion: Completion;
  try {
    completion = runStatement(evaluator, tryBlock, scope);
  } catch (error) {
    if (!(error instanceof Thrown) || !catchClause) throw error;
    const inner = innerScope(scope);
    if (catchClause.variableDeclaration) bind(evaluator, catchClause.variableDeclaration.name, error.value ?? unknown, inner);
    completion = runStatement(evaluator, catchClause.block, inner);
  }
  return (finallyBlock && runStatement(evaluator, finallyBlock, scope)) || completion;
}
