/** Node's `module`: `createRequire(__filename)`, by which modules in a circle of imports, and ES modules, ask for each other. */
import { importedValue } from './moduleValues';
import { pathOfFile } from './urlModule';
import { native, unknown, type Value } from './values';

/** An export of `module`; `Module` itself is both its default and the whole. */
export function nodeModuleExport(name: string): Value {
  if (name === '*' || name === '=' || name === 'default' || name === 'Module') {
    return { kind: 'namespace', get: nodeModuleExport, names: () => ['createRequire'] };
  }
  return name === 'createRequire' ? createRequire : unknown;
}

/** Takes a path or a file URL: of a file, or of a folder where it ends with a slash. */
const createRequire = native('createRequire', ([from]) => {
  const path = pathOfFile(from);
  if (path === null) return unknown;
  return native('require', ([specifier], _site, evaluator) =>
    typeof specifier === 'string' ? importedValue(evaluator, path, { specifier, name: '=' }) : unknown,
  );
});
