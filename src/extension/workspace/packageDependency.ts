/** Packages whose presence means that a workspace works with TypeORM. */
const PACKAGES = ['typeorm', '@nestjs/typeorm'];
const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

/**
 * Whether a package.json lists typeorm, under its own name or as an alias (`"orm": "npm:typeorm@1"`).
 * Text that is no JSON yet (being typed) depends on nothing.
 */
export function dependsOnTypeorm(packageJson: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(packageJson);
  } catch {
    return false;
  }
  return SECTIONS.some((section) => listsTypeorm(propertyOf(parsed, section)));
}

function listsTypeorm(dependencies: unknown): boolean {
  if (typeof dependencies !== 'object' || dependencies === null) return false;
  return Object.entries(dependencies).some(
    ([name, version]) => PACKAGES.includes(name) || (typeof version === 'string' && /^npm:typeorm(@|$)/.test(version)),
  );
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
