/** Recordings made elsewhere, in a container or by CI: where the files that they name stand on this machine. */
import fs from 'node:fs';
import path from 'node:path';
import type { ProbeEvent } from '../protocol/probe';

/** What stood beneath one folder stands beneath another one here. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Sites are told when they are first seen, so that a recording's beginning names most of its files. */
const BYTES_LOOKED_AT = 1024 * 1024;

/**
 * How the files that a recording names were moved, told by the ends of their paths: `/app/src/author.ts` is `src/author.ts` of a folder here.
 * @param folders where the sources may be, absolute
 * @returns null where one of the files is in its place, fewer than half of them are in one of the folders, or the recording cannot be read
 */
export function moveOfRecording(recording: string, folders: readonly string[]): Move | null {
  const files = [...new Set(beginningOf(recording).split('\n').flatMap(filesOfSite))];
  return files.some((file) => fs.existsSync(file)) ? null : moveOf(files, folders, (file) => fs.existsSync(file));
}

/** Empty where it cannot be read: whoever reads all of it says why. */
function beginningOf(file: string): string {
  try {
    const descriptor = fs.openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(BYTES_LOOKED_AT);
      return bytes.toString('utf8', 0, fs.readSync(descriptor, bytes));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

/** Of the places that the ends of the paths allow, the one where most of the files are. */
export function moveOf(files: readonly string[], folders: readonly string[], exists: (file: string) => boolean): Move | null {
  const candidates = new Map<string, Move>();
  for (const file of files) for (const move of movesOf(file, folders, exists)) candidates.set(`${move.from}\n${move.to}`, move);
  let best: Move | null = null;
  let most = files.length / 2;
  for (const move of candidates.values()) {
    const found = files.filter((file) => {
      const here = movedPath(move, file);
      return here !== null && exists(here);
    }).length;
    if (found > most) [best, most] = [move, found];
  }
  return best;
}

/** The longest end of a file's path that a folder has. */
function movesOf(file: string, folders: readonly string[], exists: (file: string) => boolean): Move[] {
  return folders.flatMap((to) => {
    for (const separator of file.matchAll(/[\\/]/g)) {
      if (exists(path.join(to, ...file.slice(separator.index + 1).split(/[\\/]/)))) return [{ from: file.slice(0, separator.index), to }];
    }
    return [];
  });
}

/** Null for what does not stand beneath the folder that was moved. */
function movedPath({ from, to }: Move, file: string): string | null {
  if (file === from) return to;
  return file.startsWith(from) && /[\\/]/.test(file.charAt(from.length)) ? path.join(to, ...file.slice(from.length + 1).split(/[\\/]/)) : null;
}

/** The folder that a run was started in: here the one that was moved, where it does not stand beneath it. */
export function movedFolder(move: Move, folder: string): string {
  return movedPath(move, folder) ?? move.to;
}

/** The event as it would have been here. */
export function movedEvent<E extends ProbeEvent>(move: Move, event: E): E {
  switch (event.e) {
    case 'hello':
      return { ...event, cwd: movedFolder(move, event.cwd) };
    case 'site':
      return { ...event, frames: event.frames.map((frame) => ({ ...frame, file: movedPath(move, frame.file) ?? frame.file })) };
    default:
      return event;
  }
}

function filesOfSite(line: string): string[] {
  if (!line.includes('"e":"site"')) return [];
  try {
    const { frames } = JSON.parse(line) as { frames?: readonly { readonly file?: unknown }[] };
    return (frames ?? []).flatMap(({ file }) => (typeof file === 'string' ? file : []));
  } catch {
    // Cut off, by a crash or because no more was read.
    return [];
  }
}
