/** Classes → shapes: what their decorators register, what they extend, and what TypeORM would stumble over. */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import { baseExpression, baseOf, isStatic } from '../evaluate/classes';
import { designTypeRegistration } from '../evaluate/compiledHelpers';
import type { Evaluator } from '../evaluate/evaluator';
import { notedProperty } from '../evaluate/notedProperties';
import { hasKind, isUnknown, type ClassSyntax, type ClassValue, type Registration } from '../evaluate/values';
import { assignedArrays } from '../parse/assignedArrays';
import { nameRange, rangeOf, type Place } from '../parse/positions';
import { createTargetArgs, type BaseRef, type ClassShape, type TargetRef } from './declarations';
import { readRegistration } from './readRegistrations';
import { inlineKey } from './readTargets';
import type { RegistrationContext } from './registrationContext';
import { unknownDecorators, unreadColumnDecorators, unreadEntityDecorators } from './unknownDecorators';
import { constructorThrows } from './throwingConstructor';

/** Reads a class; `registered` is what its decorators registered. Null for a class whose syntax cannot be found. */
export function readClass(evaluator: Evaluator, value: ClassValue, registered: readonly Registration[]): ClassShape | null {
  const syntax = value.syntax();
  if (!syntax) return null;
  const { node, scope } = syntax;
  const place: Place = { sourceFile: scope.module.sourceFile, node };
  const key = value.id ?? value.heldBy ?? inlineKey(value.file, value.name);
  const target = createTargetArgs(key, value.name);
  const problems: GraphProblem[] = [];
  const self: TargetRef = { kind: 'class', key, name: value.name };
  const types = registered.filter(({ decorator }) => decorator === designTypeRegistration);
  const context: RegistrationContext = {
    evaluator,
    compiledTypes: new Map(types.map(({ property, args }) => [property, args[0]])),
    compiledObjects: new Set(types.flatMap(({ property, call }) => (isToldAsObject(evaluator, call.node) ? property : []))),
    target,
    self,
    problem: (code, message, where) => problems.push({ code, message, source: rangeOf(where) }),
  };
  for (const registration of registered) readRegistration(context, registration);
  if (registered.length > 0) {
    const told = registered.filter(({ decorator }) => decorator !== designTypeRegistration && decorator !== notedProperty);
    problems.push(
      ...unknownDecorators(evaluator, syntax),
      ...unreadColumnDecorators(evaluator, syntax, new Set(told.map(({ property }) => property))),
    );
  }
  if (registered.length > 0 && target.tables.length === 0) problems.push(...unreadEntityDecorators(evaluator, syntax));
  if (target.tables.length > 1) reportRepeatedEntity(context, value.name, registered);
  return {
    key,
    name: value.name,
    args: target,
    base: readBase(evaluator, value, syntax),
    abstract: isAbstract(evaluator, node),
    source: node.name ? nameRange(place) : rangeOf(place),
    range: rangeOf(place),
    arrayInitializers: arrayInitializers(evaluator, node),
    initialized: initializedFields(evaluator, node),
    constructorThrows: target.tables.length > 0 ? constructorThrows(evaluator, value, place) : null,
    problems,
  };
}

/** TypeORM makes an entity of each entity decorator, all of one class. */
function reportRepeatedEntity({ problem }: RegistrationContext, name: string, registered: readonly Registration[]): void {
  const [shown, other] = registered.filter(({ decorator, property }) => property === null && entityDecorators.has(decorator));
  if (!shown || !other) return;
  const message = `\`${name}\` has more than one entity decorator, and TypeORM makes an entity of each: only that of \`@${shown.decorator}\` is shown. Remove all but one.`;
  problem('repeated-entity', message, other.applied);
}

const entityDecorators = new Set(['Entity', 'ChildEntity', 'ViewEntity']);

/** `__metadata("design:type", Object)`, which the compiler writes where it has no better name for a type. */
function isToldAsObject({ ts }: Evaluator, node: ts.Node): boolean {
  const type = ts.isCallExpression(node) ? node.arguments[1] : undefined;
  return type !== undefined && ts.isIdentifier(type) && type.text === 'Object';
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

/** Properties that hold an array as soon as the class is made, which TypeORM refuses in relations to many. */
function arrayInitializers(evaluator: Evaluator, node: ts.ClassLikeDeclaration): string[] {
  const { ts } = evaluator;
  const initialized = node.members.flatMap((member) =>
    ts.isPropertyDeclaration(member) && member.initializer && ts.isArrayLiteralExpression(member.initializer) && !isStatic(evaluator, member)
      ? ts.isIdentifier(member.name)
        ? member.name.text
        : []
      : [],
  );
  return [...initialized, ...assignedArrays(ts, node).keys()];
}

function initializedFields({ ts }: Evaluator, node: ts.ClassLikeDeclaration): string[] | null {
  if (node.members.some((member) => ts.isConstructorDeclaration(member))) return null;
  return node.members.flatMap((member) =>
    ts.isPropertyDeclaration(member) && member.initializer && ts.isIdentifier(member.name) ? member.name.text : [],
  );
}
