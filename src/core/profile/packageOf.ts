import type { Finding, Site } from './queryProfile';

/** Where a package lies within its file's path: `/app/node_modules/@vendure/core` of `/app/node_modules/@vendure/core/dist/job.js`. The innermost, where they are nested. */
const INSTALLED = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?=[\\/])/s;

/**
 * The package that a file is installed by.
 *
 * @param file a path with slashes of either kind
 * @returns its name and its folder; null where the file lies in no `node_modules`: code of the user's
 */
export function packageOf(file: string): { readonly name: string; readonly folder: string } | null {
  const [folder, name] = INSTALLED.exec(file) ?? [];
  return folder === undefined || name === undefined ? null : { name: name.replace('\\', '/'), folder };
}

/** `@vendure/core/dist/job.js` for a file of a package, null for others. */
export function pathInPackage(file: string): string | null {
  const installed = packageOf(file);
  return installed && installed.name + file.slice(installed.folder.length);
}

/** Whether a place is known, and none in the user's code. */
export function isInPackage(site: Site | null): boolean {
  return site !== null && packageOf(site.file) !== null;
}

/** Whether it is about what a package does by itself: at a line of its own, with nothing or with rows that it has read itself. */
export function isOfPackage({ site, parent }: Pick<Finding, 'site' | 'parent'>): boolean {
  return isInPackage(site) && (parent === null || isInPackage(parent.site));
}
