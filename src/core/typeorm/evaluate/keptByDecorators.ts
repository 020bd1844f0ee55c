/**
 * What decorators keep on the class they stand in, for another one to read: metadata (`Reflect.defineMetadata`), static members
 * (`constructor.fields = …`) and members of the prototype. A top-level class keeps it for one run of its decorators, so that the next
 * one, after an edit, starts from nothing; the decorators of a base class are run again for whoever asks what they kept.
 */
import { classChain } from './classes';
import type { Evaluator } from './evaluator';
import { hasKind, type ClassValue, type Value } from './values';

interface Kept {
  /** By what it is kept for (the class, its prototype, or a member of either), then by key. */
  readonly metadata: Map<string, Map<Value, Value>>;
  readonly statics: Map<string, Value>;
  readonly members: Map<string, Value>;
}

type Part = 'statics' | 'members';

export class KeptByDecorators {
  /** Of top-level classes, within one run of a class's decorators; null outside of any. */
  private run: Map<ClassValue, Kept> | null = null;
  private readonly ofMade = new WeakMap<ClassValue, Kept>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Runs the decorators of a top-level class, which has kept nothing before. */
  decorating<T>(target: ClassValue, run: () => T): T {
    const outer = this.run;
    this.run = new Map([[target, empty()]]);
    try {
      return run();
    } finally {
      this.run = outer;
    }
  }

  /** A static member, or one of the prototype, as the decorators of a class have left it; undefined where they have not. */
  member(part: Part, owner: ClassValue, name: string): Value {
    return this.present(owner)?.[part].get(name);
  }

  /** The same of its bases, nearest first, for a class whose decorators are running. */
  inherited(part: Part, owner: ClassValue, name: string): Value {
    if (!this.run?.has(owner)) return undefined;
    for (const base of classChain(this.evaluator, owner).slice(1)) {
      const value = this.complete(base)[part].get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  setMember(part: Part, owner: ClassValue, name: string, value: Value): void {
    this.present(owner)?.[part].set(name, value);
  }

  setMetadata(key: Value, value: Value, target: Value, property: Value): void {
    const owner = ownerOf(target);
    const kept = owner && this.present(owner);
    if (!kept) return;
    const slot = slotOf(target, property);
    const values = kept.metadata.get(slot) ?? new Map<Value, Value>();
    kept.metadata.set(slot, values.set(key, value));
  }

  /** What is kept for a class or a prototype, and for those it inherits from, nearest first. Empty where nothing is. */
  metadata(target: Value, property: Value, isOwn: boolean): ReadonlyMap<Value, Value>[] {
    const owner = ownerOf(target);
    if (!owner) return [];
    const slot = slotOf(target, property);
    const chain = isOwn ? [owner] : classChain(this.evaluator, owner);
    return chain.flatMap((each) => this.complete(each).metadata.get(slot) ?? []);
  }

  /** What a class whose decorators are running, or that a function made, has kept so far. */
  private present(owner: ClassValue): Kept | undefined {
    if (owner.id !== null) return this.run?.get(owner);
    let kept = this.ofMade.get(owner);
    if (!kept) this.ofMade.set(owner, (kept = empty()));
    return kept;
  }

  /** What all decorators of a class have kept, or those that have run so far where they are running. */
  private complete(owner: ClassValue): Kept {
    const present = this.present(owner);
    if (present) return present;
    const outer = this.run;
    const run = outer ?? new Map<ClassValue, Kept>();
    const kept = empty();
    run.set(owner, kept);
    this.run = run;
    try {
      this.evaluator.decorateUnheard(owner);
    } finally {
      this.run = outer;
    }
    return kept;
  }
}

function empty(): Kept {
  return { metadata: new Map(), statics: new Map(), members: new Map() };
}

function ownerOf(target: Value): ClassValue | null {
  if (hasKind(target, 'prototype')) return target.class;
  return hasKind(target, 'class') ? target : null;
}

function slotOf(target: Value, property: Value): string {
  const side = hasKind(target, 'prototype') ? 'prototype' : 'class';
  return typeof property === 'string' ? `${side} ${property}` : side;
}
