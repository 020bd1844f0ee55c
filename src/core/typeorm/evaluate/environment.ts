/**
 * The environment, which only the running app knows. It is read as if no variable were set; to tell what a variable would change, an evaluation is
 * repeated with one assumed to be set.
 */
import { hasKind, isUnknown, native, unknown, type NamespaceValue, type UnknownValue, type Value } from './values';

/** One evaluation of its own, in which these variables are set: nothing that was remembered under other circumstances is used. */
export class AssumedEnvironment {
  /** The variables that were asked for, each with the texts that decide what follows from it. */
  readonly asked = new Map<string, Set<string>>();
  /** What was evaluated so far, by file and name. */
  readonly constants = new Map<string, Value>();

  constructor(private readonly values: ReadonlyMap<string, string>) {}

  read(name: string): Value {
    if (!this.asked.has(name)) this.asked.set(name, new Set());
    return this.values.get(name) ?? unsetVariable(name);
  }

  /** Notes that a variable, if one of the two is what it holds, is compared with the other. */
  compared(left: Value, right: Value): void {
    this.note(left, right);
    this.note(right, left);
  }

  /** Notes that a variable's text is looked up among the keys of an object. */
  lookedUp(key: Value, object: Value): void {
    if (hasKind(object, 'object')) for (const name of object.properties.keys()) this.note(key, name);
  }

  private note(value: Value, text: Value): void {
    const name = isUnknown(value) ? value.variable : [...this.values].find(([, held]) => held === value)?.[0];
    if (name !== undefined && typeof text === 'string') this.asked.get(name)?.add(text);
  }
}

export function unsetVariable(variable: string): UnknownValue {
  return { ...unknown, isUnset: true, variable };
}

/** `process.env`. What it holds is asked of the evaluator. */
export const environment: NamespaceValue = { kind: 'namespace', get: unsetVariable, names: () => [] };

/** `config.get('DB_PREFIX', 'app_')`, `config.get('DB_PREFIX', { infer: true })`. */
const get = native('get', ([key, given], _site, evaluator) => {
  const fallback = hasKind(given, 'object') ? undefined : given;
  // What is called otherwise comes from a file that the app loads.
  if (typeof key !== 'string' || (fallback === undefined && !/^[A-Z][A-Z\d_]*$/.test(key))) return unknown;
  const value = evaluator.variable(key);
  return isUnknown(value) ? (fallback ?? value) : value;
});

/** Nest's `ConfigService`, which reads the environment (https://docs.nestjs.com/techniques/configuration). */
export const configuration: NamespaceValue = {
  kind: 'namespace',
  get: (name) => (name === 'get' || name === 'getOrThrow' ? get : unknown),
  names: () => [],
};
