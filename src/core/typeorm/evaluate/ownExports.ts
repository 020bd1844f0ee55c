/** What a CommonJS module sees of its own exports, and what it adds to the one thing that it exports as a whole. */
import type { ModuleSyntax } from '../parse/moduleSyntax';
import type { Evaluator } from './evaluator';
import { evaluateExport } from './moduleNames';
import { exportedValue } from './moduleValues';
import { hasKind, unknown, type NamespaceValue, type Value } from './values';

/** The name of an export by which the evaluator's constants hold it; of the whole, where there is such a thing. */
export function exportConstant({ outline }: ModuleSyntax, name: string): string | null {
  if (outline.hasExportEquals && !outline.exports.has(name)) return 'export =';
  const binding = outline.exports.get(name);
  if (binding?.kind === 'local') return binding.name;
  return binding?.kind === 'expression' ? `export ${name}` : null;
}

/** `exports` within its module. */
export function ownExports(evaluator: Evaluator, module: ModuleSyntax): Value {
  const { exports, hasExportEquals } = module.outline;
  const get = (name: string): Value => {
    if (exports.get(name)?.kind === 'expression') return ownExport(evaluator, module, `export ${name}`);
    return exports.has(name) || !hasExportEquals
      ? exportedValue(evaluator, module.file, name)
      : evaluator.member(ownExport(evaluator, module, 'export ='), name);
  };
  if (hasExportEquals && exports.size === 0) return ownExport(evaluator, module, 'export =');
  return { kind: 'namespace', get, names: () => [...exports.keys()] };
}

/** `module` within its module. */
export function ownModule(evaluator: Evaluator, module: ModuleSyntax): NamespaceValue {
  return { kind: 'namespace', get: (name) => (name === 'exports' ? ownExports(evaluator, module) : unknown), names: () => ['exports'] };
}

/** While a module's statements run, an export is what they have made of it so far. */
function ownExport(evaluator: Evaluator, module: ModuleSyntax, constant: string): Value {
  if (evaluator.active?.module !== module) return evaluator.constant(module.file, constant);
  const { names } = evaluator.active;
  if (!names.has(constant)) names.set(constant, evaluateExport(evaluator, module, constant));
  return names.get(constant);
}

/** `module.exports.columns = …` after `module.exports = class Base {}`; undefined where nothing of that name is added to a class or function. */
export function addedByExports(evaluator: Evaluator, module: ModuleSyntax, value: Value, name: string): Value {
  const { exports, hasExportEquals } = module.outline;
  if (!hasExportEquals || !exports.has(name)) return undefined;
  return evaluator.constant(module.file, 'export =') === value ? exportedValue(evaluator, module.file, name) : undefined;
}

/** What a module that exports one thing is to others: of an object, with what is added to it. */
export function wholeExport(evaluator: Evaluator, module: ModuleSyntax): Value {
  const whole = evaluator.constant(module.file, 'export =');
  const { exports } = module.outline;
  if (exports.size === 0 || !hasKind(whole, 'object')) return whole;
  return {
    kind: 'namespace',
    get: (name) => (exports.has(name) ? exportedValue(evaluator, module.file, name) : evaluator.member(whole, name)),
    names: () => [...new Set([...whole.properties.keys(), ...exports.keys()])],
  };
}
