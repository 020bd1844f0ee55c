import { readRecording, type RecordedRun } from './readRecording';
import { isTraceFile, readTraceFile } from './readTraceFile';
import type { Thresholds } from '../core/profile/thresholds';

/**
 * Reads a run from a recording of ours, or from a file of OpenTelemetry traces (OTLP/JSON, one document or one a line).
 * @param folder where the sources may be of a recording that was made elsewhere, and which a trace's files are named from where they lie in it
 * @throws FileError where it is neither, or cannot be read
 */
export async function readRun(file: string, thresholds: Partial<Thresholds>, folder: string): Promise<RecordedRun> {
  return (await isTraceFile(file)) ? readTraceFile(file, thresholds, folder) : readRecording(file, thresholds, folder);
}
