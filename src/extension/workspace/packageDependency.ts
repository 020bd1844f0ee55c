import * as path from 'node:path';

/** Packages whose presence means that a workspace works with TypeORM. */
const PACKAGES = ['typeorm', '@nestjs/typeorm'];
const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
/** What an app runs with: a tool for development that has TypeORM within says nothing of the app. */
const RUNTIME_SECTIONS = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** The text of a file; null where there is none that may be read. */
export type ReadText = (file: string) => Promise<string | null>;

/**
 * Whether a package.json lists typeorm, under its own name or as an alias (`"orm": "npm:typeorm@1"`).
 * Text that is no JSON yet (being typed) depends on nothing.
 */
export function dependsOnTypeorm(packageJson: string): boolean {
  const parsed = parse(packageJson);
  return SECTIONS.some((section) => listsTypeorm(propertyOf(parsed, section)));
}

/**
 * Whether an installed package that a package.json lists brings typeorm along, where the app's own code can import it: an app on Vendure lists
 * `@vendure/core` alone. A package that can do without it (an optional peer) brings nothing.
 *
 * @param folder of the package.json; modules are looked for in it and above it, as Node.js does
 */
export async function bringsTypeorm(packageJson: string, folder: string, read: ReadText): Promise<boolean> {
  if ((await installed('typeorm', folder, read)) === null) return false;
  const parsed = parse(packageJson);
  const names = RUNTIME_SECTIONS.flatMap((section) => Object.keys(objectOf(propertyOf(parsed, section))));
  const manifests = await Promise.all(names.map((name) => installed(name, folder, read)));
  return manifests.some((manifest) => manifest !== null && needsTypeorm(parse(manifest)));
}

async function installed(name: string, folder: string, read: ReadText): Promise<string | null> {
  const text = await read(path.join(folder, 'node_modules', name, 'package.json'));
  const above = path.dirname(folder);
  return text !== null || above === folder ? text : installed(name, above, read);
}

function needsTypeorm(manifest: unknown): boolean {
  const peers = objectOf(propertyOf(manifest, 'peerDependencies'));
  const meta = objectOf(propertyOf(manifest, 'peerDependenciesMeta'));
  const needed = Object.keys(peers).filter((name) => propertyOf(meta[name], 'optional') !== true);
  return listsTypeorm(propertyOf(manifest, 'dependencies')) || needed.some((name) => PACKAGES.includes(name));
}

function listsTypeorm(dependencies: unknown): boolean {
  return Object.entries(objectOf(dependencies)).some(
    ([name, version]) => PACKAGES.includes(name) || (typeof version === 'string' && /^npm:typeorm(@|$)/.test(version)),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return objectOf(value)[name];
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
