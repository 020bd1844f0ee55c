/** `// relation-lens-ignore-next-line` above a line, or `// relation-lens-ignore-line` on it: what is found there is known and meant. */
import type { Site } from './queryProfile';

export type SourceLine = (file: string, line: number) => string | null;

export function isIgnored(site: Site | null, sourceLine: SourceLine | undefined): boolean {
  if (site === null || sourceLine === undefined) return false;
  return (
    has('relation-lens-ignore-next-line', sourceLine(site.file, site.line - 1)) || has('relation-lens-ignore-line', sourceLine(site.file, site.line))
  );
}

function has(directive: string, line: string | null): boolean {
  const comment = /(\/\/|\/\*)(.*)$/.exec(line ?? '')?.[2];
  return comment !== undefined && new RegExp(`\\b${directive}\\b`).test(comment);
}
