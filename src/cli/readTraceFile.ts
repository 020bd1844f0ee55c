import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { readTrace } from '../core/profile/otlp/readOtlp';
import { readSpans, tracesIn, type TraceSpan } from '../core/profile/otlp/traceSpans';
import { createProfileBuilder } from '../core/profile/profileBuilder';
import type { Thresholds } from '../core/profile/thresholds';
import type { ProbeEvent } from '../protocol/probe';
import { FileError } from './io';
import type { RecordedRun } from './readRecording';

/** Whether a file begins like OTLP/JSON; a recording of ours begins with its header. */
export async function isTraceFile(file: string): Promise<boolean> {
  const start = await firstCharacters(file, 4096);
  return !start.startsWith('{"e":"recording"') && /^\s*[[{]/.test(start) && /"(?:resourceSpans|resourceMetrics|resourceLogs|batches)"/.test(start);
}

/**
 * Reads a file of traces and judges them like a run of ours.
 * @param folder places in the code are named from it, where the traces are of an app in it; else from the root, as the trace names them
 * @throws FileError naming the line that is no OTLP/JSON
 */
export async function readTraceFile(file: string, thresholds: Partial<Thresholds>, folder: string): Promise<RecordedRun> {
  const { processes, notices, startedAtMs } = readTrace(await spansOfFile(file));
  const root = [...processes.values()].some((events) => events.some((event) => isIn(folder, event))) ? folder : '/';
  const builder = createProfileBuilder({ runId: path.basename(file), thresholds, isTrace: true, root });
  for (const [service, events] of processes) {
    for (const event of events) builder.add(service, event);
    builder.endProcess(service);
  }
  const name = [...processes.keys()].join(', ') || path.basename(file);
  const run = { id: path.basename(file), name, startedAtMs, state: 'ended', pids: [], typeormVersions: [], drivers: [] } as const;
  return { profile: builder.profile({ ...run, message: notices[0] ?? null }), cwd: root };
}

function isIn(folder: string, event: ProbeEvent): boolean {
  return event.e === 'site' && event.frames.some(({ file }) => isInside(path.relative(folder, file)));
}

function isInside(relative: string): boolean {
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** One document a line, as collectors write them, or one (pretty-printed, perhaps a list) for the whole file. */
async function spansOfFile(file: string): Promise<TraceSpan[]> {
  const spans: TraceSpan[] = [];
  let number = 0;
  for await (const line of readline.createInterface({ input: fs.createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    const document = parse(line);
    if (document === undefined && spans.length === 0) return spansOfDocument(file);
    if (document === undefined) throw new FileError(`${file}:${number} is no JSON; was the file cut off? Remove the line to read the rest.`);
    spans.push(...spansOf(document, `${file}:${number}`));
  }
  return spans;
}

async function spansOfDocument(file: string): Promise<TraceSpan[]> {
  const document = parse(await fs.promises.readFile(file, 'utf8'));
  if (document === undefined) throw new FileError(`${file} is no JSON; export the traces as OTLP/JSON, one document or one a line.`);
  return spansOf(document, file);
}

function spansOf(document: unknown, place: string): TraceSpan[] {
  if (Array.isArray(document)) return document.flatMap((part) => spansOf(part, place));
  if (isOtherSignal(document)) return [];
  const traces = tracesIn(document);
  if (traces === null) throw new FileError(`${place} holds no OTLP traces (there is no \`resourceSpans\` in it).`);
  return readSpans(traces);
}

/** The collector writes metrics and logs into the same file where its pipelines share an exporter. */
function isOtherSignal(document: unknown): boolean {
  return typeof document === 'object' && document !== null && ('resourceMetrics' in document || 'resourceLogs' in document);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function firstCharacters(file: string, count: number): Promise<string> {
  try {
    const handle = await fs.promises.open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return '';
  }
}
