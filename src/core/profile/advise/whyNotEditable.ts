import { packageOf } from '../packageOf';
import type { Site } from '../queryProfile';

/** The reason why no edit can be offered at a site, or null where one can. */
export function whyNotEditable(site: Site | null): string | null {
  if (site === null) return 'The line that ran the query is not known.';
  const installed = packageOf(site.file);
  if (installed !== null) return `The query stands in a package, \`${installed.name}\`, not in your sources.`;
  if (!/\.[mc]?tsx?$/.test(site.file))
    return 'The query stands in compiled or plain JavaScript; turn on source maps, or change the TypeScript source by hand.';
  return null;
}
