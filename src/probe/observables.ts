/** What an Observable of rxjs does is done when somebody subscribes to it, mostly elsewhere. */
import { runInContext, type ProbeContext } from './context';
import type { Method } from './patch';

interface Observable {
  subscribe: Method;
}

/**
 * Lets whoever subscribes first run it in the context. Never throws.
 * @param ended called when that subscription is over, whichever way
 * @returns false where `value` is no Observable
 */
export function subscribeInContext(value: unknown, context: ProbeContext, ended: () => void): boolean {
  try {
    if (!isObservable(value)) return false;
    shadowSubscribe(value, context, ended);
    return true;
  } catch {
    // A guest: whatever the app's object is, it stays as it is.
    return false;
  }
}

/** As an own property, for operators subscribe to the object that they are piped to; gone again with the first subscription. */
function shadowSubscribe(observable: Observable, context: ProbeContext, ended: () => void): void {
  const { subscribe } = observable;
  const before = Object.getOwnPropertyDescriptor(observable, 'subscribe');
  const shadow: Method = function (...args) {
    if (Object.getOwnPropertyDescriptor(observable, 'subscribe')?.value === shadow) {
      if (before) Object.defineProperty(observable, 'subscribe', before);
      else Reflect.deleteProperty(observable, 'subscribe');
    }
    const subscription = runInContext(context, () => subscribe.apply(this, args)) as { add?: (teardown: () => void) => void } | undefined;
    if (typeof subscription?.add === 'function') subscription.add(ended);
    else ended();
    return subscription;
  };
  Object.defineProperty(observable, 'subscribe', { value: shadow, configurable: true, writable: true, enumerable: false });
}

function isObservable(value: unknown): value is Observable {
  return typeof value === 'object' && value !== null && isMethod(value, 'subscribe') && isMethod(value, 'pipe');
}

function isMethod(holder: object, name: string): boolean {
  return typeof Reflect.get(holder, name) === 'function';
}
