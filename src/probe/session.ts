/** The time during which a collector listens: from the first copy of TypeORM to the end of the process, or of the collector. */
import fs from 'node:fs';
import path from 'node:path';
import { PROBE_PROTOCOL } from '../protocol/probe';
import { excludeFolder } from './callSite';
import { timeOrigin } from './clock';
import { disableContext } from './context';
import { leaveFrameworks, listenToFrameworks } from './frameworks';
import { hookHttpRequests } from './httpRequests';
import { hookTypeorm, type RequireFromTypeorm } from './hookTypeorm';
import { undoPatches } from './patch';
import { publishScopes } from './publicApi';
import { Recorder } from './recorder';
import { inlineMapOf } from './sourceMaps';
import { connectTransport, type Transport } from './transport';

export interface SessionAddress {
  readonly socketPath: string;
  readonly token: string;
}

export interface TypeormCopy {
  readonly version: string;
  readonly folder: string;
  readonly load: RequireFromTypeorm;
}

let active: Session | undefined;

export function activeSession(): Session | undefined {
  return active;
}

/** Connects and hooks; undefined where nobody can be listening. Never throws. */
export function startSession(address: SessionAddress): Session | undefined {
  try {
    if (process.platform !== 'win32' && !fs.existsSync(address.socketPath)) return undefined;
    active = new Session(address);
    return active;
  } catch {
    undoPatches();
    return undefined;
  }
}

export class Session {
  private readonly transport: Transport;
  private readonly recorder: Recorder;
  private readonly folders = new Set<string>();
  private ended = false;
  private readonly onExit = (): void => this.recorder.bye();

  constructor({ socketPath, token }: SessionAddress) {
    this.transport = connectTransport(socketPath, () => this.end());
    this.recorder = new Recorder(this.transport, inlineMapOf);
    this.hello(token);
    hookHttpRequests(this.recorder);
    listenToFrameworks();
    publishScopes(this.recorder);
    process.on('exit', this.onExit);
  }

  hookTypeorm({ version, folder, load }: TypeormCopy): void {
    if (this.ended || this.folders.has(folder)) return;
    this.folders.add(folder);
    excludeFolder(folder + path.sep);
    this.recorder.define({ e: 'typeorm', version, path: folder });
    try {
      hookTypeorm(this.recorder, load);
    } catch (error) {
      this.recorder.fault(`hooking TypeORM ${version}`, error);
    }
  }

  notice(message: string): void {
    this.recorder.define({ e: 'notice', message });
  }

  /** Nobody listens any more: the app is given back as it was. */
  private end(): void {
    this.ended = true;
    this.recorder.active = false;
    process.removeListener('exit', this.onExit);
    leaveFrameworks();
    undoPatches();
    disableContext();
  }

  private hello(token: string): void {
    this.recorder.define({
      e: 'hello',
      protocol: PROBE_PROTOCOL,
      token,
      pid: process.pid,
      ppid: process.ppid,
      node: process.version,
      cwd: process.cwd(),
      argv: process.argv,
      timeOrigin,
    });
  }
}
