/**
 * A pure evaluator for the part of JavaScript that entity sources use to describe themselves: constants, enums, object
 * literals and spreads, functions that return options, decorators made of decorators, mixins. It has no effects, and it
 * gives up quietly: what it cannot know is `unknown`.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { bindParameters } from './binding';
import { Budget } from './budget';
import { memberOfClass, memberOfPrototype } from './classes';
import { iterated } from './collections';
import { AssumedEnvironment, environment, unsetVariable } from './environment';
import { evaluateExpression, yielded } from './expressions';
import { Identities } from './identities';
import { KeptByDecorators } from './keptByDecorators';
import { LaterReads } from './laterReads';
import { memberOf } from './members';
import type { RunningModule } from './moduleEffects';
import { evaluateNamed, moduleValue } from './moduleNames';
import { Registrar } from './registrar';
import { runBody } from './statements';
import { StaticMembers } from './staticMembers';
import {
  arrayOf,
  hasKind,
  isTagged,
  isUnset,
  toText,
  unknown,
  type CallSite,
  type FunctionValue,
  type Scope,
  type UnknownValue,
  type Value,
} from './values';

/** Where an exported name leads: through barrels and renamings to the declaration, or out of the workspace. */
export type ExportTarget =
  | { readonly kind: 'class'; readonly file: string; readonly local: string; readonly name: string }
  | { readonly kind: 'value'; readonly file: string; readonly local: string }
  | { readonly kind: 'expression'; readonly file: string; readonly exported: string }
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'external'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'missing' };

/** The other files, as the evaluator asks for them. */
export interface Modules {
  syntax(file: string): ModuleSyntax | undefined;
  /** The file an import specifier means; null where it lies outside of the workspace. */
  resolve(from: string, specifier: string): string | null;
  /** What is imported by a specifier that lies outside of the workspace. */
  outside(from: string, specifier: string): UnknownValue;
  /** Whether the compiler of a file keeps null and undefined apart from other types (`strictNullChecks`). */
  hasStrictNulls(file: string): boolean;
  /** True where a module that applies TypeORM's column decorators by hand imports this one. */
  isReadByRegistrar(file: string): boolean;
  exportTarget(file: string, name: string): ExportTarget;
  /** The value of a top-level declaration other than a class or function, evaluated once. */
  constant(file: string, name: string): Value;
}

export class Evaluator {
  /** What known packages export, as far as it was asked for: specifier → name → value. */
  readonly packages = new Map<string, Map<string, Value>>();
  readonly budget = new Budget();
  readonly identities: Identities;
  readonly registrar = new Registrar(this);
  readonly statics = new StaticMembers(this);
  readonly kept = new KeptByDecorators(this);
  readonly later = new LaterReads();
  /** The module whose top-level statements are being run: its names hold what they hold by now. */
  active: RunningModule | null = null;
  /** Of an evaluation that is repeated to see what a variable of the environment changes. */
  private assumed: AssumedEnvironment | null = null;

  constructor(
    readonly ts: Compiler,
    readonly modules: Modules,
  ) {
    this.identities = new Identities(ts, (file) => modules.syntax(file));
  }

  /** What a variable of the environment holds. */
  variable(name: string): Value {
    return this.assumed?.read(name) ?? unsetVariable(name);
  }

  /** Evaluates with variables of the environment set. @returns the value, and the variables that were asked for with the texts that decide on something */
  assuming(
    values: ReadonlyMap<string, string>,
    run: () => Value,
  ): { readonly value: Value; readonly asked: ReadonlyMap<string, ReadonlySet<string>> } {
    const assumed = new AssumedEnvironment(values);
    const outer = this.assumed;
    this.assumed = assumed;
    try {
      return { value: run(), asked: assumed.asked };
    } finally {
      this.assumed = outer;
    }
  }

  /** Tells an assumed environment what is compared. */
  noteComparison(left: Value, right: Value): void {
    this.assumed?.compared(left, right);
  }

  /** The value of a top-level declaration or export of a module; within an assumed environment, what it would be there. */
  constant(file: string, name: string): Value {
    if (!this.assumed) return this.modules.constant(file, name);
    const { constants } = this.assumed;
    const key = `${file}#${name}`;
    if (!constants.has(key)) {
      constants.set(key, unknown);
      const module = this.modules.syntax(file);
      if (module) constants.set(key, evaluateNamed(this, module, name));
    }
    return constants.get(key);
  }

  /** `value[key]` */
  item(value: Value, key: Value): Value {
    this.assumed?.lookedUp(key, value);
    const name = isUnset(key) ? 'undefined' : toText(key);
    return name === null ? unknown : this.member(value, name);
  }

  evaluate(node: ts.Expression, scope: Scope): Value {
    this.budget.step();
    return evaluateExpression(this, node, scope);
  }

  member(value: Value, name: string): Value {
    if (!isTagged(value)) return memberOf(this, value, name);
    switch (value.kind) {
      case 'array':
      case 'collection':
        this.later.everything(value);
        return memberOf(this, value, name);
      case 'object': {
        const property = value.properties.get(name);
        this.later.property(value, name, property);
        return property ?? memberOf(this, value, name);
      }
      case 'path':
        return { kind: 'path', path: value.path === '' ? name : `${value.path}.${name}` };
      case 'namespace':
        return value === environment ? this.variable(name) : value.get(name);
      case 'class':
        return memberOfClass(this, value, name);
      case 'prototype':
        return memberOfPrototype(this, value, name);
      default:
        return memberOf(this, value, name);
    }
  }

  /** Calls a value with arguments; anything but a function gives `unknown`. */
  call(callee: Value, args: readonly Value[], site: CallSite): Value {
    if (hasKind(callee, 'native')) return callee.call(args, site, this);
    if (!hasKind(callee, 'function')) return unknown;
    return this.budget.call(() => this.callFunction(callee, args, site), unknown);
  }

  private callFunction(callee: FunctionValue, args: readonly Value[], site: CallSite): Value {
    const { node } = callee;
    const scope = node.body && this.scopeWithin(callee, args, site);
    // Of a generator, what it yields is there at once.
    if (scope && node.asteriskToken) scope.names?.set(yielded, arrayOf([]));
    const result = node.body && scope ? runBody(this, node.body, scope) : undefined;
    return scope && node.asteriskToken ? scope.names?.get(yielded) : result;
  }

  private scopeWithin({ node, scope }: FunctionValue, args: readonly Value[], site: CallSite): Scope {
    const isArrow = node.kind === this.ts.SyntaxKind.ArrowFunction;
    // `() => Author` and its like have no names of their own.
    if (isArrow && node.parameters.length === 0 && node.body && !this.ts.isBlock(node.body)) return scope;
    const names = new Map<string, Value>();
    const inner: Scope = { names, outer: scope, module: scope.module, self: isArrow ? scope.self : site.self };
    bindParameters(this, node, args, inner);
    if (!isArrow) names.set('arguments', arrayOf([...args]));
    return inner;
  }

  /** The value of a name: the innermost scope that has it, then the module's declarations and imports, then globals. */
  lookup(name: string, scope: Scope): Value {
    for (let inner: Scope | null = scope; inner; inner = inner.outer) {
      if (inner.names?.has(name)) return inner.names.get(name);
    }
    return moduleValue(this, scope.module, name);
  }

  /** Assigns to a variable; those of a module change only while its top-level statements are run. */
  assign(name: string, value: Value, scope: Scope): void {
    for (let inner: Scope | null = scope; inner; inner = inner.outer) {
      if (inner.names?.has(name)) {
        inner.names.set(name, value);
        return;
      }
    }
    if (this.active?.module === scope.module) this.active.names.set(name, value);
  }

  /** Has a module's names hold what its statements assign, while `run` runs them. */
  running(module: RunningModule, run: () => void): void {
    const outer = this.active;
    this.active = module;
    try {
      run();
    } finally {
      this.active = outer;
    }
  }

  /** The text of a property name: an identifier, a literal or a computed name that can be told. */
  propertyName(name: ts.PropertyName, scope: Scope): string | null {
    const { ts } = this;
    if (ts.isComputedPropertyName(name)) return toText(this.evaluate(name.expression, scope));
    return name.text;
  }

  evaluateList(nodes: readonly ts.Expression[], scope: Scope): Value[] {
    const { ts } = this;
    const values: Value[] = [];
    for (const node of nodes) {
      if (!ts.isSpreadElement(node)) values.push(this.evaluate(node, scope));
      else {
        const spread = this.evaluate(node.expression, scope);
        values.push(...(iterated(spread) ?? []));
      }
    }
    return values;
  }
}
