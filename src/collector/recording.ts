/**
 * The recording of a run: an append-only file of NDJSON, written as it happens. Its first line is a RecordingHeader; every other is
 * an event as the probe sent it, with `p` (a number for the process) added, and with sites in the sources' terms.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { RecordingHeader } from '../protocol/probe';
import { makeFolder } from './makeFolder';

const MAX_BYTES = 1024 * 1024 * 1024;
const MAX_BACKLOG = 64 * 1024 * 1024;
/** So many characters are not let wait for the end of the turn. */
const MUCH_TEXT = 1024 * 1024;
const KEPT_RECORDINGS = 20;

export interface Recording {
  readonly file: string;
  /** Why the recording is not complete, or null. */
  readonly problem: string | null;
  /** `line` is one event's JSON text. */
  add(processId: number, line: string): void;
  close(): Promise<void>;
}

/** Starts a recording, and removes the oldest ones of the folder. A disk that refuses makes it incomplete, never fails the run. */
export function startRecording(file: string, header: RecordingHeader): Recording {
  return new FileRecording(file, header);
}

/** `2026-05-01T10-20-30-123-shop.ndjson` in the folder. */
export function recordingFile(folder: string, name: string, startedAtMs: number): string {
  const time = new Date(startedAtMs).toISOString().replace(/[:.]/g, '-').replace('Z', '');
  const safeName = name.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'run';
  return path.join(folder, `${time}-${safeName}.ndjson`);
}

/** Deletes all but the newest recordings of a folder. */
export function pruneRecordings(folder: string, kept = KEPT_RECORDINGS): void {
  try {
    const files = fs.readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
    for (const name of files.sort().slice(0, Math.max(0, files.length - kept))) fs.rmSync(path.join(folder, name), { force: true });
  } catch {
    // No folder yet, or none of ours to tidy.
  }
}

class FileRecording implements Recording {
  problem: string | null = null;
  private readonly stream: fs.WriteStream;
  private bytes = 0;
  /** Lines of this turn of the event loop. Each by itself would be a task for a thread of its own, and a process is told of by hundreds at a time. */
  private text = '';

  constructor(
    readonly file: string,
    header: RecordingHeader,
  ) {
    try {
      makeFolder(path.dirname(file));
    } catch (error) {
      this.fail(error);
    }
    // Parameters are the user's data: readable by the user alone.
    this.stream = fs.createWriteStream(file, { mode: 0o600 });
    this.stream.on('error', (error) => this.fail(error));
    this.write(JSON.stringify(header));
  }

  add(processId: number, line: string): void {
    this.write(`{"p":${processId},${line.slice(1)}`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.flush();
      if (this.problem !== null && this.stream.destroyed) return resolve();
      this.stream.once('close', () => resolve());
      this.stream.end();
    });
  }

  private write(line: string): void {
    if (this.problem !== null) return;
    this.bytes += line.length + 1;
    if (this.bytes > MAX_BYTES) this.problem = 'The recording has reached its largest size; the rest of the run is not in it.';
    else if (this.stream.writableLength > MAX_BACKLOG) this.problem = 'The disk is too slow for the recording; the rest of the run is not in it.';
    else this.gather(line + '\n');
  }

  private gather(line: string): void {
    if (this.text === '') setImmediate(() => this.flush());
    this.text += line;
    if (this.text.length > MUCH_TEXT) this.flush();
  }

  private flush(): void {
    if (this.text === '') return;
    if (!this.stream.destroyed) this.stream.write(this.text);
    this.text = '';
  }

  private fail(error: unknown): void {
    this.problem ??= `The recording could not be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}
