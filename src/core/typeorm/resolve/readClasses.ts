/** Classes → shapes: what their decorators register, what they extend, and what TypeORM would stumble over. */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import { baseExpression, baseOf, classChain, instantiate, isStatic } from '../evaluate/classes';
import { designTypeRegistration } from '../evaluate/compiledHelpers';
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, isUnknown, toText, type ClassSyntax, type ClassValue, type InstanceValue, type Registration, type Value } from '../evaluate/values';
import { nameRange, rangeOf, type Place } from '../parse/positions';
import { createTargetArgs, type BaseRef, type ClassShape, type TargetRef } from './declarations';
import { readRegistration } from './readRegistrations';
import { inlineKey } from './readTargets';
import type { RegistrationContext } from './registrationContext';

/** Reads a class; `registered` is what its decorators registered. Null for a class whose syntax cannot be found. */
export function readClass(evaluator: Evaluator, value: ClassValue, registered: readonly Registration[]): ClassShape | null {
  const syntax = value.syntax();
  if (!syntax) return null;
  const { node, scope } = syntax;
  const place: Place = { sourceFile: scope.module.sourceFile, node };
  const key = value.id ?? inlineKey(value.file, value.name);
  const target = createTargetArgs(key, value.name);
  const problems: GraphProblem[] = [];
  const self: TargetRef = { kind: 'class', key, name: value.name };
  const types = registered.filter(({ decorator }) => decorator === designTypeRegistration);
  const context: RegistrationContext = {
    evaluator,
    compiledTypes: new Map(types.map(({ property, args }) => [property, args[0]])),
    target,
    self,
    problem: (code, message, where) => problems.push({ code, message, source: rangeOf(where) }),
  };
  for (const registration of registered) readRegistration(context, registration);
  return {
    key,
    name: value.name,
    args: target,
    base: readBase(evaluator, value, syntax),
    abstract: isAbstract(evaluator, node),
    source: node.name ? nameRange(place) : rangeOf(place),
    range: rangeOf(place),
    arrayInitializers: arrayInitializers(evaluator, node),
    constructorThrows: target.tables.length > 0 ? constructorThrows(evaluator, value, place) : null,
    problems,
  };
}

function isAbstract({ ts }: Evaluator, node: ts.ClassLikeDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
}

function readBase(evaluator: Evaluator, value: ClassValue, { node, scope }: ClassSyntax): BaseRef {
  const expression = baseExpression(evaluator, node);
  if (!expression) return { kind: 'none' };
  const base = baseOf(evaluator, value);
  const source = rangeOf({ sourceFile: scope.module.sourceFile, node: expression });
  if (hasKind(base, 'class')) {
    if (base.id !== null) return { kind: 'class', key: base.id };
    const shape = readClass(evaluator, base, base.registrations);
    return shape ? { kind: 'inline', shape } : { kind: 'none' };
  }
  return { kind: 'outside', why: isUnknown(base) && !base.isForeign ? base.reason || 'it could not be evaluated' : null, source };
}

function arrayInitializers(evaluator: Evaluator, node: ts.ClassLikeDeclaration): string[] {
  const { ts } = evaluator;
  return node.members.flatMap((member) =>
    ts.isPropertyDeclaration(member) && member.initializer && ts.isArrayLiteralExpression(member.initializer) && !isStatic(evaluator, member)
      ? ts.isIdentifier(member.name)
        ? member.name.text
        : []
      : [],
  );
}

/** Runs the constructors with no arguments, as TypeORM does when it validates and whenever it loads an entity. */
function constructorThrows(evaluator: Evaluator, value: ClassValue, place: Place): string | null {
  const { ts } = evaluator;
  const hasConstructor = classChain(evaluator, value).some((owner) =>
    owner.syntax()?.node.members.some((member) => ts.isConstructorDeclaration(member) && mayThrow(evaluator, member)),
  );
  if (!hasConstructor) return null;
  const instance: InstanceValue = { kind: 'instance', class: value, args: [], properties: new Map(), place };
  return evaluator.attempt<string | null>(
    () => {
      instantiate(evaluator, value, instance);
      return null;
    },
    (thrown) => (thrown ? messageOf(thrown.value) : null),
  );
}

function mayThrow({ ts }: Evaluator, constructor: ts.ConstructorDeclaration): boolean {
  const contains = (node: ts.Node): boolean => ts.isThrowStatement(node) || (ts.forEachChild(node, (child) => contains(child) || undefined) ?? false);
  return constructor.body !== undefined && contains(constructor.body);
}

function messageOf(value: Value): string {
  const first = hasKind(value, 'instance') ? value.args[0] : value;
  return toText(first) ?? 'an error';
}
