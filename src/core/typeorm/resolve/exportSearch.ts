/** Where an exported name leads: from file to file, as far as it is passed on. */
import type { ExportTarget } from '../evaluate/evaluator';
import { isTypeormSpecifier, mayBeOfNamesake } from '../evaluate/knownPackages';
import { isGraphDecorator } from '../evaluate/typeormModule';
import type { ModuleOutline } from '../parse/moduleSyntax';

/** What the search asks of the files. */
export interface ExportSource {
  outline(file: string): ModuleOutline | undefined;
  /** The file an import specifier means; null where it lies outside of the workspace. */
  resolve(from: string, specifier: string): string | null;
  /** False where a file surely does not export a name: told by its text, so that not all that stands behind a barrel is parsed. */
  mayExport(file: string, name: string): boolean;
}

/** Follows an exported name through barrels to its declaration. */
export function findExport(source: ExportSource, file: string, name: string, seen = new Set<string>()): ExportTarget {
  // A file may be passed again on the way, but not for the same name.
  const step = `${file}\n${name}`;
  if (seen.has(step)) return missing;
  seen.add(step);
  const outline = source.outline(file);
  if (!outline) return missing;
  const binding = outline.exports.get(name);
  if (!binding) return findInStars(source, file, outline, name, seen);
  switch (binding.kind) {
    case 'expression':
      return { kind: 'expression', file, exported: name };
    case 'from':
      return follow(source, file, binding.specifier, binding.name, seen);
    case 'local':
      return findLocal(source, file, outline, binding.name, seen);
  }
}

function findLocal(source: ExportSource, file: string, { imports, names }: ModuleOutline, name: string, seen: Set<string>): ExportTarget {
  const imported = imports.get(name);
  if (imported && !names.has(name)) return follow(source, file, imported.specifier, imported.name, seen);
  const className = names.get(name);
  if (className === undefined) return missing;
  if (className !== null) return { kind: 'class', file, local: name, name: className };
  return { kind: 'value', file, local: name };
}

function follow(source: ExportSource, from: string, specifier: string, name: string, seen: Set<string>): ExportTarget {
  if (isTypeormSpecifier(specifier)) return findInNamesake(source, from, specifier, name, seen) ?? { kind: 'external', specifier, name };
  const target = source.resolve(from, specifier);
  if (target === null) return { kind: 'external', specifier, name };
  if (name === '*' || name === '=') return { kind: 'module', file: target };
  return findExport(source, target, name, seen);
}

function findInNamesake(source: ExportSource, from: string, specifier: string, name: string, seen: Set<string>): ExportTarget | null {
  const target = mayBeOfNamesake(specifier, name) ? source.resolve(from, specifier) : null;
  const found = target === null ? missing : findExport(source, target, name, seen);
  return found.kind === 'missing' ? null : found;
}

function findInStars(source: ExportSource, from: string, { stars }: ModuleOutline, name: string, seen: Set<string>): ExportTarget {
  if (name === 'default') return missing;
  for (const specifier of stars) {
    if (isTypeormSpecifier(specifier)) {
      if (isGraphDecorator(name) || name === 'EntitySchema' || name === 'BaseEntity') return { kind: 'external', specifier, name };
      continue;
    }
    const target = source.resolve(from, specifier);
    const found = target === null || !source.mayExport(target, name) ? missing : findExport(source, target, name, seen);
    if (found.kind !== 'missing') return found;
  }
  return missing;
}

export const missing: ExportTarget = { kind: 'missing' };
