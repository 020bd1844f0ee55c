/**
 * What decorators keep on the class they stand in, for another one to read: metadata (`Reflect.defineMetadata`), static members
 * (`constructor.fields = …`) and members of the prototype. A top-level class keeps it for one run of its decorators, so that the next
 * one, after an edit, starts from nothing; the decorators of a base class are run again for whoever asks what they kept. What they put into
 * a `Map` or `Set` under the class, its prototype or its name, or at an array's ends, is taken out again before they run anew, and so is the class
 * itself, or what speaks of it, wherever they put it.
 */
import { classChain } from './classes';
import type { Evaluator } from './evaluator';
import { hasKind, type ArrayValue, type ClassValue, type CollectionValue, type InstanceValue, type ObjectValue, type Value } from './values';

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
  /** The class whose decorators are running. */
  private running: ClassValue | null = null;
  /** How to take out what a class's decorators have put elsewhere when they ran last, by the class's file. */
  private readonly undoing = new Map<string, Map<ClassValue, (() => void)[]>>();

  private displaced = new Set<string>();

  constructor(private readonly evaluator: Evaluator) {}

  /** Runs the decorators of a top-level class, which has kept nothing before. */
  decorating<T>(target: ClassValue, run: () => T): T {
    return this.within(new Map([[target, empty()]]), target, run);
  }

  /** Runs what decorators only bring about: a module that is evaluated when they ask for something of it puts its own things where it likes. */
  apart<T>(run: () => T): T {
    const { running } = this;
    this.running = null;
    try {
      return run();
    } finally {
      this.running = running;
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

  /** Takes note of an entry of a `Map` or `Set`; one that does not stand under the class whose decorators make it, and is not that class, is meant to stay. */
  noteEntry({ entries }: CollectionValue, key: Value, item: Value): void {
    const { running } = this;
    if (running === null) return;
    if (ownerOf(key) === running || key === running.name) this.onceMore(running, () => entries.delete(key));
    else this.noteOwn(entries, key, item);
  }

  /** Takes note of a property of an object that is given the class whose decorators are running. */
  noteProperty({ properties }: ObjectValue | InstanceValue, name: string, value: Value): void {
    this.noteOwn(properties, name, value);
  }

  /** Files of classes that stood where another class did since, which is gone from there: their decorators are to be run again. */
  takeDisplaced(): ReadonlySet<string> {
    const { displaced } = this;
    this.displaced = new Set();
    return displaced;
  }

  /** Whether decorators of a file's classes have put something elsewhere. */
  hasNoted(file: string): boolean {
    return this.undoing.has(file);
  }

  /** Takes out what decorators of a file's classes have put elsewhere: the file was edited or deleted. Of all files, where none is named. */
  forget(file?: string): void {
    for (const each of file === undefined ? [...this.undoing.keys()] : [file]) {
      const classes = this.undoing.get(each);
      this.undoing.delete(each);
      for (const undoing of classes?.values() ?? []) for (const undo of undoing) undo();
    }
  }

  /** Takes note of what is added to an array. */
  noteItems({ items }: ArrayValue, added: readonly Value[]): void {
    if (this.running === null) return;
    this.onceMore(this.running, () => {
      for (const item of added) {
        const index = items.lastIndexOf(item);
        if (index >= 0) items.splice(index, 1);
      }
    });
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
    const run = this.run ?? new Map<ClassValue, Kept>();
    const kept = empty();
    run.set(owner, kept);
    this.within(run, owner, () => this.evaluator.registrar.decorateUnheard(owner));
    return kept;
  }

  private within<T>(run: Map<ClassValue, Kept>, target: ClassValue, decorate: () => T): T {
    const outer = [this.run, this.running] as const;
    [this.run, this.running] = [run, target];
    const undoing = this.undoing.get(target.file);
    for (const undo of undoing?.get(target) ?? []) undo();
    undoing?.delete(target);
    try {
      return decorate();
    } finally {
      [this.run, this.running] = outer;
    }
  }

  /** Takes note of a place that is given the class whose decorators are running. */
  private noteOwn<Key>(places: Map<Key, Value>, key: Key, value: Value): void {
    const { running } = this;
    if (running === null || aboutWhom(value) !== running) return;
    const before = aboutWhom(places.get(key));
    this.onceMore(running, () => {
      if (places.get(key) !== value) return;
      places.delete(key);
      if (before && before !== running) this.displaced.add(before.file);
    });
  }

  /** What to do before the decorators of a class run once more. */
  private onceMore(owner: ClassValue, undo: () => void): void {
    const ofFile = this.undoing.get(owner.file) ?? new Map<ClassValue, (() => void)[]>();
    this.undoing.set(owner.file, ofFile);
    const undoing = ofFile.get(owner);
    if (undoing) undoing.push(undo);
    else ofFile.set(owner, [undo]);
  }
}

function empty(): Kept {
  return { metadata: new Map(), statics: new Map(), members: new Map() };
}

function ownerOf(target: Value): ClassValue | null {
  if (hasKind(target, 'prototype')) return target.class;
  return hasKind(target, 'class') ? target : null;
}

/** The class that a value is, or that an object speaks of (`{ name, type: Author }`). */
function aboutWhom(value: Value): ClassValue | null {
  if (!hasKind(value, 'object')) return ownerOf(value);
  for (const property of value.properties.values()) if (ownerOf(property)) return ownerOf(property);
  return null;
}

function slotOf(target: Value, property: Value): string {
  const side = hasKind(target, 'prototype') ? 'prototype' : 'class';
  return typeof property === 'string' ? `${side} ${property}` : side;
}
