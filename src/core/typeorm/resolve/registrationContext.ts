/** What reading one class's decorators has at hand, and the type that TypeScript would have told TypeORM. */
import type { GraphProblemCode } from '../../model/graphProblemCodes';
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, type Registration, type Value } from '../evaluate/values';
import type { Place } from '../parse/positions';
import { designType, isToldAsObject, mayBeNullish } from './columnTypes';
import type { TargetArgs, TargetRef } from './declarations';

export interface RegistrationContext {
  /** Types of properties that a compiler wrote down, by property. */
  readonly compiledTypes: ReadonlyMap<string | null, Value>;
  /** Properties of which a compiler wrote down that they are an Object. */
  readonly compiledObjects: ReadonlySet<string | null>;
  readonly evaluator: Evaluator;
  readonly target: TargetArgs;
  /** The class whose property carries the decorator: what tree relations point to. */
  readonly self: TargetRef;
  problem(code: GraphProblemCode, message: string, place: Place): void;
}

/** The name of the constructor that TypeScript gives TypeORM for a property (`design:type`), whether or not the property may be null. */
export function reflectedType({ evaluator, compiledTypes }: RegistrationContext, { member, property }: Registration): string {
  const { ts } = evaluator;
  const { node } = member;
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return designType(ts, node.type);
  if (ts.isSetAccessorDeclaration(node)) return designType(ts, node.parameters[0]?.type);
  const compiled = compiledTypes.get(property);
  return hasKind(compiled, 'native') || hasKind(compiled, 'class') ? compiled.name : 'Object';
}

/** Whether TypeORM sees a Promise: with `strictNullChecks`, the compiler tells nothing of a type that may be null. */
export function isReflectedPromise(context: RegistrationContext, registration: Registration): boolean {
  if (reflectedType(context, registration).toLowerCase() !== 'promise') return false;
  const { evaluator } = context;
  const { member } = registration;
  const type = evaluator.ts.isPropertyDeclaration(member.node) || evaluator.ts.isGetAccessorDeclaration(member.node) ? member.node.type : undefined;
  return !type || !mayBeNullish(evaluator.ts, type) || !evaluator.modules.hasStrictNulls(member.sourceFile.fileName);
}

/** Whether TypeORM sees an Object: that is known of TypeScript's own sources, and of compiled ones that say so. */
export function isReflectedObject({ evaluator, compiledObjects }: RegistrationContext, { member, property }: Registration): boolean {
  const { fileName } = member.sourceFile;
  if (compiledObjects.has(property)) return true;
  if (!evaluator.ts.isPropertyDeclaration(member.node) || !/\.[cm]?tsx?$/.test(fileName)) return false;
  return isToldAsObject(evaluator.ts, member.node.type, () => evaluator.modules.hasStrictNulls(fileName));
}
