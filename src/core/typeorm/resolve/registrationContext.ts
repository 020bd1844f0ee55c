/** What reading one class's decorators has at hand, and the type that TypeScript would have told TypeORM. */
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, type Registration, type Value } from '../evaluate/values';
import type { Place } from '../parse/positions';
import { designType } from './columnTypes';
import type { TargetArgs, TargetRef } from './declarations';

export interface RegistrationContext {
  /** Types of properties that a compiler wrote down, by property. */
  readonly compiledTypes: ReadonlyMap<string | null, Value>;
  readonly evaluator: Evaluator;
  readonly target: TargetArgs;
  /** The class whose property carries the decorator: what tree relations point to. */
  readonly self: TargetRef;
  problem(code: string, message: string, place: Place): void;
}

export function reflectedType({ evaluator, compiledTypes }: RegistrationContext, { member, property }: Registration): string {
  const { ts } = evaluator;
  const { node } = member;
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return designType(ts, node.type);
  if (ts.isSetAccessorDeclaration(node)) return designType(ts, node.parameters[0]?.type);
  const compiled = compiledTypes.get(property);
  return hasKind(compiled, 'native') || hasKind(compiled, 'class') ? compiled.name : 'Object';
}
