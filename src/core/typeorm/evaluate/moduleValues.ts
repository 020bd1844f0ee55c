/** What a module exports, as values: imports followed through barrels, namespaces, CommonJS. */
import type { ImportBinding } from '../parse/moduleSyntax';
import type { Evaluator } from './evaluator';
import { knownPackageExport, mayBeOfNamesake } from './knownPackages';
import { moduleValue } from './moduleNames';
import { wholeExport } from './ownExports';
import { isUnknown, unknown, unknownBecause, type NamespaceValue, type Value } from './values';

export function importedValue(evaluator: Evaluator, file: string, { specifier, name }: ImportBinding): Value {
  const namesake = mayBeOfNamesake(specifier, name) ? evaluator.modules.resolve(file, specifier) : null;
  const own = namesake === null ? unknown : exportedValue(evaluator, namesake, name);
  const known = isUnknown(own) ? knownPackageExport(evaluator, specifier, name) : own;
  if (known !== undefined) return known;
  const target = evaluator.modules.resolve(file, specifier);
  if (target === null) return evaluator.modules.outside(file, specifier);
  if (name === '*' || name === '=') return moduleNamespace(evaluator, target);
  return exportedValue(evaluator, target, name);
}

/** An export of a file, wherever it leads. */
export function exportedValue(evaluator: Evaluator, file: string, name: string): Value {
  const target = evaluator.modules.exportTarget(file, name);
  switch (target.kind) {
    case 'class':
      return evaluator.identities.classById(target.file, target.local, target.name);
    case 'value': {
      const module = evaluator.modules.syntax(target.file);
      return module ? moduleValue(evaluator, module, target.local) : unknown;
    }
    case 'expression':
      return evaluator.constant(target.file, `export ${target.exported}`);
    case 'module':
      return moduleNamespace(evaluator, target.file);
    case 'external':
      return importedValue(evaluator, file, target);
    case 'missing':
      return name === 'default' ? defaultOfCommonJs(evaluator, file) : unknownBecause(`\`${name}\` is not exported by ${file}`);
  }
}

/** `import x from './module'` of a module that says `module.exports = …`. */
function defaultOfCommonJs(evaluator: Evaluator, file: string): Value {
  return evaluator.modules.syntax(file)?.outline.hasExportEquals ? moduleNamespace(evaluator, file) : unknown;
}

/** A whole module as a value: `import * as x`, `require('x')`. */
function moduleNamespace(evaluator: Evaluator, file: string): Value {
  const module = evaluator.modules.syntax(file);
  if (!module) return unknown;
  if (module.outline.hasExportEquals) return wholeExport(evaluator, module);
  const namespace: NamespaceValue = {
    kind: 'namespace',
    get: (name) => exportedValue(evaluator, file, name),
    names: () => exportNames(evaluator, file, new Set()),
  };
  return namespace;
}

function exportNames(evaluator: Evaluator, file: string, seen: Set<string>): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const module = evaluator.modules.syntax(file);
  if (!module) return [];
  const fromStars = module.outline.stars.flatMap((specifier) => {
    const target = evaluator.modules.resolve(file, specifier);
    return target === null ? [] : exportNames(evaluator, target, seen).filter((name) => name !== 'default');
  });
  return [...new Set([...module.outline.exports.keys(), ...fromStars])];
}
