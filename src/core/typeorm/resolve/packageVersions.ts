/** Which major version of a package a file's package uses: TypeORM 0.3 and 1.x, TypeScript before and from 6, and Babel do some things differently. */
import { folderOf, joinPath, parseJson } from './paths';

export interface VersionFiles {
  readFile(file: string): string | undefined;
  fileExists(file: string): boolean;
}

export class PackageVersions {
  private found = new Map<string, number | null>();

  constructor(
    private readonly files: VersionFiles,
    private readonly name: 'typeorm' | 'typescript' | 'babel-plugin-transform-typescript-metadata',
  ) {}

  reset(): void {
    this.found = new Map();
  }

  /** The major version installed for the files of a folder, else the one that the nearest package.json asks for; null where nothing tells. */
  majorFor(folder: string): number | null {
    let known = this.found.get(folder);
    if (known === undefined) {
      const parent = folderOf(folder);
      known = this.read(folder) ?? (parent === folder ? null : this.majorFor(parent));
      this.found.set(folder, known);
    }
    return known;
  }

  private read(folder: string): number | null {
    const installed = this.manifest(joinPath(folder, `node_modules/${this.name}/package.json`));
    const own = this.manifest(joinPath(folder, 'package.json'));
    const asked = [own?.['dependencies'], own?.['peerDependencies'], own?.['devDependencies']].map((list) => versionIn(list, this.name));
    return majorOf(installed?.['version']) ?? asked.map(majorOf).find((major) => major !== null) ?? null;
  }

  private manifest(file: string): Record<string, unknown> | null {
    return this.files.fileExists(file) ? parseJson(this.files.readFile(file)) : null;
  }
}

function versionIn(dependencies: unknown, name: string): unknown {
  return typeof dependencies === 'object' && dependencies !== null ? (dependencies as Record<string, unknown>)[name] : undefined;
}

/** Of `0.3.20`, `^1.1.1`, `>=0.3 <2`, `1`, `npm:@acme/typeorm@0.3.1`: the first number that a version begins with. */
function majorOf(version: unknown): number | null {
  const [, major] = (typeof version === 'string' && /(?:^|[^\w.])v?(\d+)(?:\.\d|\.x|$|\s)/.exec(version)) || [];
  return major === undefined ? null : Number(major);
}
