/**
 * The little functions that compilers add to their output, by the names that TypeScript (tslib), swc, Babel and esbuild give them. They are known
 * by name: their bodies ask for `arguments` and property descriptors, which say nothing about entities.
 */
import type ts from 'typescript';
import { iterated } from './collections';
import { callDecorator } from './decorators';
import type { Evaluator } from './evaluator';
import { assign } from './objectMembers';
import { arrayOf, hasKind, isUnknown, native, unknown, type CallSite, type NamespaceValue, type NativeValue, type Value } from './values';

/** What `__metadata('design:type', …)` registers: the property's TypeScript type, as TypeORM would have been told. */
export const designTypeRegistration = 'design:type';

/** Undefined where the name is none of a helper's. Of a package of helpers, each is a module that has it as `_`: `_ts_decorate._(…)`. */
export function compiledHelper(evaluator: Evaluator, name: string): Value {
  const helper = helperNamed(evaluator, name);
  return hasKind(helper, 'native') ? { ...helper, properties: new Map([['_', helper]]) } : helper;
}

function helperNamed(evaluator: Evaluator, name: string): Value {
  const kind = Object.hasOwn(helpers, name) ? helpers[name] : undefined;
  switch (kind) {
    case undefined:
      return undefined;
    case 'decorate':
      return native(name, decorated);
    case 'metadata':
      return metadata(evaluator, name);
    case 'module':
      return native(name, ([module]) => module);
    case 'default':
      return native(name, ([module]) => withDefault(evaluator, module));
    case 'assign':
      return assign;
    case 'concatenate':
      return native(name, ([first, second]) => arrayOf([...(iterated(first) ?? []), ...(iterated(second) ?? [])]));
  }
}

/** `tslib`, which exports them all. */
export function compiledHelpers(evaluator: Evaluator): NamespaceValue {
  return { kind: 'namespace', get: (name) => compiledHelper(evaluator, name) ?? unknown, names: () => Object.keys(helpers) };
}

const helpers: Readonly<Record<string, 'decorate' | 'metadata' | 'module' | 'default' | 'assign' | 'concatenate'>> = {
  __decorate: 'decorate',
  _ts_decorate: 'decorate',
  __decorateClass: 'decorate',
  __metadata: 'metadata',
  _ts_metadata: 'metadata',
  __assign: 'assign',
  _extends: 'assign',
  _object_spread: 'assign',
  _object_spread_props: 'assign',
  _objectSpread: 'assign',
  __spreadArray: 'concatenate',
  _to_consumable_array: 'concatenate',
  _toConsumableArray: 'concatenate',
  _sliced_to_array: 'module',
  _slicedToArray: 'module',
  _wrap_native_super: 'module',
  _wrapNativeSuper: 'module',
  __importStar: 'module',
  _interop_require_wildcard: 'module',
  _interopRequireWildcard: 'module',
  __toESM: 'default',
  __importDefault: 'default',
  _interop_require_default: 'default',
  _interopRequireDefault: 'default',
};

/** `__decorate([…], Post.prototype, 'title', void 0)`, and `Reflect.decorate`: runs the decorators, last first, and gives back what they decorate. */
export const decorated: NativeValue['call'] = ([decorators, target, key], site, evaluator) => {
  if (!hasKind(decorators, 'array')) return target;
  const { sourceFile } = site.place;
  const module = evaluator.modules.syntax(sourceFile.fileName);
  const [listNode, , keyNode] = argumentsOf(evaluator, site);
  const elements = listNode && evaluator.ts.isArrayLiteralExpression(listNode) ? listNode.elements : [];
  for (let index = decorators.items.length - 1; index >= 0; index--) {
    const applied = { sourceFile, node: elements[index] ?? site.place.node };
    const member = { sourceFile, node: keyNode ?? site.place.node };
    const owner = key === undefined ? [target] : [target, key];
    if (module)
      evaluator.registrar.decorating({ member, applied }, () =>
        callDecorator(evaluator, decorators.items[index], owner, applied, evaluator.identities.scopeOf(module)),
      );
  }
  return target;
};

function metadata(evaluator: Evaluator, name: string): NativeValue {
  return native(name, ([key, type], { place }) =>
    native('@metadata', (applied) => {
      if (key === 'design:type') evaluator.registrar.register(designTypeRegistration, [type], place, applied);
      return undefined;
    }),
  );
}

function argumentsOf({ ts }: Evaluator, { place }: CallSite): readonly (ts.Expression | undefined)[] {
  return ts.isCallExpression(place.node) ? place.node.arguments : [];
}

/** A module as `import x from` sees it: what has no default export is the default itself. */
function withDefault(evaluator: Evaluator, module: Value): Value {
  const own = evaluator.member(module, 'default');
  const whole = own === undefined || isUnknown(own) ? module : own;
  return { kind: 'namespace', get: (name) => (name === 'default' ? whole : evaluator.member(module, name)), names: () => ['default'] };
}
