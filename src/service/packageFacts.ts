/** What a workspace's packages tell about its TypeORM: the installed version, else the one asked for; and the kind of database. */

export interface PackageFacts {
  /** TypeORM's major version (0 or 1), or null where nothing tells. */
  readonly typeormMajor: number | null;
  /** True where every database driver asked for belongs to a database that makes an index for each foreign key. */
  readonly indexesForeignKeys: boolean;
  /** The folder of the nearest package.json above a file; '' where there is none. */
  readonly packageOf: (file: string) => string;
}

const INDEXING_DRIVERS = new Set(['mysql', 'mysql2', 'mariadb']);
const OTHER_DRIVERS = new Set([
  'pg',
  'sqlite3',
  'better-sqlite3',
  'sql.js',
  'mssql',
  'oracledb',
  'pg-native',
  'cockroachdb',
  '@google-cloud/spanner',
]);

/** @param manifests the workspace's package.json files, absolute. */
export function packageFacts(manifests: readonly string[], readFile: (file: string) => string | undefined): PackageFacts {
  const drivers = new Set(manifests.flatMap((manifest) => Object.keys(dependenciesOf(parse(readFile(manifest))))));
  const indexing = [...drivers].some((name) => INDEXING_DRIVERS.has(name));
  const folders = manifests.map((manifest) => manifest.slice(0, manifest.lastIndexOf('/'))).sort((a, b) => b.length - a.length);
  return {
    typeormMajor: typeormMajor(manifests, readFile),
    indexesForeignKeys: indexing && ![...drivers].some((name) => OTHER_DRIVERS.has(name)),
    packageOf: (file) => folders.find((folder) => file.startsWith(`${folder}/`)) ?? '',
  };
}

function typeormMajor(manifests: readonly string[], readFile: (file: string) => string | undefined): number | null {
  for (const manifest of manifests) {
    const folder = manifest.slice(0, manifest.lastIndexOf('/'));
    const installed = majorOf(parse(readFile(`${folder}/node_modules/typeorm/package.json`))['version']);
    const major = installed ?? majorOf(dependenciesOf(parse(readFile(manifest)))['typeorm']);
    if (major !== null) return major;
  }
  return null;
}

function dependenciesOf(manifest: Record<string, unknown>): Record<string, unknown> {
  return { ...record(manifest['peerDependencies']), ...record(manifest['devDependencies']), ...record(manifest['dependencies']) };
}

function majorOf(version: unknown): number | null {
  const digits = typeof version === 'string' ? /(\d+)\.\d+|^\D*(\d+)$/.exec(version) : null;
  return digits ? Number(digits[1] ?? digits[2]) : null;
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    return record(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
