/**
 * Packages in node_modules that build on TypeORM: base classes, decorators and entities that a workspace takes from them belong to its
 * graph. All others are left alone, for there are thousands, and none of them can declare a column.
 */
import { isTypeormSpecifier } from '../evaluate/knownPackages';
import { folderOf, joinPath, parseJson } from './paths';

export interface PackageFiles {
  fileExists(file: string): boolean;
  readFile(file: string): string | undefined;
}

interface InstalledPackage {
  readonly folder: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly buildsOnTypeorm: boolean;
}

export class InstalledPackages {
  private found = new Map<string, InstalledPackage | null>();

  constructor(private readonly files: PackageFiles) {}

  reset(): void {
    this.found = new Map();
  }

  /** Paths, without or with extension, at which a specifier's module may lie; none where the package has nothing to do with TypeORM. */
  candidates(folder: string, specifier: string): string[] {
    const { name, rest } = splitSpecifier(specifier);
    const installed = this.find(folder, name);
    if (!installed?.buildsOnTypeorm) return [];
    const { manifest } = installed;
    const exported = conditional(subpath(manifest['exports'], rest));
    const main = rest === '' ? [manifest['main'], 'index'] : [rest];
    return [exported, ...main].flatMap((entry) => (typeof entry === 'string' ? joinPath(installed.folder, entry) : []));
  }

  /** True where the package is installed and has nothing to do with TypeORM. */
  isForeign(folder: string, specifier: string): boolean {
    return this.find(folder, splitSpecifier(specifier).name)?.buildsOnTypeorm === false;
  }

  /** The package as Node.js would find it from a folder. */
  private find(folder: string, name: string): InstalledPackage | null {
    const key = `${folder}\n${name}`;
    let known = this.found.get(key);
    if (known === undefined) {
      const parent = folderOf(folder);
      known = this.read(joinPath(folder, `node_modules/${name}`)) ?? (parent === folder ? null : this.find(parent, name));
      this.found.set(key, known);
    }
    return known;
  }

  private read(folder: string): InstalledPackage | null {
    const file = `${folder}/package.json`;
    const manifest = this.files.fileExists(file) ? parseJson(this.files.readFile(file)) : null;
    if (!manifest) return null;
    const needed = [manifest['dependencies'], manifest['peerDependencies']].flatMap((list) => Object.keys(list ?? {}));
    return { folder, manifest, buildsOnTypeorm: needed.some(isTypeormSpecifier) };
  }
}

/** `@scope/name/rest` → its name and the rest. */
export function splitSpecifier(specifier: string): { readonly name: string; readonly rest: string } {
  const parts = specifier.split('/');
  const nameLength = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, nameLength).join('/'), rest: parts.slice(nameLength).join('/') };
}

/** The entry of package.json's `exports` for a subpath; patterns are not followed. */
function subpath(exports: unknown, rest: string): unknown {
  if (typeof exports !== 'object' || exports === null) return rest === '' ? exports : undefined;
  const entries = exports as Record<string, unknown>;
  const hasPaths = Object.keys(entries).some((key) => key.startsWith('.'));
  if (!hasPaths) return rest === '' ? entries : undefined;
  return entries[rest === '' ? '.' : `./${rest}`];
}

/** Of the conditions those under which Node.js gets JavaScript. */
function conditional(entry: unknown): string | null {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return null;
  const conditions = entry as Record<string, unknown>;
  for (const name of ['node', 'require', 'default', 'import']) {
    const found = conditional(conditions[name]);
    if (found !== null) return found;
  }
  return null;
}
