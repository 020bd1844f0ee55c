/** Applied decorators: their expressions are evaluated, and what they make is called with what they stand on. */
import type ts from 'typescript';
import type { Place } from '../parse/positions';
import type { Evaluator } from './evaluator';
import { argumentsOf, notedProperty, notesProperty } from './notedProperties';
import { hasKind, isUnknown, type NativeValue, type Scope, type Value } from './values';

/** Registered in place of a decorator factory that was applied without calling it: `@Column` for `@Column()`. */
export const notCalled = 'not called';

/** Registered in place of a decorator whose expression is more than the evaluator's budget allows for. */
export const outOfBudget = 'out of budget';

const none: readonly ts.Decorator[] = [];

export function decoratorsOf({ ts }: Evaluator, node: ts.Node): readonly ts.Decorator[] {
  return ts.canHaveDecorators(node) && node.modifiers ? (ts.getDecorators(node) ?? none) : none;
}

/** Where a class's decorators are written. The names of their factories are the same few for all its members, so each is looked up once. */
export interface DecoratorScope {
  readonly scope: Scope;
  readonly factories: Map<string, Value>;
}

/** @param target what each is called with: a class, or the owner of a member and the member's name */
export function runDecorators(
  evaluator: Evaluator,
  decorators: readonly ts.Decorator[],
  node: ts.Node,
  target: readonly Value[],
  names: DecoratorScope,
): void {
  const { scope } = names;
  const { sourceFile } = scope.module;
  const member: Place = { sourceFile, node };
  // Decorator expressions are evaluated top-down, their results are called bottom-up.
  const evaluated = decorators.map((decorator) => evaluateDecorator(evaluator, decorator, target, names));
  for (let index = evaluated.length - 1; index >= 0; index--) {
    const decorator = evaluated[index];
    if (!decorator) continue;
    const { applied, call, value, args } = decorator;
    if (args) evaluator.registrar.register(value.decorator, args, call, target, { member, applied });
    else applyDecorator(evaluator, decorator, member, target, scope);
  }
}

/** A decorator whose expression is evaluated. */
type EvaluatedDecorator =
  /** A plain call of TypeORM's own: `@Column(…)`. Nearly all are, so that no function is made and run to apply them. */
  | { readonly applied: Place; readonly call: Place; readonly value: OwnDecorator; readonly args: readonly Value[] }
  | { readonly applied: Place; readonly call: Place; readonly value: Value; readonly args: null };

/** Null where nothing is known of it: most others belong to packages that have nothing to do with TypeORM. */
function evaluateDecorator(
  evaluator: Evaluator,
  decorator: ts.Decorator,
  target: readonly Value[],
  names: DecoratorScope,
): EvaluatedDecorator | null {
  const { expression } = decorator;
  const called = evaluator.ts.isCallExpression(expression) && evaluator.ts.isIdentifier(expression.expression) ? expression : null;
  const factory = called && factoryNamed(evaluator, (called.expression as ts.Identifier).text, names);
  return called && isUnknown(factory) ? null : evaluateKnown(evaluator, decorator, called, factory, target, names.scope);
}

function factoryNamed(evaluator: Evaluator, name: string, { scope, factories }: DecoratorScope): Value {
  if (!factories.has(name)) factories.set(name, evaluator.lookup(name, scope));
  return factories.get(name);
}

function evaluateKnown(
  evaluator: Evaluator,
  decorator: ts.Decorator,
  called: ts.CallExpression | null,
  factory: Value,
  target: readonly Value[],
  scope: Scope,
): EvaluatedDecorator | null {
  const { expression } = decorator;
  const { sourceFile } = scope.module;
  const applied: Place = { sourceFile, node: decorator };
  const call: Place = { sourceFile, node: expression };
  const stopped = (thrown: unknown): null => {
    if (!thrown) evaluator.registrar.register(outOfBudget, [], applied, target);
    return null;
  };
  if (called && isOwn(factory)) {
    const args = evaluator.budget.attemptContained(() => evaluator.evaluateList(called.arguments, scope), stopped);
    return args && { applied, call, value: factory, args };
  }
  const evaluated = (): EvaluatedDecorator | null => {
    const value = evaluator.evaluate(expression, scope);
    return isUnknown(value) ? null : { applied, call, value, args: null };
  };
  return evaluator.budget.attemptContained(evaluated, stopped);
}

function applyDecorator(
  evaluator: Evaluator,
  { applied, call, value }: EvaluatedDecorator,
  member: Place,
  target: readonly Value[],
  scope: Scope,
): void {
  if (isOwn(value)) return evaluator.registrar.register(notCalled, [value.name], applied, target);
  const before = evaluator.registrar.registered;
  const apply = (): void => evaluator.registrar.decorating({ member, applied }, () => callDecorator(evaluator, value, target, call, scope));
  evaluator.budget.attempt(apply, (thrown) => {
    // What it has registered before it threw must not be registered twice.
    if (thrown && evaluator.registrar.registered === before) {
      evaluator.budget.attempt(
        () => evaluator.budget.containing(apply),
        () => undefined,
      );
    }
  });
}

/** Calls what a decorator's expression came to; what it registers, or only notes, is told to whoever listens. */
export function callDecorator(evaluator: Evaluator, value: Value, target: readonly Value[], call: Place, scope: Scope): void {
  const before = evaluator.registrar.registered;
  evaluator.call(value, target, { place: call, self: undefined });
  if (evaluator.registrar.registered > before || target.length < 2 || !notesProperty(evaluator, value, call)) return;
  evaluator.registrar.register(notedProperty, argumentsOf(evaluator, call.node as ts.Expression, scope), call, target);
}

interface OwnDecorator extends NativeValue {
  readonly decorator: string;
}

/** Whether a value is one of TypeORM's decorators that tell something about the graph. */
function isOwn(value: Value): value is OwnDecorator {
  return hasKind(value, 'native') && value.decorator !== undefined;
}
