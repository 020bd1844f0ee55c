import path from 'node:path';
import type { Site } from '../core/profile/queryProfile';

/** A file as seen from a folder, with forward slashes. */
export function relativeTo(root: string, file: string): string {
  return path.relative(root, file).replaceAll('\\', '/') || file;
}

export function placeIn(root: string, site: Site): string {
  return `${relativeTo(root, site.file)}:${site.line}`;
}
