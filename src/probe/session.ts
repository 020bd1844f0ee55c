/** The time during which a collector listens: from the first copy of TypeORM to the end of the process, or of the collector. */
import path from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { PROBE_PAUSE_ENV, type PauseOn } from '../protocol/pauses';
import { PROBE_PROTOCOL, PROBE_WATCH_ENV, type HelloEvent, type ToProbe } from '../protocol/probe';
import { classesOf } from './attach';
import { excludeFolder } from './callSite';
import { timeOrigin } from './clock';
import { disableContext } from './context';
import { hookCucumber } from './cucumberScopes';
import { answerExplain } from './explain';
import { runScope } from './customScope';
import { hookH3, hookHapi, hookKoa, hookLoopback, leaveFrameworks, listenToFrameworks } from './frameworks';
import { hookGraphql } from './graphqlOperations';
import { hookHono } from './honoRoutes';
import { hookExpress, hookHttpRequests } from './httpRequests';
import { hookTypeorm, type RequireFromTypeorm } from './hookTypeorm';
import { hookAgenda, hookBeeQueue, hookGraphileWorker, hookMoleculer, hookPgBoss } from './jobQueues';
import { hookBull, hookBullmq, hookCron, hookCroner, hookNestMessages, hookNestSchedule, hookNodeCron, hookNodeSchedule } from './jobs';
import { hookLambdaLocal, hookLambdaRuntime } from './lambdaScopes';
import { tellMetadata } from './metadata';
import { hookMocha } from './mochaScopes';
import { leaveNodeTests, watchNodeTests } from './nodeTestScopes';
import { endPatches, undoPatches } from './patch';
import { pauseAtUnloadedRead, pauseOn } from './pauses';
import { leaveReads, watchReads, onUnloadedRead } from './reads';
import { noteTypeormFolder } from './readsReader';
import { Recorder } from './recorder';
import { hookSocketIo, hookWs } from './socketMessages';
import { inlineMapOf } from './sourceMaps';
import { hookAva, hookTap } from './testRunnerScopes';
import { connectTransport, type Transport } from './transport';
import type { DataSourceLike } from './typeormShapes';
import type { WatchedModule } from './watchedModules';

export interface SessionAddress {
  readonly socketPath: string;
  readonly token: string;
}

export interface TypeormCopy {
  readonly version: string;
  readonly folder: string;
  /** A copy of a test file's realm: there is one for each file, from the same folder. */
  readonly isOfRealm: boolean;
  readonly load: RequireFromTypeorm;
}

/**
 * Connects and hooks. Never throws.
 * @param ended called once nobody listens any more and everything is put back
 * @returns undefined where nobody listens: nothing is hooked then
 */
export function startSession(address: SessionAddress, ended: () => void): Session | undefined {
  try {
    const session = new Session(address, ended);
    return session.hasEnded ? undefined : session;
  } catch {
    undoPatches();
    return undefined;
  }
}

const moduleHooks: Readonly<Record<WatchedModule, (recorder: Recorder, exported: unknown) => void>> = {
  koa: (_recorder, exported) => hookKoa(exported),
  hono: (_recorder, exported) => hookHono(exported),
  graphql: (recorder, exported) => hookGraphql(() => recorder, exported),
  graphqlTools: (recorder, exported) => hookGraphql(() => recorder, exported),
  mocha: hookMocha,
  cucumber: hookCucumber,
  ava: hookAva,
  tap: hookTap,
  lambdaRuntime: hookLambdaRuntime,
  lambdaLocal: hookLambdaLocal,
  express: hookExpress,
  hapi: (_recorder, exported) => hookHapi(exported),
  h3: (_recorder, exported) => hookH3(exported),
  loopback: (_recorder, exported) => hookLoopback(exported),
  socketIo: hookSocketIo,
  ws: hookWs,
  pgBoss: hookPgBoss,
  agenda: hookAgenda,
  beeQueue: hookBeeQueue,
  graphileWorker: hookGraphileWorker,
  moleculer: hookMoleculer,
  bullmq: hookBullmq,
  bull: hookBull,
  cron: hookCron,
  nodeCron: hookNodeCron,
  croner: hookCroner,
  nodeSchedule: hookNodeSchedule,
  nestSchedule: hookNestSchedule,
  nestMessages: (recorder, exported) => hookNestMessages(recorder, 'RpcContextCreator', exported),
  nestGateways: (recorder, exported) => hookNestMessages(recorder, 'WsContextCreator', exported),
};

export class Session {
  private readonly transport: Transport;
  readonly recorder: Recorder;
  private readonly folders = new Set<string>();
  private ended = false;
  private readonly onExit = (): void => this.recorder.bye();

  constructor(
    { socketPath, token }: SessionAddress,
    private readonly whenEnded: () => void,
  ) {
    this.transport = connectTransport(socketPath, {
      fill: () => this.recorder.fill(),
      heard: (line) => this.answer(line),
      closed: () => this.end(),
    });
    this.recorder = new Recorder(this.transport, inlineMapOf);
    if (!this.transport.greet(greeting(token))) return;
    hookHttpRequests(this.recorder);
    if (process.env[PROBE_WATCH_ENV] === '1') watchReads(this.recorder);
    this.preparePauses();
    listenToFrameworks();
    watchNodeTests(this.recorder);
    process.on('exit', this.onExit);
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  hookTypeorm({ version, folder, isOfRealm, load }: TypeormCopy): void {
    if (this.ended) return;
    // Entities of a realm have prototypes of their own, which are not watched.
    if (isOfRealm) leaveReads();
    if (this.folders.has(folder)) {
      if (isOfRealm) this.hook(version, load);
      return;
    }
    this.folders.add(folder);
    excludeFolder(folder + path.sep);
    noteTypeormFolder(folder + path.sep);
    this.recorder.define({ e: 'typeorm', version, path: folder });
    this.hook(version, load);
  }

  /** A copy of TypeORM that is too old to be hooked. */
  noteUnsupported(version: string, folder: string): void {
    if (this.ended || this.folders.has(folder)) return;
    this.folders.add(folder);
    this.recorder.define({ e: 'typeorm', version, path: folder });
    this.recorder.define({
      e: 'notice',
      message: `TypeORM ${version} is not supported: queries are recorded of 0.3 and 1.x. Update typeorm to see them.`,
    });
  }

  /** Never throws. */
  attach(dataSource: object): void {
    if (this.ended || typeof dataSource !== 'object' || dataSource === null) return;
    this.hook('of a bundle', classesOf(dataSource));
    const { isInitialized } = dataSource as { readonly isInitialized?: boolean };
    if (isInitialized) tellMetadata(this.recorder, dataSource as DataSourceLike);
  }

  scope<T>(name: string, run: () => T): T {
    return runScope(this.recorder, 'custom', name, run);
  }

  /** To be told of modules that say what the app does at present, loaded before or after. */
  noteModule(kind: WatchedModule, exported: unknown): void {
    try {
      moduleHooks[kind](this.recorder, exported);
    } catch (error) {
      this.recorder.fault(kind, error);
    }
  }

  fault(where: string, error: unknown): void {
    this.recorder.fault(where, error);
  }

  /** Nobody listens any more: the app is given back as it was. */
  private end(): void {
    this.ended = true;
    this.recorder.active = false;
    process.removeListener('exit', this.onExit);
    leaveFrameworks();
    leaveReads();
    leaveNodeTests();
    endPatches();
    disableContext();
    this.whenEnded();
  }

  private preparePauses(): void {
    const wanted = process.env[PROBE_PAUSE_ENV];
    if (wanted) pauseOn(JSON.parse(wanted) as PauseOn);
    onUnloadedRead((entity, relation) => pauseAtUnloadedRead(this.recorder, entity, relation));
  }

  private answer(line: string): void {
    try {
      const request = JSON.parse(line) as ToProbe;
      if (request.q === 'pauseOn') pauseOn(request.on);
      if (request.q === 'explain') void answerExplain(this.recorder, request);
    } catch (error) {
      this.recorder.fault('a question of the collector', error);
    }
  }

  private hook(version: string, load: RequireFromTypeorm): void {
    try {
      hookTypeorm(this.recorder, load);
    } catch (error) {
      this.recorder.fault(`hooking TypeORM ${version}`, error);
    }
  }
}

function greeting(token: string): HelloEvent {
  return {
    e: 'hello',
    protocol: PROBE_PROTOCOL,
    token,
    pid: process.pid,
    ppid: process.ppid,
    node: process.version,
    cwd: process.cwd(),
    argv: process.argv,
    timeOrigin,
    ...(isMainThread ? {} : { thread: threadId }),
  };
}
