/** Static members of classes that are assigned after they are written: by static blocks, by the module's statements, by decorators. */
import { initializeStatics } from './classes';
import { changedNames } from './changedNames';
import type { Evaluator } from './evaluator';
import { effectsConstant } from './moduleEffects';
import { addedByNamespace } from './moduleNames';
import { objectOf, option, type ClassValue, type ObjectValue, type Value } from './values';

export class StaticMembers {
  /** The top-level class whose static blocks are running, with the members they have given it. */
  private initialized: { readonly owner: ClassValue; readonly members: ObjectValue } | null = null;

  constructor(private readonly evaluator: Evaluator) {}

  /** The static members of a class with static blocks, as these leave them. They are run for that alone: what they register is told elsewhere. */
  of(target: ClassValue): ObjectValue {
    return this.evaluator.registrar.unheard(() => this.initialize(target));
  }

  /** Runs the static initializers and blocks of a class. @returns the members that they give it */
  initialize(owner: ClassValue): ObjectValue {
    const outer = this.initialized;
    const members = objectOf();
    this.initialized = { owner, members };
    try {
      this.evaluator.budget.attempt(
        () => {
          const syntax = owner.syntax();
          if (syntax) initializeStatics(this.evaluator, owner, syntax);
        },
        () => undefined,
      );
    } finally {
      this.initialized = outer;
    }
    return members;
  }

  /** Assigns to a static member, or renames a class that a function made. Of top-level classes only the module's own statements change any. */
  set(owner: ClassValue, name: string, value: Value): void {
    const { active, kept } = this.evaluator;
    if (owner.id === null) {
      if (name === 'name' && typeof value === 'string') owner.name = value;
      owner.statics.set(name, value);
    } else if (this.initialized?.owner === owner) {
      this.initialized.members.properties.set(name, value);
    } else if (active?.module.file === owner.file) {
      const local = owner.id.slice(owner.file.length + 1);
      const members = active.statics.get(local) ?? objectOf();
      active.statics.set(local, members);
      members.properties.set(name, value);
    } else kept.setMember('statics', owner, name, value);
  }

  /** A static member as the statements and namespaces of the class's module leave it; undefined where they give none. */
  changed(owner: ClassValue, name: string): Value {
    const { evaluator } = this;
    if (owner.id === null) return owner.statics.get(name);
    const initialized = this.initialized?.owner === owner ? this.initialized.members.properties.get(name) : undefined;
    if (initialized !== undefined) return initialized;
    const local = owner.id.slice(owner.file.length + 1);
    if (evaluator.active?.module.file === owner.file) return evaluator.active.statics.get(local)?.properties.get(name);
    const module = evaluator.modules.syntax(owner.file);
    if (!module) return undefined;
    const added = addedByNamespace(evaluator, module, local, name);
    if (added !== undefined || !changedNames(evaluator, module).has(local)) return added;
    return option(option(evaluator.constant(owner.file, effectsConstant), `static ${local}`), name);
  }
}
