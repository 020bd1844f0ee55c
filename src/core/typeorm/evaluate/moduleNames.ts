/** The names that a module knows on its top level, as values: what it declares and imports, then globals. */
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { LastingPlace, type Place } from '../parse/positions';
import { changedNames } from './changedNames';
import { classOfStatics } from './classes';
import { compiledHelper } from './compiledHelpers';
import type { Evaluator } from './evaluator';
import { globalValue } from './globals';
import { evaluateAdditions, evaluateDeclaration } from './moduleDeclarations';
import { effectsConstant, runEffects } from './moduleEffects';
import { importedValue } from './moduleValues';
import { ownExports, ownModule } from './ownExports';
import { keepMade, option, unknown, type Value } from './values';

export function moduleValue(evaluator: Evaluator, module: ModuleSyntax, written: string): Value {
  const helper = written.startsWith('_') ? compiledHelper(evaluator, written) : undefined;
  if (helper !== undefined) return helper;
  const name = module.outline.aliases.get(written) ?? written;
  const className = module.outline.names.get(name);
  if (className === null) return declarationValue(evaluator, module, name);
  if (className !== undefined) return evaluator.identities.classById(module.file, name, className);
  const binding = module.outline.imports.get(name);
  if (binding) return importedValue(evaluator, module.file, binding);
  if (name === 'exports') return ownExports(evaluator, module);
  if (name === 'module') return ownModule(evaluator, module);
  return globalValue(module.file, name);
}

function declarationValue(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  const declaration = module.tree.declarations.get(name);
  if (declaration && evaluator.ts.isFunctionDeclaration(declaration)) return evaluator.identities.declaredFunction(module, name, declaration);
  if (evaluator.active?.module !== module) return evaluator.constant(module.file, name);
  const { names } = evaluator.active;
  if (!names.has(name)) names.set(name, evaluateDeclaration(evaluator, module, name));
  return names.get(name);
}

const additions = 'namespace ';

/** What a namespace adds to a class or function of its name; undefined where none adds any. */
export function addedByNamespace(evaluator: Evaluator, module: ModuleSyntax, local: string, name: string): Value {
  if (!module.tree.merged.has(local)) return undefined;
  return option(evaluator.constant(module.file, additions + local), name);
}

/** Evaluates what a module declares, exports as `export x`, `export =`, or adds to `X` by `namespace X`. Ask `evaluator.constant`, which remembers the answer. */
export function evaluateNamed(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  if (name.startsWith(additions)) return evaluateAdditions(evaluator, module, name.slice(additions.length));
  const initialized = classOfStatics(name);
  if (initialized !== null) {
    const className = module.outline.names.get(initialized);
    return className ? evaluator.statics.of(evaluator.identities.classById(module.file, initialized, className)) : unknown;
  }
  return evaluateConstant(evaluator, module, name);
}

/** A top-level variable, enum or namespace, or what is exported by an expression. */
function evaluateConstant(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  if (name === effectsConstant) return runEffects(evaluator, module);
  const isChanged = module.tree.effects.length > 0 && changedNames(evaluator, module).has(name);
  const value = isChanged ? evaluator.member(evaluator.constant(module.file, effectsConstant), name) : evaluateWritten(evaluator, module, name);
  const written = name.startsWith(exportPrefix) ? name.slice(exportPrefix.length) : name;
  keepMade(value, `${module.file}#${written}`, () => placeOfName(module, written));
  return value;
}

/** What a name is as it is written, before the module's statements change it. */
export function evaluateWritten(evaluator: Evaluator, module: ModuleSyntax, name: string): Value {
  return name.startsWith(exportPrefix) ? evaluateExport(evaluator, module, name) : evaluateDeclaration(evaluator, module, name);
}

const exportPrefix = 'export ';

/** Evaluates what a module exports by an expression: `export x` for `export default …` and `exports.x = …`, `export =` for `module.exports = …`. */
export function evaluateExport(evaluator: Evaluator, module: ModuleSyntax, constant: string): Value {
  const name = constant.slice(exportPrefix.length);
  const expression = name === '=' ? module.tree.exportEquals : module.tree.exportExpressions.get(name);
  return expression ? evaluator.evaluate(expression, evaluator.identities.scopeOf(module)) : unknown;
}

/** Where a module declares a name; the whole module where it does not. */
function placeOfName(module: ModuleSyntax, name: string): Place {
  const node = module.tree.declarations.get(name) ?? module.tree.exportExpressions.get(name);
  return new LastingPlace(module, node ?? module.sourceFile);
}
