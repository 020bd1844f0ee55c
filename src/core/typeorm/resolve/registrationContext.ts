/** What reading one class's decorators has at hand, and the type that TypeScript would have told TypeORM. */
import type { Evaluator } from '../evaluate/evaluator';
import type { Registration } from '../evaluate/values';
import type { Place } from '../parse/positions';
import { designType } from './columnTypes';
import type { TargetArgs, TargetRef } from './declarations';

export interface RegistrationContext {
  readonly evaluator: Evaluator;
  readonly target: TargetArgs;
  /** The class whose property carries the decorator: what tree relations point to. */
  readonly self: TargetRef;
  problem(code: string, message: string, place: Place): void;
}

export function reflectedType({ evaluator }: RegistrationContext, { member }: Registration): string {
  const { ts } = evaluator;
  const { node } = member;
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return designType(ts, node.type);
  if (ts.isSetAccessorDeclaration(node)) return designType(ts, node.parameters[0]?.type);
  return 'Object';
}
