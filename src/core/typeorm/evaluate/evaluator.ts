/**
 * A pure evaluator for the part of JavaScript that entity sources use to describe themselves: constants, enums, object
 * literals and spreads, functions that return options, decorators made of decorators, mixins. It has no effects, and it
 * gives up quietly: what it cannot know is `unknown`.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { classNodeOf, type ModuleSyntax } from '../parse/moduleSyntax';
import type { Place } from '../parse/positions';
import { applyDecorators, hasStaticBlock, initializeStatics, memberOfClass, memberOfPrototype } from './classes';
import { bindParameters } from './binding';
import { changedNames } from './changedNames';
import { iterated } from './collections';
import { AssumedEnvironment, environment, unsetVariable } from './environment';
import { evaluateExpression, yielded } from './expressions';
import { KeptByDecorators } from './keptByDecorators';
import { LaterReads } from './laterReads';
import { effectsConstant, runEffects, type RunningModule } from './moduleEffects';
import { memberOf } from './members';
import { addedByNamespace, evaluateNamed, moduleValue } from './moduleNames';
import { reflectedConstructor } from './reflectedTypes';
import { runBody } from './statements';
import {
  arrayOf,
  hasKind,
  option,
  isTagged,
  isUnset,
  objectOf,
  toText,
  unknown,
  type CallSite,
  type ClassValue,
  type FunctionValue,
  type ObjectValue,
  type Registration,
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

/** A decorator on a member (or class). */
interface Application {
  readonly member: Place;
  readonly applied: Place;
}

/** Thrown by `throw` statements of user code, and only caught inside the evaluator. */
export class Thrown {
  constructor(readonly value: Value) {}
}

/** Thrown when one evaluation takes too long (an endless loop in user code); the asker sees `unknown`. */
class OutOfSteps {}

const maxSteps = 20_000;
const maxDepth = 60;

export class Evaluator {
  /** How often a decorator of TypeORM's has been applied so far. */
  registered = 0;
  /** What known packages export, as far as it was asked for: specifier → name → value. */
  readonly packages = new Map<string, Map<string, Value>>();
  readonly kept = new KeptByDecorators(this);
  readonly later = new LaterReads();
  private steps = 0;
  private depth = 0;
  /** Calls that are made at this depth or deeper give `unknown` in place of a throw. */
  private containedFrom = Infinity;
  /** The top-level class whose static blocks are running, with the members they have given it. */
  private initialized: { readonly owner: ClassValue; readonly members: ObjectValue } | null = null;
  /** The module whose top-level statements are being run: its names hold what they hold by now. */
  active: RunningModule | null = null;
  private readonly classes = new Map<string, Map<string, ClassValue>>();
  private readonly functions = new WeakMap<ts.Node, FunctionValue>();
  /** By name. A module's tree comes and goes; what somebody holds stays the same function. */
  private readonly declared = new WeakMap<ModuleSyntax, Map<string, WeakRef<FunctionValue>>>();
  private readonly moduleScopes = new WeakMap<ModuleSyntax, Scope>();
  /** Of an evaluation that is repeated to see what a variable of the environment changes. */
  private assumed: AssumedEnvironment | null = null;
  private application: Application | null = null;
  /** Receives what decorators register on top-level classes. */
  private sink: ((target: ClassValue, registration: Registration) => void) | null = null;

  constructor(
    readonly ts: Compiler,
    readonly modules: Modules,
  ) {}

  /** Runs something with a fresh budget. Never throws: a throw or an exhausted budget in user code gives `whenStopped`. */
  attempt<T>(run: () => T, whenStopped: (reason: Thrown | null) => T): T {
    const { steps, depth } = this;
    this.steps = 0;
    try {
      return run();
    } catch (error) {
      if (error instanceof Thrown) return whenStopped(error);
      if (error instanceof OutOfSteps) return whenStopped(null);
      throw error;
    } finally {
      this.steps = steps;
      this.depth = depth;
    }
  }

  /**
   * The same, once more after a throw: as the app runs, what throws here does so for want of something that only the running app has. The second
   * time, that alone is unknown.
   */
  attemptContained<T>(run: () => T, whenStopped: (reason: Thrown | null) => T): T {
    return this.attempt(run, (thrown) => (thrown ? this.attempt(() => this.containing(run), whenStopped) : whenStopped(thrown)));
  }

  /** Runs something in which calls that throw give `unknown`, as calls of functions do that ask for what only the running app has. */
  containing<T>(run: () => T): T {
    const outer = this.containedFrom;
    this.containedFrom = this.depth;
    try {
      return run();
    } finally {
      this.containedFrom = outer;
    }
  }

  /** Runs the decorators of a top-level class and returns what they registered on it. */
  registrationsOf(target: ClassValue): Registration[] {
    const registrations: Registration[] = [];
    return this.collecting(
      (registered, registration) => void (registered === target && registrations.push(registration)),
      () => {
        this.kept.decorating(target, () => this.decorate(target));
        return registrations;
      },
    );
  }

  /** Runs the decorators of a top-level class for what they keep on it alone. */
  decorateUnheard(target: ClassValue): void {
    const { registered } = this;
    this.collecting(
      () => undefined,
      () => this.decorate(target),
    );
    this.registered = registered;
  }

  private decorate(target: ClassValue): void {
    const syntax = target.syntax();
    if (!syntax) return;
    if (hasStaticBlock(this, syntax.node)) this.initializing(target, () => initializeStatics(this, target, syntax));
    applyDecorators(this, target, syntax);
  }

  /** The static members of a class with static blocks, as these leave them. They are run for that alone: what they register is told elsewhere. */
  staticsOf(target: ClassValue): ObjectValue {
    const { registered } = this;
    const members = this.collecting(
      () => undefined,
      () =>
        this.initializing(target, () => {
          const syntax = target.syntax();
          if (syntax) initializeStatics(this, target, syntax);
        }),
    );
    this.registered = registered;
    return members;
  }

  private initializing(owner: ClassValue, run: () => void): ObjectValue {
    const outer = this.initialized;
    const members = objectOf();
    this.initialized = { owner, members };
    try {
      this.attempt(run, () => undefined);
    } finally {
      this.initialized = outer;
    }
    return members;
  }

  /** Runs top-level calls (`Entity()(Post)`) and loops of them, handing what they register to `sink`. */
  runCalls(module: ModuleSyntax, sink: (target: ClassValue, registration: Registration) => void): void {
    this.collecting(sink, () => {
      if (module.tree.effects.length > 0) runEffects(this, module);
    });
  }

  /** Tells which member a decorator is being applied to, while it runs. */
  decorating<T>(application: Application, run: () => T): T {
    const outer = this.application;
    this.application = application;
    try {
      return run();
    } finally {
      this.application = outer;
    }
  }

  /** `Reflect.getMetadata('design:type', …)` of the property that a decorator is being applied to. */
  designTypeOf(property: Value): Value {
    return this.application ? reflectedConstructor(this, this.application.member, property) : unknown;
  }

  /** What a TypeORM decorator does when it is called: `args` are those of its factory, `target` is what it is applied to. */
  register(decorator: string, args: readonly Value[], call: Place, target: readonly Value[], application = this.application): void {
    const [decorated, key] = target;
    const owner = hasKind(decorated, 'prototype') ? decorated.class : decorated;
    if (!hasKind(owner, 'class')) return;
    this.registered++;
    const member = application?.member ?? call;
    const applied = application?.applied ?? call;
    const registration: Registration = { decorator, args, property: typeof key === 'string' ? key : null, call, member, applied };
    if (owner.id === null) owner.registrations.push(registration);
    else this.sink?.(owner, registration);
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

  /** Counts one step of work; loops without expressions must call it. */
  step(): void {
    if (++this.steps > maxSteps) throw new OutOfSteps();
  }

  scopeOf(module: ModuleSyntax): Scope {
    let scope = this.moduleScopes.get(module);
    if (!scope) {
      scope = { names: null, outer: null, module, self: undefined };
      this.moduleScopes.set(module, scope);
    }
    return scope;
  }

  /** The class that a file declares at its top level, whether or not its syntax is at hand. */
  classById(file: string, local: string, name: string): ClassValue {
    let known = this.classes.get(file);
    if (!known) this.classes.set(file, (known = new Map()));
    let value = known.get(local);
    if (!value || value.name !== name) {
      value = {
        kind: 'class',
        id: `${file}#${local}`,
        name,
        file,
        syntax: () => {
          const module = this.modules.syntax(file);
          const declaration = module?.tree.declarations.get(local);
          if (!module || !declaration) return null;
          const node = classNodeOf(this.ts, declaration);
          return node ? { node, scope: this.scopeOf(module) } : null;
        },
        registrations: [],
        heldBy: null,
        statics: new Map(),
      };
      known.set(local, value);
    }
    return value;
  }

  evaluate(node: ts.Expression, scope: Scope): Value {
    this.step();
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
    return this.depth < this.containedFrom ? this.callFunction(callee, args, site) : this.callContained(callee, args, site);
  }

  private callContained(callee: FunctionValue, args: readonly Value[], site: CallSite): Value {
    const { depth } = this;
    try {
      return this.callFunction(callee, args, site);
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      this.depth = depth;
      return unknown;
    }
  }

  private callFunction(callee: FunctionValue, args: readonly Value[], site: CallSite): Value {
    if (++this.depth > maxDepth) {
      this.depth--;
      return unknown;
    }
    const { node } = callee;
    const scope = node.body && this.scopeWithin(callee, args, site);
    // Of a generator, what it yields is there at once.
    if (scope && node.asteriskToken) scope.names?.set(yielded, arrayOf([]));
    const result = node.body && scope ? runBody(this, node.body, scope) : undefined;
    this.depth--;
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

  /** Assigns to a static member, or renames a class that a function made. Of top-level classes only the module's own statements change any. */
  setStatic(owner: ClassValue, name: string, value: Value): void {
    if (owner.id === null) {
      if (name === 'name' && typeof value === 'string') owner.name = value;
      owner.statics.set(name, value);
    } else if (this.initialized?.owner === owner) {
      this.initialized.members.properties.set(name, value);
    } else if (this.active?.module.file === owner.file) {
      const local = owner.id.slice(owner.file.length + 1);
      const members = this.active.statics.get(local) ?? objectOf();
      this.active.statics.set(local, members);
      members.properties.set(name, value);
    } else this.kept.setMember('statics', owner, name, value);
  }

  /** A static member as the statements and namespaces of the class's module leave it; undefined where they give none. */
  changedStatic(owner: ClassValue, name: string): Value {
    if (owner.id === null) return owner.statics.get(name);
    const initialized = this.initialized?.owner === owner ? this.initialized.members.properties.get(name) : undefined;
    if (initialized !== undefined) return initialized;
    const local = owner.id.slice(owner.file.length + 1);
    if (this.active?.module.file === owner.file) return this.active.statics.get(local)?.properties.get(name);
    const module = this.modules.syntax(owner.file);
    if (!module) return undefined;
    const added = addedByNamespace(this, module, local, name);
    if (added !== undefined || !changedNames(this, module).has(local)) return added;
    return option(option(this.constant(owner.file, effectsConstant), `static ${local}`), name);
  }

  /** A function that a module declares at its top level: the same one for as long as anybody holds it. */
  declaredFunction(module: ModuleSyntax, name: string, node: ts.FunctionDeclaration): FunctionValue {
    let known = this.declared.get(module);
    if (!known) this.declared.set(module, (known = new Map()));
    const held = known.get(name)?.deref();
    if (held) return held;
    const value = this.functionValue(node, this.scopeOf(module));
    known.set(name, new WeakRef(value));
    return value;
  }

  functionValue(node: ts.FunctionLikeDeclaration, scope: Scope): FunctionValue {
    let value = this.functions.get(node);
    if (!value || value.scope !== scope) {
      value = { kind: 'function', node, scope };
      this.functions.set(node, value);
    }
    return value;
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

  private collecting<T>(sink: (target: ClassValue, registration: Registration) => void, run: () => T): T {
    const outer = this.sink;
    this.sink = sink;
    try {
      return run();
    } finally {
      this.sink = outer;
    }
  }
}
