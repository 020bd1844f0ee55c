/** Which TypeORM a workspace has: the installed one, else what its package.json asks for. */

/** @returns the major version (0 or 1), or null where nothing tells. */
export function typeormMajor(manifests: readonly string[], readFile: (file: string) => string | undefined): number | null {
  for (const manifest of manifests) {
    const folder = manifest.slice(0, manifest.lastIndexOf('/'));
    const major =
      majorOf(parse(readFile(`${folder}/node_modules/typeorm/package.json`))['version']) ?? majorOf(wantedVersion(parse(readFile(manifest))));
    if (major !== null) return major;
  }
  return null;
}

function wantedVersion(manifest: Record<string, unknown>): unknown {
  const lists = [manifest['dependencies'], manifest['devDependencies'], manifest['peerDependencies']];
  return lists
    .map((list) => (typeof list === 'object' && list !== null ? (list as Record<string, unknown>)['typeorm'] : undefined))
    .find((version) => version !== undefined);
}

function majorOf(version: unknown): number | null {
  const digits = typeof version === 'string' ? /(\d+)\.\d+|^\D*(\d+)$/.exec(version) : null;
  return digits ? Number(digits[1] ?? digits[2]) : null;
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
