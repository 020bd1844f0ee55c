/** Positions of running code → positions in the sources, through source maps that the probe sent or that lie beside the file. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { SiteEvent, SiteFrame, SourceMapEvent } from '../protocol/probe';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

export class SiteMapper {
  private readonly sent = new Map<string, TraceMap | null>();
  private readonly onDisk = new Map<string, { readonly map: TraceMap | null; readonly version: string }>();

  constructor(private readonly cwd: string) {}

  /** A map that the probe sent; one that cannot be read counts as none. */
  add({ file, map }: SourceMapEvent): void {
    this.sent.set(file, readMap(map, file));
  }

  /** The site with frames in the sources; frames that turn out to be in packages (of a bundled app) are left out. */
  map(site: SiteEvent): SiteEvent {
    return { ...site, frames: site.frames.map((frame) => this.mapFrame(frame)).filter(({ file }) => !isInPackage(file)) };
  }

  private mapFrame(frame: SiteFrame): SiteFrame {
    const map = this.mapOf(frame.file);
    if (!map || frame.line < 1) return frame;
    const { source, line, column } = originalPositionFor(map, { line: frame.line, column: Math.max(0, frame.column - 1) });
    if (source === null || line === null) return frame;
    return { ...frame, file: sourcePath(source, this.cwd), line, column: column + 1 };
  }

  private mapOf(file: string): TraceMap | null {
    const sent = this.sent.get(file);
    if (sent !== undefined || !/\.[cm]?jsx?$/.test(file)) return sent ?? null;
    const known = this.onDisk.get(file);
    const version = versionOf(file) ?? known?.version ?? '';
    if (known?.version === version) return known.map;
    const map = mapOnDisk(file);
    this.onDisk.set(file, { map, version });
    return map;
  }
}

/** A bundler that reloads changed modules (Turbopack) writes them and their maps to the same files. Undefined where the file is gone. */
function versionOf(file: string): string | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.mtimeMs} ${stat.size}`;
}

function mapOnDisk(file: string): TraceMap | null {
  const content = readText(file);
  const at = content?.lastIndexOf('//# sourceMappingURL=') ?? -1;
  if (content === null || at < 0) return null;
  const url = /^\S+/.exec(content.slice(at + '//# sourceMappingURL='.length))?.[0];
  return url ? readMap(url, file) : null;
}

/** @param map a `data:` URL, or where the map lies, relative to the file */
function readMap(map: string, file: string): TraceMap | null {
  try {
    if (map.startsWith('data:')) return new AnyMap(decodeDataUrl(map), pathToFileURL(file).href);
    const mapFile = map.startsWith('file:') ? fileURLToPath(map) : path.resolve(path.dirname(file), decodeURI(map));
    const content = readText(mapFile);
    return content === null ? null : new AnyMap(content, pathToFileURL(mapFile).href);
  } catch {
    return null;
  }
}

function decodeDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const data = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64') ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data);
}

/** Bundlers name sources by URLs of their own (`webpack://shop/./src/app.ts?1a2b`, `turbopack:///[project]/app/page.tsx`), which are relative to the project. */
function sourcePath(source: string, cwd: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source.replace(/[?#].*$/, ''));
  const bundled = /^(?:webpack|turbopack|ng|rollup|vite):\/\/[^/]*\/(?:\[project\]\/)?(.*?)(?:\?.*)?$/.exec(source)?.[1];
  return bundled === undefined ? path.resolve(cwd, source) : path.resolve(cwd, bundled.replace(/^\/+/, ''));
}

function isInPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

function readText(file: string): string | null {
  try {
    return fs.statSync(file).size > MAX_FILE_BYTES ? null : fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
