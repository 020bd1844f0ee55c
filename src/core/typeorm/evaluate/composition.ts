/** Functions of well-known packages that make one function of several, by which mixins are put together. */
import { hasKind, native, unknown, type NativeValue, type Value } from './values';

type Order = 'first to last' | 'last to first';

const compositions: readonly (readonly [specifier: RegExp, functions: Readonly<Record<string, Order>>])[] = [
  [/^lodash(?:-es)?(?:\/fp)?$/, { flow: 'first to last', pipe: 'first to last', flowRight: 'last to first', compose: 'last to first' }],
  [/^(?:ramda|rambda)$/, { pipe: 'first to last', compose: 'last to first' }],
  [/^fp-ts\/(?:lib\/|es6\/)?function$/, { flow: 'first to last' }],
  [/^redux$/, { compose: 'last to first' }],
];

/** Undefined where the package's export composes nothing. */
export function compositionExport(specifier: string, name: string): Value {
  const ofOne = /^(lodash(?:-es)?)[./](\w+)$/.exec(specifier);
  if (ofOne?.[1] && ofOne[2] && ofOne[2] !== 'fp') return compositionExport(ofOne[1], ofOne[2]);
  const functions = compositions.find(([known]) => known.test(specifier))?.[1];
  if (!functions) return undefined;
  // Lodash as a whole has more to offer: its word functions.
  if ((name === '*' || name === '=') && !specifier.startsWith('lodash')) {
    return { kind: 'namespace', get: (member) => compositionExport(specifier, member) ?? unknown, names: () => Object.keys(functions) };
  }
  const order = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return order && native(name, (given) => composed(given, order));
}

/** The first function gets all that the whole is called with; none at all give the first argument back. */
function composed(given: readonly Value[], order: Order): NativeValue {
  const functions = given.flatMap((each) => (hasKind(each, 'array') ? each.items : [each]));
  const [first, ...rest] = order === 'first to last' ? functions : [...functions].reverse();
  return native('composed', (args, site, evaluator) => {
    if (first === undefined) return args[0];
    return rest.reduce<Value>((value, next) => evaluator.call(next, [value], site), evaluator.call(first, args, site));
  });
}
