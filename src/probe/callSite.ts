/**
 * Where in the user's code a call was made: the frames of the current stack without those of packages, of Node and of the probe.
 * Where no code of the user's is on the stack, the frames of the packages that are (a framework that keeps its own rows). Positions are those of the
 * running (generated) code; the collector maps them back to sources.
 */
import { fileURLToPath } from 'node:url';
import type { SiteFrame } from '../protocol/probe';
import { EVALUATED, hasMapInNode } from './sourceMaps';

/** Frames looked at; packages between the call and the user's code (Express, Nest) take up many of them. */
export const MAX_DEPTH = 40;
const MAX_USER_FRAMES = 12;
const MAX_PACKAGE_FRAMES = 6;
const MAX_SITES = 50_000;

const ownFile = __filename;
/** File name as V8 gives it → file of user code, or null for what is not the user's. */
const userFiles = new Map<string, CodeFile | null>();
/** The same for files of packages but TypeORM, which are asked for only where no user code is on the stack. */
const packageFiles = new Map<string, CodeFile | null>();

interface CodeFile {
  readonly id: number;
  readonly path: string;
  /** Its frames that were met before, by their position in the code. Whoever calls for the first time mostly stands on frames that are known. */
  readonly frames: Map<number, KnownFrame>;
}

/** A frame, and the same in words (JSON). */
interface KnownFrame {
  readonly file: string;
  readonly json: string;
  readonly isAsync: boolean;
}

const packageFolders: string[] = [];

/** Frames below this folder are no user code, though no `node_modules` is in their path (a linked package). */
export function excludeFolder(folder: string): void {
  packageFolders.push(folder);
  for (const files of [userFiles, packageFiles]) for (const [name, file] of files) if (file?.path.startsWith(folder)) files.set(name, null);
}

/** A place in the user's code: the same object for the same stack, as far as user code goes. */
export interface CapturedSite {
  /** The id that the recorder has told it under; 0 until then. */
  id: number;
  /** Empty once told. */
  frames: readonly KnownFrame[];
  /** What it is recognised by: file and position of each frame. */
  readonly places: readonly number[];
  /** How deep the stack reaches without going through an await: frames of any kind down to the last one of the user's; and how many those are. */
  readonly syncDepth: number;
  readonly syncCount: number;
}

/** Frames of a stack, innermost first. */
export type Stack = readonly NodeJS.CallSite[];

/** Places of the stack that is being looked at: one array, used again and again. */
const places: number[] = [];
const sites = new Map<number, CapturedSite[]>();
let siteCount = 0;

/** User frames of the current stack as seen from the caller of `below`; undefined where there are none. */
export function captureSite(below: object): CapturedSite | undefined {
  return siteOfStack(takeStack(below, MAX_DEPTH));
}

/**
 * The site of a stack that was taken in full. Stacks are told apart by their positions in the code, which V8 knows without counting lines:
 * only a stack met for the first time is read.
 */
export function siteOfStack(stack: Stack): CapturedSite | undefined {
  const hash = notePlaces(stack, userFileOf, MAX_USER_FRAMES);
  if (places.length > 0) return knownSite(hash) ?? keepSite(hash, readFrames(stack, userFileOf, MAX_USER_FRAMES), syncPartOf(stack));
  const hashInPackages = notePlaces(stack, packageFileOf, MAX_PACKAGE_FRAMES);
  if (places.length === 0) return undefined;
  return knownSite(hashInPackages) ?? keepSite(hashInPackages, readFrames(stack, packageFileOf, MAX_PACKAGE_FRAMES), lookedAtInFull);
}

/**
 * Whether a stack, taken to the site's `syncDepth`, is the site's as far as it can be seen without following awaits. Those are the dear
 * part of a long stack.
 */
export function isStackOf(site: CapturedSite, stack: Stack): boolean {
  let at = 0;
  for (const callSite of stack) {
    const file = userFileOf(callSite);
    if (file === null) continue;
    if (site.places[at] !== file.id || site.places[at + 1] !== callSite.getPosition()) return false;
    at += 2;
  }
  return at === 2 * site.syncCount;
}

/**
 * Whether two sites are the same line, reached the same way as far as both can be seen without following awaits. (The first turn of a loop still
 * stands on its caller's frame; behind its first await it does not.)
 */
export function isSameLine(one: CapturedSite, other: CapturedSite): boolean {
  if (one === other) return true;
  const common = Math.min(one.syncCount, other.syncCount);
  for (let at = 0; at < 2 * common; at++) if (one.places[at] !== other.places[at]) return false;
  return common > 0;
}

type FileOf = (callSite: NodeJS.CallSite) => CodeFile | null;

/** @returns a hash of the places of frames in such files */
function notePlaces(stack: Stack, fileOf: FileOf, most: number): number {
  places.length = 0;
  let hash = 0;
  for (const callSite of stack) {
    const file = fileOf(callSite);
    if (file === null) continue;
    const position = callSite.getPosition();
    places.push(file.id, position);
    hash = (Math.imul(hash, 31) + position + file.id) | 0;
    if (places.length === 2 * most) break;
  }
  return hash;
}

/** The site at the places that were noted last. */
function knownSite(hash: number): CapturedSite | undefined {
  return sites.get(hash)?.find((site) => site.places.length === places.length && startsWithPlaces(site));
}

type SyncPart = Pick<CapturedSite, 'syncDepth' | 'syncCount'>;

/** Of a stack in packages: the user's code may stand behind their awaits the next time. */
const lookedAtInFull: SyncPart = { syncDepth: 0, syncCount: 0 };

function keepSite(hash: number, frames: readonly KnownFrame[], syncPart: SyncPart): CapturedSite {
  const site = { id: 0, frames, places: places.slice(), ...syncPart };
  if (siteCount >= MAX_SITES) return site;
  siteCount++;
  const alike = sites.get(hash);
  if (alike) alike.push(site);
  else sites.set(hash, [site]);
  return site;
}

function startsWithPlaces(site: CapturedSite): boolean {
  for (let at = 0; at < places.length; at++) if (site.places[at] !== places[at]) return false;
  return true;
}

function syncPartOf(stack: Stack): SyncPart {
  let syncDepth = 0;
  let syncCount = 0;
  for (const [index, callSite] of stack.entries()) {
    if (isAsync(callSite) || syncCount === MAX_USER_FRAMES) break;
    if (userFileOf(callSite) === null) continue;
    syncDepth = index + 1;
    syncCount++;
  }
  return { syncDepth, syncCount };
}

function readFrames(stack: Stack, fileOf: FileOf, most: number): KnownFrame[] {
  const frames: KnownFrame[] = [];
  for (const callSite of stack) {
    const file = fileOf(callSite);
    if (file === null) continue;
    frames.push(frameOf(file, callSite));
    if (frames.length === most) break;
  }
  return frames;
}

function frameOf(file: CodeFile, callSite: NodeJS.CallSite): KnownFrame {
  const position = callSite.getPosition();
  const async = isAsync(callSite);
  const known = file.frames.get(position);
  if (known?.isAsync === async) return known;
  const named = callSite.getFunctionName();
  // Within evaluated text, V8 calls functions without a name so.
  const name = named === 'eval' && file.path.startsWith(EVALUATED) ? null : named;
  const line = callSite.getLineNumber() ?? 0;
  const column = callSite.getColumnNumber() ?? 0;
  const told: SiteFrame = { file: file.path, line, column, function: name ?? callSite.getMethodName(), async };
  const frame = { file: file.path, json: JSON.stringify(told), isAsync: async };
  // A method that has no name of its own has its object's.
  if (name !== null && siteCount < MAX_SITES) file.frames.set(position, frame);
  return frame;
}

const nothing: Stack = [];
const { captureStackTrace } = Error;
/** Used again and again: V8 takes longer to give an object a stack for the first time. */
const holder: { stack?: unknown } = {};

/**
 * The frames above `below`, at most `depth` of them. V8 spends most of the time on our own frames beneath, and on the values that optimised
 * code holds in them: so hooks come here through as few functions as can be, and before they have looked at anything. Both settings of `Error`
 * that it needs are the app's own: they are put back before anything else runs.
 */
export function takeStack(below: object, depth: number): Stack {
  try {
    const limit = Error.stackTraceLimit;
    const prepare = Error.prepareStackTrace;
    try {
      Error.stackTraceLimit = depth;
      Error.prepareStackTrace = keepCallSites;
      captureStackTrace(holder, below as () => void);
      return Array.isArray(holder.stack) ? (holder.stack as Stack) : nothing;
    } finally {
      Error.stackTraceLimit = limit;
      Error.prepareStackTrace = prepare;
    }
  } catch {
    // An app that has frozen `Error`.
    return nothing;
  }
}

function keepCallSites(_error: unknown, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  return callSites;
}

function userFileOf(callSite: NodeJS.CallSite): CodeFile | null {
  const name = callSite.getFileName() ?? evaluatedModule(callSite);
  if (!name) return null;
  const known = userFiles.get(name);
  return known === undefined ? noteFile(userFiles, name, toUserFile(name)) : known;
}

function packageFileOf(callSite: NodeJS.CallSite): CodeFile | null {
  const name = callSite.getFileName();
  if (!name) return null;
  const known = packageFiles.get(name);
  return known === undefined ? noteFile(packageFiles, name, toPackageFile(name)) : known;
}

function noteFile(files: Map<string, CodeFile | null>, name: string, path: string | null): CodeFile | null {
  const file = path === null ? null : { id: userFiles.size + packageFiles.size, path, frames: new Map<number, KnownFrame>() };
  files.set(name, file);
  return file;
}

/** A module that a bundler evaluates as text (`next dev`): its URL, with a hash by which it differs from what it was before an edit. */
function evaluatedModule(callSite: NodeJS.CallSite): string | null {
  const { sourceMapsEnabled } = process as { readonly sourceMapsEnabled?: boolean };
  if (sourceMapsEnabled !== true || !callSite.isEval()) return null;
  const url = callSite.getScriptNameOrSourceURL();
  return typeof url === 'string' && url.startsWith(EVALUATED) ? `${url}?${callSite.getScriptHash().slice(0, 12)}` : null;
}

function toUserFile(name: string): string | null {
  if (name.startsWith('node:') || name === ownFile) return null;
  // Without its map its lines are those of the bundler's text, which nobody can find.
  if (name.startsWith(EVALUATED)) return isInPackage(name) || !hasMapInNode(name) ? null : name;
  const file = absolutePathOf(name);
  return file !== null && !isInPackage(file) ? file : null;
}

/** TypeORM itself, and what compilers put between a function and its caller. */
const BETWEEN = /[\\/]node_modules[\\/](?:typeorm|tslib|@swc[\\/]helpers|@babel[\\/]runtime|regenerator-runtime)[\\/]/;

function toPackageFile(name: string): string | null {
  if (name.startsWith('node:') || name === ownFile) return null;
  const file = absolutePathOf(name);
  return file !== null && isInPackage(file) && !BETWEEN.test(file) && !packageFolders.some((folder) => file.startsWith(folder)) ? file : null;
}

function absolutePathOf(name: string): string | null {
  const file = name.startsWith('file://') ? pathOf(name) : name;
  return file !== null && (file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file) || file.startsWith('\\\\')) ? file : null;
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
