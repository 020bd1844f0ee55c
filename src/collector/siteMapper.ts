/** Positions of running code → positions in the sources, through source maps that the probe sent or that lie beside the file. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import { packageOf } from '../core/profile/packageOf';
import type { SiteEvent, SiteFrame, SourceMapEvent } from '../protocol/probe';
import { TypeormUsers } from './typeormUsers';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Maps that lead on to each other. */
const MOST_STEPS = 4;

export class SiteMapper {
  private readonly typeormUsers = new TypeormUsers();
  private readonly sent = new Map<string, TraceMap | null>();
  private readonly onDisk = new Map<string, { readonly map: TraceMap | null; readonly version: string }>();

  constructor(private readonly cwd: string) {}

  /** A map that the probe sent; one that cannot be read counts as none. */
  add({ file, map }: SourceMapEvent): void {
    this.sent.set(file, readMap(map, file));
  }

  /**
   * The site with frames in the sources. Those that are in packages (or turn out to be, in a bundled app) are left out; where there are no others, those of
   * packages remain that ask TypeORM themselves.
   */
  map(site: SiteEvent): SiteEvent {
    const frames = site.frames.map((frame) => this.mapFrame(frame));
    const own = frames.filter(({ file }) => packageOf(file) === null);
    return { ...site, frames: own.length > 0 ? own : frames.filter(({ file }) => this.typeormUsers.isPartOfOne(file)) };
  }

  /** What is built of what was built before (SvelteKit's adapter-node bundles the output of Vite) has its sources behind several maps. */
  private mapFrame(frame: SiteFrame): SiteFrame {
    let mapped = this.mapBy(this.mapOf(frame.file), frame);
    for (let step = 1, before = frame; step < MOST_STEPS && mapped.file !== before.file; step++) {
      before = mapped;
      mapped = this.mapBy(this.diskMapOf(mapped.file), mapped);
    }
    return mapped;
  }

  private mapBy(map: TraceMap | null, frame: SiteFrame): SiteFrame {
    if (!map || frame.line < 1) return frame;
    const { source, line, column } = originalPositionFor(map, { line: frame.line, column: Math.max(0, frame.column - 1) });
    if (source === null || line === null) return frame;
    const file = sourcePath(source, this.cwd);
    // Packages are often installed with their maps and without their sources.
    return packageOf(frame.file) !== null && !fs.existsSync(file) ? frame : { ...frame, file, line, column: column + 1 };
  }

  private mapOf(file: string): TraceMap | null {
    const sent = this.sent.get(file);
    return sent === undefined ? this.diskMapOf(file) : sent;
  }

  private diskMapOf(file: string): TraceMap | null {
    if (!/\.[cm]?jsx?$/.test(file)) return null;
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

function readText(file: string): string | null {
  try {
    return fs.statSync(file).size > MAX_FILE_BYTES ? null : fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
