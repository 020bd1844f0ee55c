/**
 * Sees modules as Node compiles them: waits for TypeORM. ES modules importing TypeORM get there too, for its `index.mjs` passes on
 * what `index.js` (CommonJS) exports. Other packages that are ES modules hand out what they declare (esModules.ts).
 */
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { watchEsModules } from './esModules';
import { publishApi } from './publicApi';
import type * as Session from './session';
import { rememberInlineMap } from './sourceMaps';
import type * as GraphqlOperations from './graphqlOperations';
import type * as HonoRoutes from './honoRoutes';
import type * as JestScopes from './jestScopes';
import { watchVmModules } from './vmModules';
import { watchedModuleAt, type WatchedModule } from './watchedModules';

/** Whose a module is: the process's, or a test file's realm's. */
type ModuleHome = 'process' | 'realm';
type Compile = (this: NodeJS.Module, content: string, file: string, ...rest: unknown[]) => unknown;

const LAST_MODULE_NEEDED = /[\\/]data-source[\\/]DataSource\.js$/;
/** Of versions before 0.3, which have no DataSource; later ones have it as well, under its old name. */
const CONNECTION = /[\\/]typeorm[\\/]connection[\\/]Connection\.js$/;
const JEST_LOADER = /[\\/]jest-runtime[\\/]build[\\/]index\.js$/;
const JEST_CIRCUS = /[\\/]jest-circus[\\/].*[\\/]jestAdapterInit\.js$/;
const installed = Symbol.for('relation-lens.moduleHook');

const extensions = (Module as unknown as { _extensions: Record<string, unknown> })._extensions;
const plainJavaScript = extensions['.js'];

/** Exports of watched modules, which may be loaded before TypeORM is. */
const watched: { readonly kind: WatchedModule; readonly exported: unknown }[] = [];
let session: Session.Session | undefined;
/** Puts module loading back as it was found; there while it is hooked. */
let unhook: (() => void) | undefined;
let unwatchJest: (() => void) | undefined;

/** Hooks module loading; everything else of the probe is loaded with the first copy of TypeORM. */
export function installModuleHook(address: Session.SessionAddress): void {
  const prototype = (Module as unknown as { prototype: { _compile: Compile; [installed]?: true } }).prototype;
  if (prototype[installed]) return;
  publishApi({
    scope: (name, run) => (session ? session.scope(String(name), run) : run()),
    attach: (dataSource) => sessionAt(address)?.attach(dataSource),
    thread: `${process.pid}:${threadId}`,
  });
  const before = Object.getOwnPropertyDescriptor(prototype, '_compile');
  Object.defineProperty(prototype, installed, { value: true, configurable: true });
  let compile = prototype._compile;
  const compileAndSee: Compile = function (content, file, ...rest) {
    // Before it runs: its first call site may come before it is done.
    if (typeof content === 'string' && !isInPackage(file)) rememberInlineMap(file, content);
    const answer = compile.call(this, content, file, ...rest);
    if (LAST_MODULE_NEEDED.test(file)) hookCopyOf(this, file, address);
    else if (JEST_LOADER.test(file)) watchJest(address);
    else if (CONNECTION.test(file)) tellOfOldCopy(file, address);
    else note(watchedModuleAt(file), this.exports, address);
    return answer;
  };
  // Node's own function has no name: V8 (from Node.js 24 on) looks for the property that holds it, and passes over one with a getter.
  const behind: object | null = Reflect.getPrototypeOf(prototype);
  const named = Object.create(behind, { _compile: { value: compile, configurable: true, enumerable: true, writable: true } }) as {
    _compile: Compile;
  };
  Reflect.setPrototypeOf(prototype, named);
  // A wrapper around every module would stand in the stacks of the app's own errors; so only modules that matter get it.
  Object.defineProperty(prototype, '_compile', {
    configurable: true,
    enumerable: true,
    get(this: NodeJS.Module): Compile {
      return isToBeSeen(this.filename) ? compileAndSee : compile;
    },
    set(this: NodeJS.Module, value: Compile) {
      if ((this as unknown) === prototype) compile = named._compile = value;
      else Object.defineProperty(this, '_compile', { value, configurable: true, enumerable: true, writable: true });
    },
  });
  const leaveEsModules = watchEsModules((kind, bindings) => note(kind, bindings, address));
  unhook = () => {
    leaveEsModules();
    Object.defineProperty(prototype, '_compile', { ...before, value: compile });
    Reflect.setPrototypeOf(prototype, behind);
    Reflect.deleteProperty(prototype, installed);
  };
}

/** Nobody listens (any more): modules are loaded as without the probe from here on. */
function leaveModules(): void {
  unhook?.();
  unwatchJest?.();
  unhook = unwatchJest = undefined;
  watched.length = 0;
}

/** TypeORM's own module, watched ones, and user modules that something compiles in memory: nobody else has their source maps. */
function isToBeSeen(file: string | null | undefined): boolean {
  if (typeof file !== 'string') return false;
  if (isInPackage(file))
    return [LAST_MODULE_NEEDED, JEST_LOADER, CONNECTION].some((pattern) => pattern.test(file)) || watchedModuleAt(file) !== undefined;
  return !/\.c?js$/.test(file) || extensions['.js'] !== plainJavaScript;
}

function isInPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

function note(kind: WatchedModule | undefined, exported: unknown, address: Session.SessionAddress, of: ModuleHome = 'process'): void {
  if (kind === undefined) return;
  // Modules of a test file's realm go when the file is done.
  if (of === 'process' || !session) watched.push({ kind, exported });
  session?.noteModule(kind, exported);
  if (!session && mayBeHeard(address)) hookEarly(kind, exported);
}

/** What is touched before TypeORM is loaded must not be where there is certainly no listener. */
function mayBeHeard({ socketPath }: Session.SessionAddress): boolean {
  return process.platform === 'win32' || fs.existsSync(socketPath);
}

/** Servers that are loaded before TypeORM may keep the function that is wrapped (mercurius), or have all of their routes by then (Hono). */
function hookEarly(kind: WatchedModule, exported: unknown): void {
  try {
    /* eslint-disable @typescript-eslint/no-require-imports */
    if (kind === 'graphql' || kind === 'graphqlTools')
      (require('./graphqlOperations') as typeof GraphqlOperations).hookGraphql(() => session?.recorder, exported);
    if (kind === 'hono') (require('./honoRoutes') as typeof HonoRoutes).hookHono(exported);
    /* eslint-enable @typescript-eslint/no-require-imports */
  } catch {
    // A guest: operations and routes have no names.
  }
}

/** Jest loads the modules of its tests by itself, those of each test file in a realm of their own. */
function watchJest(address: Session.SessionAddress): void {
  unwatchJest ??= watchVmModules({
    compiled: (file, text) => {
      if (!isInPackage(file)) rememberInlineMap(file, text);
    },
    isWanted: (file) => LAST_MODULE_NEEDED.test(file) || JEST_CIRCUS.test(file) || watchedModuleAt(file) !== undefined,
    loaded: (file, module) => {
      if (LAST_MODULE_NEEDED.test(file)) hookCopyOf(module, file, address, 'realm');
      else if (JEST_CIRCUS.test(file)) hookJestCircus(module.exports);
      else note(watchedModuleAt(file), module.exports, address, 'realm');
    },
  });
}

function hookJestCircus(exported: unknown): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const scopes = require('./jestScopes') as typeof JestScopes;
  scopes.hookJestCircus(() => session?.recorder, exported);
}

/** `file` is a DataSource module: of TypeORM, if the package says so. */
function hookCopyOf(loaded: NodeJS.Module, file: string, address: Session.SessionAddress, of: ModuleHome = 'process'): void {
  const folder = path.resolve(file, '../..');
  const version = typeormVersionIn(folder);
  if (version === undefined) return;
  sessionAt(address)?.hookTypeorm({ version, folder, isOfRealm: of === 'realm', load: (inside) => loadFrom(loaded, folder, inside) });
}

/** The user is told why nothing is recorded. */
function tellOfOldCopy(file: string, address: Session.SessionAddress): void {
  const folder = path.resolve(file, '../..');
  const version = typeormVersionIn(folder);
  if (version !== undefined && /^0\.[0-2]\./.test(version)) sessionAt(address)?.noteUnsupported(version, folder);
}

/** Undefined where nobody listens, which is asked once. Most processes that inherit NODE_OPTIONS never come here. */
function sessionAt(address: Session.SessionAddress): Session.Session | undefined {
  if (session || !unhook) return session;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { startSession } = require('./session') as typeof Session;
    session = startSession(address, leaveModules);
    for (const { kind, exported } of watched) session?.noteModule(kind, exported);
  } catch {
    // As if nobody listened.
  }
  if (!session) leaveModules();
  return session;
}

function typeormVersionIn(folder: string): string | undefined {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
    return manifest.name === 'typeorm' ? (manifest.version ?? 'unknown') : undefined;
  } catch {
    return undefined;
  }
}

function loadFrom(loaded: NodeJS.Module, folder: string, inside: string): Record<string, unknown> | undefined {
  try {
    return loaded.require(path.join(folder, `${inside}.js`)) as Record<string, unknown>;
  } catch (error) {
    session?.fault(`TypeORM's ${inside}`, error);
    return undefined;
  }
}
