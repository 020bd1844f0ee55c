/**
 * Modules that a test runner compiles by itself, past Node's loader: Jest gives every test file a realm of its own (node:vm) with its own copy of
 * everything, TypeORM included.
 */
import vm from 'node:vm';
import type { Method } from './patch';

/** What is to be done with a module of such a realm. */
export interface VmModuleWatch {
  /** Every compiled module's text, before it runs. */
  readonly compiled: (file: string, text: string) => void;
  /** Whether `loaded` wants the module when it has run. */
  readonly isWanted: (file: string) => boolean;
  readonly loaded: (file: string, module: NodeJS.Module) => void;
}

/** What Jest up to 30.4 names the function around a module in its script's result. */
const WRAPPER = 'Object.<anonymous>';

/**
 * To be called once the runner's module loader is there: no other process has its `node:vm` touched.
 * @returns puts `node:vm` back as it was
 */
export function watchVmModules(watch: VmModuleWatch): () => void {
  const { compileFunction: compile, Script } = vm;
  // Jest 30.5 and later compile a module as a function, whose first argument is the module.
  vm.compileFunction = function compileFunction(...args) {
    const compiled = compile.apply(this, args);
    const [text, parameters, options] = args;
    const file = options?.filename;
    if (file === undefined || parameters?.[0] !== 'module') return compiled;
    watch.compiled(file, text);
    return watch.isWanted(file) ? (seeModule(watch, file, compiled as Method) as unknown as typeof compiled) : compiled;
  };
  // Earlier versions compile a script whose value is an object with that function.
  vm.Script = new Proxy(vm.Script, {
    construct(target, args: ConstructorParameters<typeof vm.Script>, newTarget) {
      const script = Reflect.construct(target, args, newTarget) as vm.Script;
      const [text, options] = args;
      const file = typeof options === 'object' ? options.filename : undefined;
      if (file === undefined || !text.includes(WRAPPER)) return script;
      watch.compiled(file, text);
      if (watch.isWanted(file)) seeResult(watch, file, script);
      return script;
    },
  });
  return () => {
    vm.compileFunction = compile;
    vm.Script = Script;
  };
}

function seeResult(watch: VmModuleWatch, file: string, script: vm.Script): void {
  const run = script.runInContext.bind(script);
  script.runInContext = (...args) => {
    const result: unknown = run(...args);
    const inner: unknown = typeof result === 'object' && result !== null ? Reflect.get(result, WRAPPER) : undefined;
    if (typeof inner === 'function') Reflect.set(result as object, WRAPPER, seeModule(watch, file, inner as Method));
    return result;
  };
}

function seeModule(watch: VmModuleWatch, file: string, compiled: Method): Method {
  return function (this: unknown, ...args) {
    const answer = compiled.apply(this, args);
    watch.loaded(file, args[0] as NodeJS.Module);
    return answer;
  };
}
