/** Node's `path`, as far as entity globs are made with it. */
import { folderOf, joinPath } from '../resolve/paths';
import { native, unknown, type Value } from './values';

/** An export of `path`; unknown for what makes no path of others. */
export function pathExport(name: string): Value {
  if (name === '*' || name === '=' || name === 'default') return { kind: 'namespace', get: pathMember, names: () => Object.keys(members) };
  return pathMember(name);
}

function pathMember(name: string): Value {
  return Object.hasOwn(members, name) ? members[name] : unknown;
}

const members: Readonly<Record<string, Value>> = {
  sep: '/',
  dirname: native('dirname', ([path]) => (typeof path === 'string' ? dirname(path) : unknown)),
  normalize: native('normalize', ([path]) => (typeof path === 'string' ? normalized(path) : unknown)),
  join: native('join', (parts) => (areTexts(parts) ? normalized(parts.join('/')) : unknown)),
  // What the working directory is, and so where a relative path leads, is left to whoever asks.
  resolve: native('resolve', (parts) => (areTexts(parts) ? normalized(parts.reduce(resolved, '')) : unknown)),
};

function dirname(path: string): string {
  return path.includes('/') ? folderOf(path) : '.';
}

function areTexts(parts: readonly Value[]): parts is readonly string[] {
  return parts.every((part) => typeof part === 'string');
}

function resolved(left: string, right: string): string {
  return left === '' || isAbsolute(right) ? right : `${left}/${right}`;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

function normalized(path: string): string {
  return isAbsolute(path) ? joinPath('/', path) : path;
}
