/** `new Proxy(target, { get })`, by which helpers learn the name of the property that a function reads: `nameOf<Post>((post) => post.title)`. */
import type { Evaluator } from './evaluator';
import { hasKind, isCallable, native, option, unknown, type NativeValue, type ProxyValue, type Value } from './values';

/** The class `Proxy`. What is called or constructed through a proxy is not followed. */
export const proxyClass: NativeValue = {
  ...native('Proxy', () => unknown),
  construct: ([target, handler], site) => (hasKind(handler, 'object') ? { kind: 'proxy', target, handler, site } : unknown),
};

/** What the `get` trap answers, or the target where there is none. */
export function memberOfProxy(evaluator: Evaluator, proxy: ProxyValue, name: string): Value {
  const { target, handler, site } = proxy;
  const trap = option(handler, 'get');
  if (trap === undefined) return evaluator.member(target, name);
  return isCallable(trap) ? evaluator.call(trap, [target, name, proxy], { ...site, self: handler }) : unknown;
}
