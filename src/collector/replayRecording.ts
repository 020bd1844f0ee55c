/** A recording read again: its events in order into a profile, as if the app ran. */
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createProfileBuilder, type ProfileBuilder, type ProfileBuilderOptions } from '../core/profile/profileBuilder';
import type { RunInfo } from '../core/profile/queryProfile';
import type { ProbeEvent, RecordingHeader } from '../protocol/probe';
import { movedEvent, movedFolder, type Move } from './movedSources';

/** The file cannot be read, or is not what it should be: a sentence for the user. */
export class RecordingError extends Error {}

export interface Replay {
  readonly builder: ProfileBuilder;
  readonly run: RunInfo;
  /** Folder that the run was started in, which a report names files from; where it was recorded elsewhere, the one that it is here. */
  readonly cwd: string;
}

/** What is known of a run before its first event. */
export type ReplayOptions = Omit<ProfileBuilderOptions, 'runId' | 'root' | 'history'> & {
  readonly runId: string;
  /** How the files were moved since (`moveOfRecording`). */
  readonly move?: Move | null;
  readonly historyOf?: (header: RecordingHeader) => NonNullable<ProfileBuilderOptions['history']>;
};

/**
 * A line that cannot be read is left out and told with its number in the run's message; a last one was cut off by a crash, which is nothing to tell.
 * @throws RecordingError where the file is missing or no recording
 */
export async function replayRecording(file: string, { historyOf, move = null, ...options }: ReplayOptions): Promise<Replay> {
  const lines = readline.createInterface({ input: openFile(file), crlfDelay: Infinity });
  let header: RecordingHeader | null = null;
  let builder: ProfileBuilder | null = null;
  const processes = new Set<number>();
  const unread: number[] = [];
  let number = 0;
  try {
    for await (const line of lines) {
      number++;
      if (builder === null || header === null) {
        const recorded = parseHeader(line, file);
        header = move ? { ...recorded, cwd: movedFolder(move, recorded.cwd) } : recorded;
        builder = createProfileBuilder({ ...options, root: header.cwd, ...(historyOf ? { history: historyOf(header) } : {}) });
      } else {
        const event = parseEvent(line);
        if (event === null) {
          unread.push(number);
          continue;
        }
        processes.add(event.p);
        builder.add(event.p, move ? movedEvent(move, event) : event);
      }
    }
  } catch (error) {
    throw error instanceof RecordingError ? error : new RecordingError(`${file} could not be read: ${messageOf(error)}`);
  }
  if (builder === null || header === null)
    throw new RecordingError(`${file} is empty; make a recording with \`relation-lens profile --recording FILE -- COMMAND\`.`);
  for (const id of processes) builder.endProcess(id);
  if (unread.at(-1) === number) unread.pop();
  const message = unreadMessage(path.basename(file), unread) ?? builder.notices.at(-1) ?? null;
  return { builder, run: endedRun(options.runId, header, builder, message), cwd: header.cwd };
}

function unreadMessage(file: string, unread: readonly number[]): string | null {
  if (unread.length === 0) return null;
  const lines = unread.length === 1 ? `Line ${unread[0]} of ${file}` : `${unread.length} lines of ${file}, the first line ${unread[0]},`;
  return `${lines} could not be read; what stood there is missing in all counts. Record the run anew.`;
}

function endedRun(id: string, { name, startedAtMs }: RecordingHeader, { typeormVersions, drivers }: ProfileBuilder, message: string | null): RunInfo {
  return { id, name, startedAtMs, state: 'ended', pids: [], typeormVersions, drivers, message };
}

function openFile(file: string): fs.ReadStream {
  if (!fs.existsSync(file)) throw new RecordingError(`${file} does not exist.`);
  if (!fs.statSync(file).isFile()) throw new RecordingError(`${file} is not a file.`);
  return fs.createReadStream(file, 'utf8');
}

function parseHeader(line: string, file: string): RecordingHeader {
  const header = parseJson(line) as Partial<RecordingHeader> | null;
  if (header?.e !== 'recording') throw new RecordingError(`${file} is no recording of Relation Lens (its first line says nothing of one).`);
  if (header.version !== 1)
    throw new RecordingError(`${file} was written by a newer Relation Lens (version ${String(header.version)}); update to read it.`);
  return { e: 'recording', version: 1, name: header.name ?? '', startedAtMs: header.startedAtMs ?? 0, cwd: header.cwd ?? '' };
}

function parseEvent(line: string): (ProbeEvent & { readonly p: number }) | null {
  const event = parseJson(line);
  if (typeof event !== 'object' || event === null || !('e' in event)) return null;
  return { p: 0, ...event } as unknown as ProbeEvent & { readonly p: number };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
