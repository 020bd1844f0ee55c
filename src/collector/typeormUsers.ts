import fs from 'node:fs';
import path from 'node:path';
import { packageOf } from '../core/profile/packageOf';

const USED = ['typeorm', '@nestjs/typeorm'];

/** Whether a file belongs to an installed package that asks TypeORM itself (`@vendure/core`), rather than one that only calls the app (`graphql`, `p-map`). */
export class TypeormUsers {
  private readonly known = new Map<string, boolean>();

  isPartOfOne(file: string): boolean {
    const installed = packageOf(file);
    if (installed === null || installed.name === 'typeorm') return false;
    let uses = this.known.get(installed.folder);
    if (uses === undefined) this.known.set(installed.folder, (uses = dependsOnTypeorm(installed.folder)));
    return uses;
  }
}

function dependsOnTypeorm(folder: string): boolean {
  try {
    const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const needed = { ...(dependencies as object), ...(peerDependencies as object), ...(optionalDependencies as object) };
    return USED.some((name) => name in needed);
  } catch {
    return false;
  }
}
