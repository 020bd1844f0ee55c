/** File URLs, by which modules say where they lie: `fileURLToPath(new URL('./entities/*.js', import.meta.url))`. */
import { folderOf, joinPath } from '../resolve/paths';
import { hasKind, native, objectOf, unknown, type NativeValue, type Value } from './values';

/** `import.meta` of a file. */
export function importMeta(file: string): Value {
  return objectOf([
    ['url', urlOf(file)],
    ['filename', file],
    ['dirname', folderOf(file)],
  ]);
}

/** The class `URL`, for file URLs. */
export const fileUrl: NativeValue = {
  ...native('URL', () => unknown),
  construct: ([written, base]) => {
    if (typeof written !== 'string') return unknown;
    const from = base === undefined ? '' : pathOfUrl(base);
    const path = written.startsWith('file:') ? pathOfUrl(written) : from && joinPath(folderOf(from), written);
    return path
      ? objectOf([
          ['href', urlOf(path)],
          ['pathname', path],
        ])
      : unknown;
  },
};

/** An export of `url`; undefined where it is none of these. */
export function urlExport(name: string): Value {
  if (name === '*' || name === '=' || name === 'default') {
    return { kind: 'namespace', get: (member) => urlExport(member) ?? unknown, names: () => ['fileURLToPath', 'URL'] };
  }
  if (name === 'URL') return fileUrl;
  return name === 'fileURLToPath' ? fileUrlToPath : unknown;
}

const fileUrlToPath = native('fileURLToPath', ([url]) => pathOfUrl(url) ?? unknown);

/** What functions of Node take for a file: an absolute path or a file URL. Null for anything else. */
export function pathOfFile(value: Value): string | null {
  return typeof value === 'string' && !value.startsWith('file:') ? value : pathOfUrl(value);
}

function urlOf(path: string): string {
  return path.startsWith('/') ? `file://${path}` : `file:///${path}`;
}

/** Null for what is no file URL. */
function pathOfUrl(url: Value): string | null {
  const text = hasKind(url, 'object') ? url.properties.get('href') : url;
  if (typeof text !== 'string' || !text.startsWith('file://')) return null;
  return text.slice('file://'.length).replace(/^\/(?=[A-Za-z]:)/, '');
}
