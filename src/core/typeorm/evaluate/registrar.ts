/** What TypeORM's decorators and their like register on classes while they are run. */
import type { ModuleSyntax } from '../parse/moduleSyntax';
import type { Place } from '../parse/positions';
import { applyDecorators, hasStaticBlock } from './classes';
import type { Evaluator } from './evaluator';
import { runEffects } from './moduleEffects';
import { reflectedConstructor } from './reflectedTypes';
import { hasKind, unknown, type ClassValue, type Registration, type Value } from './values';

/** A decorator on a member (or class). */
interface Application {
  readonly member: Place;
  readonly applied: Place;
}

export class Registrar {
  /** How often a decorator of TypeORM's has been applied so far. */
  registered = 0;
  private application: Application | null = null;
  /** Receives what decorators register on top-level classes. */
  private sink: ((target: ClassValue, registration: Registration) => void) | null = null;

  constructor(private readonly evaluator: Evaluator) {}

  /** Runs the decorators of a top-level class and returns what they registered on it. */
  registrationsOf(target: ClassValue): Registration[] {
    const registrations: Registration[] = [];
    return this.collecting(
      (registered, registration) => void (registered === target && registrations.push(registration)),
      () => {
        this.evaluator.kept.decorating(target, () => this.decorate(target));
        return registrations;
      },
    );
  }

  /** Runs the decorators of a top-level class for what they keep on it alone. */
  decorateUnheard(target: ClassValue): void {
    this.unheard(() => this.decorate(target));
  }

  /** Runs what is told elsewhere, for something else than what it registers. */
  unheard<T>(run: () => T): T {
    const { registered } = this;
    const result = this.collecting(() => undefined, run);
    this.registered = registered;
    return result;
  }

  private decorate(target: ClassValue): void {
    const { evaluator } = this;
    const syntax = target.syntax();
    if (!syntax) return;
    if (hasStaticBlock(evaluator, syntax.node)) evaluator.statics.initialize(target);
    applyDecorators(evaluator, target, syntax);
  }

  /** Runs top-level calls (`Entity()(Post)`) and loops of them, handing what they register to `sink`. */
  runCalls(module: ModuleSyntax, sink: (target: ClassValue, registration: Registration) => void): void {
    this.collecting(sink, () => {
      if (module.tree.effects.length > 0) runEffects(this.evaluator, module);
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
    return this.application ? reflectedConstructor(this.evaluator, this.application.member, property) : unknown;
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
