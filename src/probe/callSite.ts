/**
 * Where in the user's code a call was made: the frames of the current stack without those of packages, of Node and of the probe.
 * Positions are those of the running (generated) code; the collector maps them back to sources.
 */
import { fileURLToPath } from 'node:url';
import type { SiteFrame } from '../protocol/probe';

/** Frames looked at; packages between the call and the user's code (Express, Nest) take up many of them. */
const MAX_DEPTH = 40;
const MAX_USER_FRAMES = 12;

const ownFile = __filename;
/** File name as V8 gives it → path in user code, or null for what is not the user's. */
const userFiles = new Map<string, string | null>();

const packageFolders: string[] = [];

/** Frames below this folder are no user code, though no `node_modules` is in their path (a linked package). */
export function excludeFolder(folder: string): void {
  packageFolders.push(folder);
  userFiles.clear();
}

/** User frames of the current stack, innermost first, as seen from the caller of `below`. Empty where there are none. */
export function captureUserFrames(below: object): SiteFrame[] {
  const frames: SiteFrame[] = [];
  for (const callSite of captureCallSites(below)) {
    const file = userFileOf(callSite);
    if (file === null) continue;
    frames.push({
      file,
      line: callSite.getLineNumber() ?? 0,
      column: callSite.getColumnNumber() ?? 0,
      function: callSite.getFunctionName() ?? callSite.getMethodName(),
      async: isAsync(callSite),
    });
    if (frames.length === MAX_USER_FRAMES) break;
  }
  return frames;
}

/**
 * Structured frames above `below`. Both settings of `Error` that this needs are the app's own: they are put back before anything
 * else runs.
 */
export function captureCallSites(below: object): readonly NodeJS.CallSite[] {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = MAX_DEPTH;
    Error.prepareStackTrace = keepCallSites;
    Error.captureStackTrace(holder, below as () => void);
    return Array.isArray(holder.stack) ? (holder.stack as NodeJS.CallSite[]) : [];
  } finally {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = prepare;
  }
}

function keepCallSites(_error: unknown, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  return callSites;
}

function userFileOf(callSite: NodeJS.CallSite): string | null {
  const name = callSite.getFileName();
  if (!name) return null;
  const known = userFiles.get(name);
  if (known !== undefined) return known;
  const file = toUserFile(name);
  userFiles.set(name, file);
  return file;
}

function toUserFile(name: string): string | null {
  if (name.startsWith('node:') || name === ownFile) return null;
  const file = name.startsWith('file://') ? pathOf(name) : name;
  const isAbsolute = file !== null && (file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file) || file.startsWith('\\\\'));
  return isAbsolute && !isInPackage(file) ? file : null;
}

function isInPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file) || packageFolders.some((folder) => file.startsWith(folder));
}

function pathOf(url: string): string | null {
  try {
    return fileURLToPath(url.replace(/[?#].*$/, ''));
  } catch {
    return null;
  }
}

function isAsync(callSite: NodeJS.CallSite): boolean {
  // Absent from Node's type declarations; V8 has it since Node 12.
  const { isAsync: ask } = callSite as NodeJS.CallSite & { isAsync?: () => boolean };
  return ask?.call(callSite) ?? false;
}
