/**
 * Source maps of code transpiled in memory (ts-node, swc, tsx): only the process itself ever sees them. Maps that lie on disk are
 * the collector's business.
 */
import Module from 'node:module';

const MAX_MAP_LENGTH = 16 * 1024 * 1024;
const inlineMaps = new Map<string, string>();

/** Keeps the map at the end of a module's compiled text, where it is an inline one. */
export function rememberInlineMap(file: string, content: string): void {
  const url = inlineMapIn(content);
  if (url !== undefined) inlineMaps.set(file, url);
}

function inlineMapIn(content: string): string | undefined {
  const at = content.lastIndexOf('//# sourceMappingURL=data:');
  if (at < 0) return undefined;
  const url = /^\S+/.exec(content.slice(at + '//# sourceMappingURL='.length))?.[0];
  return url && url.length <= MAX_MAP_LENGTH ? url : undefined;
}

/** A `data:` URL with the map of a file of the user's, if it was compiled in memory. */
export function inlineMapOf(file: string): string | undefined {
  return inlineMaps.get(file) ?? mapKnownToVitest(file) ?? mapKnownToNode(file);
}

/** What Vitest's worker keeps of the modules it has run: Vite's EvaluatedModules. */
interface VitestWorker {
  readonly evaluatedModules?: { getModulesByFile?(file: string): Iterable<{ readonly meta?: { readonly code?: unknown } }> | undefined };
}

/** Vitest runs modules that Vite has transformed, each with its map at its end. */
function mapKnownToVitest(file: string): string | undefined {
  const worker = Reflect.get(globalThis, '__vitest_worker__') as VitestWorker | undefined;
  try {
    for (const { meta } of worker?.evaluatedModules?.getModulesByFile?.(file) ?? []) {
      const url = typeof meta?.code === 'string' ? inlineMapIn(meta.code) : undefined;
      if (url !== undefined) return url;
    }
  } catch {
    // Another version of Vitest: call sites are those of the transformed code.
  }
  return undefined;
}

/** How webpack names the modules that it evaluates as text. */
export const EVALUATED = 'webpack-internal:';

/** Whether Node has kept a map of what was compiled under a URL; it does with `--enable-source-maps`. */
export function hasMapInNode(url: string): boolean {
  return payloadInNode(url) !== undefined;
}

/** Loaders of ES modules work in a thread of their own; with `--enable-source-maps` (tsx, `next dev`) Node has kept what they made. */
function mapKnownToNode(file: string): string | undefined {
  if (!/\.[cm]?tsx?$/.test(file) && !file.startsWith(EVALUATED)) return undefined;
  const payload = payloadInNode(file);
  return payload && `data:application/json;base64,${Buffer.from(JSON.stringify(payload)).toString('base64')}`;
}

function payloadInNode(file: string): object | undefined {
  try {
    return Module.findSourceMap(file.startsWith(EVALUATED) ? file.replace(/\?[0-9a-f]*$/, '') : file)?.payload;
  } catch {
    return undefined;
  }
}
