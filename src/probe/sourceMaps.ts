/**
 * Source maps of code transpiled in memory (ts-node, swc, tsx): only the process itself ever sees them. Maps that lie on disk are
 * the collector's business.
 */
import Module from 'node:module';

const MAX_MAP_LENGTH = 16 * 1024 * 1024;
const inlineMaps = new Map<string, string>();

/** Keeps the map at the end of a module's compiled text, where it is an inline one. */
export function rememberInlineMap(file: string, content: string): void {
  const at = content.lastIndexOf('//# sourceMappingURL=data:');
  if (at < 0) return;
  const url = /^\S+/.exec(content.slice(at + '//# sourceMappingURL='.length))?.[0];
  if (url && url.length <= MAX_MAP_LENGTH) inlineMaps.set(file, url);
}

/** A `data:` URL with the map of a file of the user's, if it was compiled in memory. */
export function inlineMapOf(file: string): string | undefined {
  return inlineMaps.get(file) ?? mapKnownToNode(file);
}

/** Loaders of ES modules work in a thread of their own; with `--enable-source-maps` (tsx) Node has kept what they made. */
function mapKnownToNode(file: string): string | undefined {
  if (!/\.[cm]?tsx?$/.test(file)) return undefined;
  try {
    const payload = Module.findSourceMap(file)?.payload;
    return payload && `data:application/json;base64,${Buffer.from(JSON.stringify(payload)).toString('base64')}`;
  } catch {
    return undefined;
  }
}
