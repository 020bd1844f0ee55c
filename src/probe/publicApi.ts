/**
 * What an app may say to the probe by itself, through `globalThis[Symbol.for('relation-lens')]`. There only where the probe is:
 *
 *     globalThis[Symbol.for('relation-lens')]?.scope('import books', run)
 *     globalThis[Symbol.for('relation-lens')]?.attach(dataSource)
 */
export interface RelationLensApi {
  /** Runs `run` in a scope of its own, ended when its promise settles; passes its answer or error on. */
  scope<T>(name: string, run: () => T): T;
  /** Hooks the TypeORM that a DataSource is of: for apps that bundle TypeORM, whose modules cannot be seen being loaded. */
  attach(dataSource: object): void;
  /** `pid:thread`: by what debuggers and collectors name where this code runs. */
  readonly thread: string;
}

const apiKey = Symbol.for('relation-lens');

export function publishApi(api: RelationLensApi): void {
  Object.defineProperty(globalThis, apiKey, { value: api, configurable: true, enumerable: false, writable: true });
}
