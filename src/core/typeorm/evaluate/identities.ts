/** One value for each class, function and module of the sources, so that two who ask for it get the same. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { classNodeOf, type ModuleSyntax } from '../parse/moduleSyntax';
import type { ClassValue, FunctionValue, Scope } from './values';

export class Identities {
  private readonly classes = new Map<string, Map<string, ClassValue>>();
  private readonly functions = new WeakMap<ts.Node, FunctionValue>();
  /** By name. A module's tree comes and goes; what somebody holds stays the same function. */
  private readonly declared = new WeakMap<ModuleSyntax, Map<string, WeakRef<FunctionValue>>>();
  private readonly moduleScopes = new WeakMap<ModuleSyntax, Scope>();

  constructor(
    private readonly ts: Compiler,
    private readonly moduleOf: (file: string) => ModuleSyntax | undefined,
  ) {}

  /** The outermost scope of a module, whose names are those that it declares and imports. */
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
        syntax: () => this.classSyntax(file, local),
        registrations: [],
        heldBy: null,
        statics: new Map(),
      };
      known.set(local, value);
    }
    return value;
  }

  private classSyntax(file: string, local: string): ReturnType<ClassValue['syntax']> {
    const module = this.moduleOf(file);
    const declaration = module?.tree.declarations.get(local);
    if (!module || !declaration) return null;
    const node = classNodeOf(this.ts, declaration);
    return node ? { node, scope: this.scopeOf(module) } : null;
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

  /** The function that a node makes in a scope. */
  functionValue(node: ts.FunctionLikeDeclaration, scope: Scope): FunctionValue {
    let value = this.functions.get(node);
    if (!value || value.scope !== scope) {
      value = { kind: 'function', node, scope };
      this.functions.set(node, value);
    }
    return value;
  }
}
