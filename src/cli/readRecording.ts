import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createProfileBuilder, type ProfileBuilder } from '../core/profile/profileBuilder';
import type { QueryProfile } from '../core/profile/queryProfile';
import type { Thresholds } from '../core/profile/thresholds';
import type { ProbeEvent, RecordingHeader } from '../protocol/probe';
import { FileError } from './io';

export interface RecordedRun {
  readonly profile: QueryProfile;
  /** Folder that the run was started in, which a report names files from. */
  readonly cwd: string;
}

/**
 * Replays a recording, judged by the given thresholds.
 * @throws FileError where the file is missing or no recording
 */
export async function readRecording(file: string, thresholds: Partial<Thresholds>): Promise<RecordedRun> {
  const lines = readline.createInterface({ input: openFile(file), crlfDelay: Infinity });
  let header: RecordingHeader | null = null;
  let builder: ProfileBuilder | null = null;
  const processes = new Set<number>();
  try {
    for await (const line of lines) {
      if (builder === null || header === null) {
        header = parseHeader(line, file);
        builder = createProfileBuilder({ runId: path.basename(file), thresholds, root: header.cwd });
      } else {
        const event = parseEvent(line);
        if (event === null) continue;
        processes.add(event.p);
        builder.add(event.p, event);
      }
    }
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(`${file} could not be read: ${messageOf(error)}`);
  }
  if (builder === null || header === null)
    throw new FileError(`${file} is empty; make a recording with \`relation-lens profile --recording FILE -- COMMAND\`.`);
  for (const id of processes) builder.endProcess(id);
  const run = {
    id: path.basename(file),
    name: header.name,
    startedAtMs: header.startedAtMs,
    state: 'ended',
    pids: [],
    typeormVersions: builder.typeormVersions,
    drivers: builder.drivers,
    message: builder.notices.at(-1) ?? null,
  } as const;
  return { profile: builder.profile(run), cwd: header.cwd };
}
function openFile(file: string): fs.ReadStream {
  if (!fs.existsSync(file)) throw new FileError(`${file} does not exist.`);
  if (!fs.statSync(file).isFile()) throw new FileError(`${file} is not a file.`);
  return fs.createReadStream(file, 'utf8');
}

function parseHeader(line: string, file: string): RecordingHeader {
  const header = parseJson(line) as Partial<RecordingHeader> | null;
  if (header?.e !== 'recording') throw new FileError(`${file} is no recording of Relation Lens (its first line says nothing of one).`);
  if (header.version !== 1)
    throw new FileError(`${file} was written by a newer Relation Lens (version ${String(header.version)}); update to read it.`);
  return { e: 'recording', version: 1, name: header.name ?? '', startedAtMs: header.startedAtMs ?? 0, cwd: header.cwd ?? '' };
}

/** A line that was cut off by a crash is left out: everything before it counts. */
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
