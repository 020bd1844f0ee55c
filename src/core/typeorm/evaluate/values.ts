/**
 * Values of the pure evaluator: what an expression in a user's source would be at run time, as far as that can be told
 * without running it. Whatever cannot be told is `unknown`, which is a value like any other and never an error.
 */
import type ts from 'typescript';
import type { Evaluator } from './evaluator';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import type { Place } from '../parse/positions';

export type Value =
  | undefined
  | null
  | string
  | number
  | boolean
  | bigint
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | NativeValue
  | ClassValue
  | InstanceValue
  | PrototypeValue
  | PathValue
  | NamespaceValue
  | PatternValue
  | ProxyValue
  | CollectionValue
  | UnknownValue;

export interface ObjectValue {
  readonly kind: 'object';
  readonly properties: Map<string, Value>;
  /** Where a property is written, for those that an object literal wrote. */
  readonly places: Map<string, Place>;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: Value[];
  /** Of what a template's tag is called with: the texts as they are written. */
  readonly raw?: ArrayValue;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: ts.FunctionLikeDeclaration;
  readonly scope: Scope;
}

/** A function of the platform or of a known package, written here. */
export interface NativeValue {
  readonly kind: 'native';
  readonly name: string;
  call(args: readonly Value[], call: CallSite, evaluator: Evaluator): Value;
  /** `new X()`, where it differs from an unknown instance. */
  construct?(args: readonly Value[], call: CallSite): Value;
  readonly properties?: ReadonlyMap<string, Value>;
  /** TypeORM's name of the decorator that this makes; only for those that tell something about the graph. */
  readonly decorator?: string;
}

/** Where a call is written; `place.node` is the call expression or the decorator's bare expression. */
export interface CallSite {
  readonly place: Place;
  readonly self: Value;
}

/**
 * A class. Top-level classes are known by id, and their syntax is looked up only when something asks for more than the
 * identity: an edit inside a class must not touch everyone who only points to it.
 */
export interface ClassValue {
  readonly kind: 'class';
  /** `<file>#<name>` of a top-level class; null for classes made inside functions. */
  readonly id: string | null;
  /** `Function.prototype.name`; empty for anonymous classes. A class made inside a function may be given another one. */
  name: string;
  readonly file: string;
  syntax(): ClassSyntax | null;
  /** What decorators have registered on it, in the order in which they ran; only for classes made inside functions. */
  readonly registrations: Registration[];
  /** Of a class made inside a function: where the workspace keeps it, `<file>#<name>` of a variable. */
  heldBy: string | null;
  /** Static members that were assigned from outside. */
  readonly statics: Map<string, Value>;
}

export interface ClassSyntax {
  readonly node: ts.ClassLikeDeclaration;
  readonly scope: Scope;
}

/** One application of a TypeORM decorator. */
export interface Registration {
  /** TypeORM's name of the decorator: `Column`, `ManyToOne`, … */
  readonly decorator: string;
  readonly args: readonly Value[];
  /** Null for decorators of the class itself. */
  readonly property: string | null;
  /** The call that made the decorator: TypeORM's own, or the one inside a custom decorator. */
  readonly call: Place;
  /** The decorated member (or class), and the decorator as applied to it. */
  readonly member: Place;
  readonly applied: Place;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly class: Value;
  readonly args: readonly Value[];
  /** What its class hands to the class of another package that it extends. */
  baseArgs?: readonly Value[];
  readonly properties: Map<string, Value>;
  /** Of a schema: the variable of the workspace that holds it first. */
  heldAt: Place | null;
  readonly place: Place;
}

/** `Post.prototype`: what a property decorator gets as its target. */
export interface PrototypeValue {
  readonly kind: 'prototype';
  readonly class: ClassValue;
}

/** The map of property paths that TypeORM hands to inverse-side and index functions; it answers with the path taken. */
export interface PathValue {
  readonly kind: 'path';
  readonly path: string;
}

/** `import * as x`, a module as an object, or a TypeScript namespace. */
export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly get: (name: string) => Value;
  readonly names: () => readonly string[];
}

/** A `Map` or a `Set`, whose entries are then pairs of equals. */
export interface CollectionValue {
  readonly kind: 'collection';
  readonly isSet: boolean;
  readonly entries: Map<Value, Value>;
}

/** A regular expression. */
interface PatternValue {
  readonly kind: 'pattern';
  readonly pattern: RegExp;
}

/** Made by `new Proxy(target, handler)` at `site`. */
export interface ProxyValue {
  readonly kind: 'proxy';
  readonly target: Value;
  readonly handler: ObjectValue;
  readonly site: CallSite;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  /** Why it is not known, for messages; empty where there is nothing to say. */
  readonly reason: string;
  /** The package it comes from, where that is the reason. */
  readonly package: string | null;
  /** True where it cannot matter to TypeORM: it comes from an installed package that has nothing to do with it. */
  readonly isForeign?: true;
  /** True for a variable of the environment: conditions see it as if it were not set. */
  readonly isUnset?: true;
  /** The name of that variable. */
  readonly variable?: string;
}

/** Names visible at a point of a source file. The outermost scope is the module itself. */
export interface Scope {
  readonly names: Map<string, Value> | null;
  readonly outer: Scope | null;
  readonly module: ModuleSyntax;
  readonly self: Value;
}

export const unknown: UnknownValue = { kind: 'unknown', reason: '', package: null };

export function unknownBecause(reason: string, fromPackage: string | null = null): UnknownValue {
  return { kind: 'unknown', reason, package: fromPackage };
}

export function objectOf(entries?: Iterable<readonly [string, Value]>): ObjectValue {
  return { kind: 'object', properties: entries ? new Map(entries) : new Map(), places: new Map() };
}

export function arrayOf(items: Value[]): ArrayValue {
  return { kind: 'array', items };
}

export function native(name: string, call: NativeValue['call'], properties?: ReadonlyMap<string, Value>): NativeValue {
  return properties ? { kind: 'native', name, call, properties } : { kind: 'native', name, call };
}

export function isTagged(value: Value): value is Exclude<Value, undefined | null | string | number | boolean | bigint> {
  return typeof value === 'object' && value !== null;
}

export function hasKind<K extends TaggedKind>(value: Value, kind: K): value is Extract<Value, { readonly kind: K }> {
  return isTagged(value) && value.kind === kind;
}

type TaggedKind = Extract<Value, { readonly kind: string }>['kind'];

export function isUnknown(value: Value): value is UnknownValue {
  return hasKind(value, 'unknown');
}

/** A variable of the environment. */
export function isUnset(value: Value): value is UnknownValue {
  return isUnknown(value) && value.isUnset === true;
}

/** `typeof value === 'function'`. */
export function isCallable(value: Value): value is FunctionValue | NativeValue | ClassValue {
  return isTagged(value) && (value.kind === 'function' || value.kind === 'native' || value.kind === 'class');
}

/** TypeORM's `ObjectUtils.isObject`: a non-null object, arrays included, functions not. */
export function isObjectLike(value: Value): boolean {
  return isTagged(value) && !isCallable(value) && value.kind !== 'unknown';
}

/** Classes and schemas that functions made belong to the variable that holds them, or to what that lists. */
export function keepMade(value: Value, holder: string, place: () => Place): void {
  for (const [at, made] of madeValues(value)) {
    if (made.kind === 'class') made.heldBy ??= holder + at;
    else made.heldAt ??= place();
  }
}

/** The classes that functions made, and the instances, among a value, with the way to them: `[0]`, `.Author`. */
export function madeValues(value: Value, at = '', depth = 0): [string, ClassValue | InstanceValue][] {
  if (!isTagged(value)) return [];
  if (value.kind === 'class') return value.id === null ? [[at, value]] : [];
  if (value.kind === 'instance') return [[at, value]];
  // As deep as TypeORM would have to look into what a module exports, in any application.
  if (depth > 3) return [];
  if (value.kind === 'array') return value.items.flatMap((item, index) => madeValues(item, `${at}[${index}]`, depth + 1));
  return value.kind === 'object' ? [...value.properties].flatMap(([key, item]) => madeValues(item, `${at}.${key}`, depth + 1)) : [];
}

/** A property of an options object; undefined where there is no such object or property. */
export function option(options: Value, name: string): Value {
  return hasKind(options, 'object') || isOwnInstance(options) ? options.properties.get(name) : undefined;
}

/** An instance of a class of the workspace. */
function isOwnInstance(value: Value): value is InstanceValue {
  return hasKind(value, 'instance') && hasKind(value.class, 'class');
}

export function stringOption(options: Value, name: string): string | null {
  const value = option(options, name);
  return typeof value === 'string' ? value : null;
}

/** Truthiness; what is not known counts as false, as an unset environment variable would. */
export function isTruthy(value: Value): boolean {
  return isTagged(value) ? value.kind !== 'unknown' : Boolean(value);
}

const symbolPrefix = '@@symbol ';

/** A symbol: a text that nothing else could be, so that it can be the key of whatever has keys. */
export function symbolNamed(name: string): string {
  return symbolPrefix + name;
}

export function isSymbol(key: string): boolean {
  return key.startsWith(symbolPrefix);
}

/** `String(value)`; null where that cannot be told. */
export function toText(value: Value): string | null {
  if (!isTagged(value)) return String(value);
  if (value.kind === 'path') return value.path;
  if (value.kind === 'array') {
    const parts = value.items.map((item) => (item === null || item === undefined ? '' : toText(item)));
    return parts.includes(null) ? null : parts.join(',');
  }
  return null;
}
