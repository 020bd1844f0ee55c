/** The `exports` and `imports` of a package.json: what a specifier leads to, by https://nodejs.org/api/packages.html, whichever condition holds. */

/** The targets that a map has for a key, those of the first conditions first, with `*` filled in. */
export function mappedTargets(map: unknown, key: string): string[] {
  if (!isMap(map)) return key === '.' ? targetsIn(map) : [];
  // Conditions alone stand for the package itself.
  if (!Object.keys(map).some((name) => /^[.#]/.test(name))) return key === '.' ? targetsIn(map) : [];
  if (Object.hasOwn(map, key)) return targetsIn(map[key]);
  const patterns = Object.keys(map).filter((name) => name.includes('*') && matches(name, key));
  const [best] = patterns.sort((left, right) => right.indexOf('*') - left.indexOf('*'));
  if (best === undefined) return [];
  const [prefix = '', suffix = ''] = best.split('*');
  const filling = key.slice(prefix.length, key.length - suffix.length);
  return targetsIn(map[best]).map((target) => target.replaceAll('*', filling));
}

/** Where the source of a published file may lie: `dist/index.d.ts` stands for `src/index`. */
export function sourcesOf(target: string): string[] {
  const path = target.replace(/^\.\//, '');
  const stem = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
  const [output = '', ...rest] = stem.split('/');
  const inside = /^(?:dist|lib|build|out)$/.test(output) ? rest.join('/') : null;
  // `dist/esm/index.js` and its like have a folder for each module system.
  const deeper = inside === null ? null : inside.replace(/^(?:esm|cjs|es|commonjs|types)\//, '');
  return [...new Set([...(inside === null ? [] : [`src/${inside}`, `src/${deeper}`, inside]), stem, path])];
}

function matches(pattern: string, key: string): boolean {
  const [prefix = '', suffix = ''] = pattern.split('*');
  return key.length >= prefix.length + suffix.length && key.startsWith(prefix) && key.endsWith(suffix);
}

function targetsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(targetsIn);
  return isMap(value) ? Object.values(value).flatMap(targetsIn) : [];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
