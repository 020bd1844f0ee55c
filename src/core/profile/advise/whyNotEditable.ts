import type { Site } from '../queryProfile';

/** The reason why no edit can be offered at a site, or null where one can. */
export function whyNotEditable(site: Site | null): string | null {
  if (site === null) return 'The line that ran the query is not known.';
  if (/\/node_modules\//.test(site.file)) return 'The query stands in a package, not in your sources.';
  return isCompiledOutput(site.file) ? COMPILED : null;
}

/** Why an edit of a compiler's output is none. */
export const COMPILED = 'The query stands in compiled JavaScript; turn on source maps, or change the source by hand.';

/** By its folder; plain JavaScript stands elsewhere. */
function isCompiledOutput(file: string): boolean {
  return /\/(dist|build|out|\.next|\.output)\/.*\.[cm]?jsx?$/.test(file);
}
