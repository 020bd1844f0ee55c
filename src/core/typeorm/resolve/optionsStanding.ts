/** Where in a file the options of a DataSource stand: what holds them, and whether the app comes there. */
import type ts from 'typescript';
import type { Evaluator } from '../evaluate/evaluator';
import { unknown, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import type { DataSourceOptions } from './dataSources';
import { isReached, type Condition } from './environmentConditions';
import type { Enclosing, LocalScopes } from './localScopes';

/** A file that is being read. */
export interface Reading {
  readonly evaluator: Evaluator;
  readonly module: ModuleSyntax;
  readonly scopes: LocalScopes;
  /** True where a statement of the file may give naming options to an object. */
  readonly assignsNaming: boolean;
}

/** Where an object literal stands. */
export interface Standing {
  /** The variable that holds it; null where none does. */
  readonly holder: string | null;
  /** True where the variable holds the object itself, not what is made of it. */
  readonly isWhole: boolean;
  /** True where another object spreads it, which tells of both. */
  readonly isPart: boolean;
  readonly around: readonly Enclosing[];
  readonly conditions: readonly Condition[];
  readonly switched: ts.SwitchStatement | null;
}

/** What was found, with what is told where it differs from other options. */
export interface FoundOptions {
  readonly options: DataSourceOptions;
  readonly node: ts.Node;
  readonly standing: Standing;
  /** Naming options by name, as they are told. */
  readonly told: ReadonlyMap<string, string>;
}

/** Whether nothing keeps the app from coming there while no variable of the environment is set. */
export function isReachedUnset(evaluator: Evaluator, { conditions }: Standing, scopes: LocalScopes): boolean {
  return conditions.every((condition) => attempt(evaluator, () => isReached(evaluator, condition, scopes)) !== false);
}

/** A value, or `unknown` where evaluating it throws or takes too long. */
export function attempt(evaluator: Evaluator, evaluate: () => Value): Value {
  return evaluator.budget.attempt(evaluate, () => unknown);
}
