/**
 * Watched packages that Node.js loads as ES modules. What those export are bindings that nobody but the module itself can replace, so a watched module
 * gets one more line, behind its last, that hands them out (`module.registerHooks`). Where Node.js is too old for that, or none of the packages is
 * installed, modules are loaded as without the probe.
 */
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { watchedModuleAt, type WatchedModule } from './watchedModules';

interface LoadedModule {
  readonly format?: string | null;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null;
}

type Load = (url: string, context: unknown, next: (url: string, context: unknown) => LoadedModule) => LoadedModule;
type RegisterHooks = (hooks: { readonly load: Load }) => { readonly deregister: () => void };
/** @param bindings the module's own, by their names: to be read, and to be set where it declares a function or a variable */
type Loaded = (kind: WatchedModule, bindings: object) => void;

/** What each kind of watched module declares, if it is an ES module; left out for packages that have none. */
const bindingsOf: Partial<Record<WatchedModule, readonly string[]>> = {
  graphql: ['execute'],
  graphqlTools: ['execute'],
  mocha: ['Runner'],
  ava: ['Runner', 'Test'],
  tap: ['TestBase'],
  nodeCron: ['schedule', 'createTask', 'nodeCron'],
  croner: ['Cron'],
  nestSchedule: ['ScheduleExplorer'],
  nestMessages: ['RpcContextCreator'],
  nestGateways: ['WsContextCreator'],
  h3: ['H3Event', 'H3Core'],
  hono: ['LinearRouter', 'PatternRouter', 'RegExpRouter', 'SmartRouter', 'TrieRouter'],
};
const packages = [
  'graphql',
  '@graphql-tools/executor',
  'h3',
  'hono',
  'mocha',
  'ava',
  '@tapjs/core',
  'node-cron',
  'croner',
  '@nestjs/microservices',
  '@nestjs/schedule',
  '@nestjs/websockets',
];
const handOut = 'relation-lens.esModules';
/**
 * From which minor version on: before, hooks in the app's thread bring down apps that also have some in another (`module.register`: ts-node, swc-node),
 * "loadSync is not a function", and, until 24.11 and 25.2, packages that `require` an ES module which is being imported. Node.js 22 is like that to its end.
 */
const oldestMinor: Readonly<Record<number, number>> = { 24: 12, 25: 2 };
const NEWEST_WITH_DEFECTS = 25;

/**
 * To be called before the app's own modules are loaded.
 * @returns lets modules be loaded as before
 */
export function watchEsModules(loaded: Loaded): () => void {
  if (!canWatch(process.versions.node) || !isAnyInstalled()) return () => undefined;
  const { registerHooks } = Module as unknown as { registerHooks: RegisterHooks };
  const hooks = registerHooks({ load: loadAndHandOut });
  const key = Symbol.for(handOut);
  Object.defineProperty(globalThis, key, { value: loaded, configurable: true, enumerable: false, writable: false });
  return () => {
    hooks.deregister();
    Reflect.deleteProperty(globalThis, key);
  };
}

/** Whether hooks in the app's own thread are sound in a version of Node.js (`24.12.0`). */
export function canWatch(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEWEST_WITH_DEFECTS || minor >= (oldestMinor[major] ?? Infinity);
}

/** Where the program that is started finds its packages. */
function isAnyInstalled(): boolean {
  const [, program] = process.argv;
  let folder = program === undefined ? process.cwd() : path.dirname(path.resolve(program));
  for (;;) {
    const installed = path.join(folder, 'node_modules');
    if (fs.existsSync(installed) && packages.some((name) => fs.existsSync(path.join(installed, name)))) return true;
    const above = path.dirname(folder);
    if (above === folder) return false;
    folder = above;
  }
}

const loadAndHandOut: Load = (url, context, next) => {
  const loaded = loadWithoutTrace(() => next(url, context));
  const kind = loaded.format === 'module' && url.includes('/node_modules/') ? watchedModuleAt(url.replace(/[?#].*$/, '')) : undefined;
  const names = kind && bindingsOf[kind];
  if (!names || !loaded.source) return loaded;
  const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
  return { ...loaded, source: text + lineToHandOut(kind, names, text) };
};

/** On a line of its own, for the last one may be a comment: places in the module stay what they are. */
function lineToHandOut(kind: WatchedModule, names: readonly string[], text: string): string {
  const accessors = names.map((name) => {
    const own = ownName(text, name);
    return `get ${name}() { return typeof ${own} === 'undefined' ? undefined : ${own}; }, set ${name}(value) { ${own} = value; }`;
  });
  return `\n;globalThis[Symbol.for('${handOut}')]?.('${kind}', { ${accessors.join(', ')} });`;
}

/** What a module calls its export within itself: `j` where a bundler has made it `export{j as Cron}`. */
function ownName(text: string, name: string): string {
  return new RegExp(`\\bexport\\s*\\{[^}]*?([\\w$]+)\\s+as\\s+${name}\\b`).exec(text)?.[1] ?? name;
}

/** What cannot be loaded fails with the app's error, whose stack does not tell of the probe. */
function loadWithoutTrace(load: () => LoadedModule): LoadedModule {
  try {
    return load();
  } catch (error) {
    if (error instanceof Error && typeof error.stack === 'string' && error.stack.includes(__filename)) {
      error.stack = error.stack
        .split('\n')
        .filter((line) => !line.includes(__filename))
        .join('\n');
    }
    throw error;
  }
}
