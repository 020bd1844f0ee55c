/** Classes as values: their decorators, static members, instances and methods. */
import type ts from 'typescript';
import { decoratorsOf, runDecorators, type DecoratorScope } from './decorators';
import type { Evaluator } from './evaluator';
import { addedByExports } from './ownExports';
import { runBody } from './statements';
import {
  hasKind,
  isSymbol,
  isTagged,
  native,
  option,
  unknown,
  type ClassSyntax,
  type ClassValue,
  type InstanceValue,
  type NamespaceValue,
  type NativeValue,
  type PrototypeValue,
  type Scope,
  type Value,
} from './values';

/**
 * A class made while evaluating: a mixin's class declaration or a class expression. TypeScript emits no decorators for the
 * members of class expressions, so only declarations register anything.
 */
export function createClass(evaluator: Evaluator, node: ts.ClassLikeDeclaration, scope: Scope, impliedName: string): ClassValue {
  const names = new Map<string, Value>();
  const inner: Scope = { names, outer: scope, module: scope.module, self: undefined };
  const syntax: ClassSyntax = { node, scope: inner };
  // The base is evaluated now: the mixin's parameter may be bound to something else later.
  const base = evaluateBase(evaluator, node, scope);
  names.set('super class', base);
  const value: ClassValue = {
    kind: 'class',
    id: null,
    name: node.name?.text ?? impliedName,
    file: scope.module.file,
    syntax: () => syntax,
    registrations: [],
    heldBy: null,
    statics: new Map(),
  };
  if (node.name) names.set(node.name.text, value);
  if (hasStaticBlock(evaluator, node)) initializeStatics(evaluator, value, syntax);
  if (evaluator.ts.isClassDeclaration(node)) applyDecorators(evaluator, value, syntax);
  return value;
}

/** The value after `extends`; undefined where there is none. */
export function baseOf(evaluator: Evaluator, value: ClassValue): Value {
  const syntax = value.syntax();
  if (!syntax) return undefined;
  if (syntax.scope.names?.has('super class')) return syntax.scope.names.get('super class');
  return evaluator.budget.attempt(
    () => evaluateBase(evaluator, syntax.node, syntax.scope),
    () => unknown,
  );
}

/** The expression after `extends`, if any. */
export function baseExpression(evaluator: Evaluator, node: ts.ClassLikeDeclaration): ts.Expression | null {
  const clause = node.heritageClauses?.find(({ token }) => token === evaluator.ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0]?.expression ?? null;
}

function evaluateBase(evaluator: Evaluator, node: ts.ClassLikeDeclaration, scope: Scope): Value {
  const expression = baseExpression(evaluator, node);
  return expression ? evaluator.evaluate(expression, scope) : undefined;
}

/** The class with its bases, nearest first. Ends at what is not a class, and at a base that was met before. */
export function classChain(evaluator: Evaluator, value: ClassValue): ClassValue[] {
  const chain: ClassValue[] = [];
  for (let current: Value = value; hasKind(current, 'class') && !chain.includes(current); current = baseOf(evaluator, current)) chain.push(current);
  return chain;
}

/**
 * Runs a class's decorators in the order in which JavaScript does: instance members in source order, then static ones, then
 * the class itself; of several decorators on one thing, the last is run first.
 */
export function applyDecorators(evaluator: Evaluator, target: ClassValue, { node, scope }: ClassSyntax): void {
  const prototype = prototypeOf(target);
  const names: DecoratorScope = { scope, factories: new Map() };
  for (const member of node.members) {
    const decorators = decoratorsOf(evaluator, member);
    if (decorators.length === 0) continue;
    const name = member.name && evaluator.propertyName(member.name as ts.PropertyName, scope);
    // A member without a name is one that is being typed; of one that is named by a symbol, TypeORM makes no column.
    if (!name || isSymbol(name)) continue;
    const owner = isStatic(evaluator, member) ? target : prototype;
    runDecorators(evaluator, decorators, member, [owner, name], names);
  }
  const decorators = decoratorsOf(evaluator, node);
  if (decorators.length > 0) runDecorators(evaluator, decorators, node, [target], names);
}

export function isStatic({ ts }: Evaluator, member: ts.ClassElement): boolean {
  return ts.canHaveModifiers(member) && (member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false);
}

/** `Post.tableName`, `Post.name`, `Post.prototype`. */
export function memberOfClass(evaluator: Evaluator, value: ClassValue, name: string): Value {
  if (name === 'prototype') return prototypeOf(value);
  for (const owner of classChain(evaluator, value)) {
    const changed = evaluator.statics.changed(owner, name) ?? evaluator.kept.member('statics', owner, name);
    if (changed !== undefined) return changed;
    const syntax = owner.syntax();
    const initialized = syntax && initializedStatic(evaluator, owner, syntax, name);
    if (initialized !== undefined && initialized !== null) return initialized;
    const member = syntax?.node.members.find((candidate) => isStatic(evaluator, candidate) && memberName(evaluator, candidate) === name);
    if (syntax && member) return staticValue(evaluator, member, owner, syntax.scope, value);
    const added = syntax && addedByExports(evaluator, syntax.scope.module, owner, name);
    if (added !== undefined && added !== null) return added;
  }
  if (name === 'name') return value.name;
  const kept = evaluator.kept.inherited('statics', value, name);
  return kept === undefined ? unknown : kept;
}

/** A static member as the class's static blocks leave it; undefined where they give none. */
function initializedStatic(evaluator: Evaluator, owner: ClassValue, syntax: ClassSyntax, name: string): Value {
  if (owner.id === null || !hasStaticBlock(evaluator, syntax.node)) return undefined;
  return option(evaluator.constant(owner.file, staticsConstant(owner)), name);
}

const statics = 'statics of ';

/** By this name a module's constants hold the static members of a class with static blocks. */
function staticsConstant({ id, file }: ClassValue): string {
  return statics + (id ?? '').slice(file.length + 1);
}

/** The class whose static members such a constant holds; null where it is another constant. */
export function classOfStatics(constant: string): string | null {
  return constant.startsWith(statics) ? constant.slice(statics.length) : null;
}

/** Whether a class has `static { … }`. */
export function hasStaticBlock(evaluator: Evaluator, { members }: ts.ClassLikeDeclaration): boolean {
  return members.some((member) => isStaticBlock(evaluator, member));
}

function isStaticBlock({ ts }: Evaluator, member: ts.ClassElement): member is ts.ClassStaticBlockDeclaration {
  return member.kind === ts.SyntaxKind.ClassStaticBlockDeclaration;
}

/** Runs static blocks, and the initializers of static members, in the order in which they are written. */
export function initializeStatics(evaluator: Evaluator, owner: ClassValue, { node, scope }: ClassSyntax): void {
  const { ts } = evaluator;
  for (const member of node.members) {
    const inner: Scope = { names: new Map(), outer: scope, module: scope.module, self: owner };
    if (isStaticBlock(evaluator, member)) runBody(evaluator, member.body, inner);
    const name = ts.isPropertyDeclaration(member) && member.initializer && isStatic(evaluator, member) ? memberName(evaluator, member) : null;
    if (name !== null) evaluator.statics.set(owner, name, staticValue(evaluator, member, owner, scope));
  }
}

const prototypes = new WeakMap<ClassValue, PrototypeValue>();

/** `Post.prototype`; of one class always the same. */
function prototypeOf(value: ClassValue): PrototypeValue {
  let prototype = prototypes.get(value);
  if (!prototype) prototypes.set(value, (prototype = { kind: 'prototype', class: value }));
  return prototype;
}

/** `constructor` of what a decorator of a member is applied to, or what decorators have kept there. */
export function memberOfPrototype(evaluator: Evaluator, { class: owner }: PrototypeValue, name: string): Value {
  if (name === 'constructor') return owner;
  const kept = evaluator.kept.member('members', owner, name) ?? evaluator.kept.inherited('members', owner, name);
  return kept === undefined ? unknown : kept;
}

/** @param receiver the class that is asked for the member, which the owner may be a base of */
function staticValue(evaluator: Evaluator, member: ts.ClassElement, owner: ClassValue, scope: Scope, receiver = owner): Value {
  const { ts } = evaluator;
  const base: NamespaceValue = { kind: 'namespace', get: (name) => memberOfBase(evaluator, owner, name), names: () => [] };
  const inner: Scope = { names: new Map([['super', base as Value]]), outer: scope, module: scope.module, self: owner };
  if (ts.isPropertyDeclaration(member)) return member.initializer ? evaluator.evaluate(member.initializer, inner) : undefined;
  if (ts.isMethodDeclaration(member)) return { kind: 'function', node: member, scope: inner };
  return ts.isGetAccessor(member) && member.body ? runBody(evaluator, member.body, { ...inner, self: receiver }) : unknown;
}

/** `super.name` of a static member. */
function memberOfBase(evaluator: Evaluator, owner: ClassValue, name: string): Value {
  return evaluator.member(baseOf(evaluator, owner), name);
}

function memberName({ ts }: Evaluator, member: ts.ClassElement): string | null {
  const { name } = member;
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name)) ? name.text : null;
}

/** `new X(…)`: field initializers and constructors run, bases first; a `throw` in them passes on. */
export function instantiate(evaluator: Evaluator, value: ClassValue, instance: InstanceValue): InstanceValue {
  construct(evaluator, classChain(evaluator, value), instance.args, instance);
  return instance;
}

/** What a class hands to a native one that it extends, when it is made with such arguments; null where it extends none. */
export function nativeBaseOf(evaluator: Evaluator, value: ClassValue): NativeValue | null {
  const last = classChain(evaluator, value).at(-1);
  const base = last && baseOf(evaluator, last);
  return hasKind(base, 'native') ? base : null;
}

/** By this name a constructor finds what `super(…)` does. */
export const superCall = 'super()';

function construct(evaluator: Evaluator, [owner, ...bases]: readonly ClassValue[], args: readonly Value[], instance: InstanceValue): void {
  if (!owner) instance.baseArgs = args;
  const syntax = owner?.syntax();
  if (!syntax) return;
  const { ts } = evaluator;
  const found = syntax.node.members.find((member) => ts.isConstructorDeclaration(member) && member.body);
  const constructor = found as ts.ConstructorDeclaration | undefined;
  const isDerived = baseExpression(evaluator, syntax.node) !== null;
  const prepare = (given: readonly Value[]): void => {
    if (isDerived) construct(evaluator, bases, given, instance);
    if (constructor) takeParameterProperties(evaluator, constructor, args, instance, syntax.scope);
    initializeFields(evaluator, syntax, instance);
  };
  if (!constructor || !isDerived) prepare(args);
  if (!constructor) return;
  const names = new Map<string, Value>([[superCall, native('super', (given) => void prepare(given))]]);
  const scope: Scope = { names, outer: syntax.scope, module: syntax.scope.module, self: instance };
  evaluator.call({ kind: 'function', node: constructor, scope }, args, { place: instance.place, self: instance });
}

function initializeFields(evaluator: Evaluator, syntax: ClassSyntax, instance: InstanceValue): void {
  const { ts } = evaluator;
  const scope: Scope = { names: new Map(), outer: syntax.scope, module: syntax.scope.module, self: instance };
  for (const member of syntax.node.members) {
    if (!ts.isPropertyDeclaration(member) || isStatic(evaluator, member) || !member.initializer) continue;
    const name = evaluator.propertyName(member.name, scope);
    if (name !== null) instance.properties.set(name, evaluator.evaluate(member.initializer, scope));
  }
}

/** `constructor(private readonly prefix: string)`; a default may name the parameters before it. */
function takeParameterProperties(
  evaluator: Evaluator,
  node: ts.ConstructorDeclaration,
  args: readonly Value[],
  instance: InstanceValue,
  outer: Scope,
): void {
  if (!node.parameters.some(isParameterProperty)) return;
  const { ts } = evaluator;
  const names = new Map<string, Value>();
  const scope: Scope = { names, outer, module: outer.module, self: instance };
  node.parameters.forEach((parameter, index) => {
    const { name, initializer } = parameter;
    if (!ts.isIdentifier(name)) return;
    const given = args[index];
    const value = given === undefined && initializer ? evaluator.evaluate(initializer, scope) : given;
    names.set(name.text, value);
    if (isParameterProperty(parameter)) instance.properties.set(name.text, value);
  });
}

function isParameterProperty({ modifiers }: ts.ParameterDeclaration): boolean {
  return modifiers !== undefined && modifiers.length > 0;
}

/** A property or method of an instance of a user's class. */
export function memberOfInstance(evaluator: Evaluator, instance: InstanceValue, name: string): Value {
  if (instance.properties.has(name)) return instance.properties.get(name);
  if (name === 'constructor') return instance.class;
  // `new EntitySchema(options).options`, by which schemas are built from each other.
  if (name === 'options' && hasKind(instance.class, 'native')) return instance.args[0];
  return methodOf(evaluator, instance.class, name, instance);
}

/** The getters of an instance's class and its bases, by name, with what they give; the nearest class's win. */
export function gettersOf(evaluator: Evaluator, instance: InstanceValue): [string, Value][] {
  if (!hasKind(instance.class, 'class')) return [];
  const members = classChain(evaluator, instance.class).flatMap((owner) => owner.syntax()?.node.members ?? []);
  const getters = members.filter((member) => evaluator.ts.isGetAccessor(member) && !isStatic(evaluator, member));
  const names = new Set(getters.flatMap((member) => memberName(evaluator, member) ?? []));
  return [...names].map((name) => [name, memberOfInstance(evaluator, instance, name)]);
}

/** A method looked up along the class chain; `super` inside of it leads on to the next class. */
export function methodOf(evaluator: Evaluator, from: Value, name: string, self: Value): Value {
  if (hasKind(from, 'native')) return from.properties?.get(name) ?? unknown;
  if (!hasKind(from, 'class')) return unknown;
  const chain = classChain(evaluator, from);
  for (const owner of chain) {
    const syntax = owner.syntax();
    const member = syntax?.node.members.find((candidate) => !isStatic(evaluator, candidate) && memberName(evaluator, candidate) === name);
    if (!syntax || !member) continue;
    const base = baseOf(evaluator, owner);
    const parent: NamespaceValue = { kind: 'namespace', get: (method) => methodOf(evaluator, base, method, self), names: () => [] };
    const scope: Scope = { names: new Map([['super', parent as Value]]), outer: syntax.scope, module: syntax.scope.module, self };
    if (evaluator.ts.isMethodDeclaration(member)) return { kind: 'function', node: member, scope };
    if (evaluator.ts.isPropertyDeclaration(member)) return member.initializer ? evaluator.evaluate(member.initializer, scope) : undefined;
    return evaluator.ts.isGetAccessor(member) && member.body ? runBody(evaluator, member.body, scope) : unknown;
  }
  const last = chain[chain.length - 1];
  const base = last ? baseOf(evaluator, last) : undefined;
  return isTagged(base) && base.kind === 'native' ? (base.properties?.get(name) ?? unknown) : unknown;
}
