/**
 * Top-level statements that change what a module's names hold after they are declared: `list.push(…)`, `options.name = …`, loops that
 * build schemas. Nearly no file with entities has any; of those that have, they are run in order, and the names have what they come to.
 */
import type ts from 'typescript';
import type { Effect, ModuleSyntax } from '../parse/moduleSyntax';
import { changedNames } from './changedNames';
import type { Evaluator } from './evaluator';
import { evaluateWritten } from './moduleNames';
import { objectOf, type ObjectValue, type Value } from './values';
import { runStatement } from './statements';

/** A module whose statements are being run. */
export interface RunningModule {
  readonly module: ModuleSyntax;
  /** What its names hold by now, of those that were asked for. */
  readonly names: Map<string, Value>;
  /** Static members that were assigned, by class. */
  readonly statics: Map<string, ObjectValue>;
}

/** By this name a module's constants hold what its statements have made of the changed ones. */
export const effectsConstant = '=effects';

/** Runs a module's top-level statements. @returns the changed names with their values, and `static X` with those of class X */
export function runEffects(evaluator: Evaluator, module: ModuleSyntax): ObjectValue {
  const running: RunningModule = { module, names: new Map(), statics: new Map() };
  evaluator.running(running, () => {
    for (const effect of module.tree.effects) {
      evaluator.budget.attempt(
        () => runEffect(evaluator, effect, module),
        () => undefined,
      );
    }
  });
  const changed = changedNames(evaluator, module);
  // What no statement has touched (a branch that is not taken) is what it was declared as.
  const values = [...changed].map(
    (name) => [name, running.names.has(name) ? running.names.get(name) : evaluateWritten(evaluator, module, name)] as const,
  );
  return objectOf([...values, ...[...running.statics].map(([name, members]) => [`static ${name}`, members] as const)]);
}

function runEffect(evaluator: Evaluator, effect: Effect, module: ModuleSyntax): void {
  const scope = evaluator.identities.scopeOf(module);
  if (evaluator.ts.isCallExpression(effect) || evaluator.ts.isBinaryExpression(effect)) evaluator.evaluate(effect, scope);
  else runStatement(evaluator, effect as ts.Statement, { names: new Map(), outer: scope, module, self: undefined });
}
