/**
 * A scope for every test of Jest. Its runner (jest-circus) reads a test's function from the test's entry in the very moment it calls it: that is where the
 * test's context is entered, so that no frame of ours stands in the stack of a failing test, and concurrent tests do not mix. Hooks of a suite get the
 * context of no test: what fixtures query is not the test's.
 */
import path from 'node:path';
import { enterContext, type ScopeState } from './context';
import type { Recorder } from './recorder';

interface CircusEntry {
  fn?: unknown;
  readonly name?: string;
  readonly type?: string;
  readonly parent?: CircusBlock;
}

interface CircusBlock {
  readonly name: string;
  readonly parent?: CircusBlock;
  readonly children?: readonly (CircusEntry | CircusBlock)[];
  readonly hooks?: readonly CircusEntry[];
}

interface CircusEvent {
  readonly name: string;
  readonly test?: CircusEntry;
}

interface Environment {
  handleTestEvent?: (event: CircusEvent, state: unknown) => unknown;
}

interface CircusOptions {
  readonly environment: Environment;
  readonly testPath: string;
  readonly config: { readonly rootDir: string };
}

interface CircusInitializer {
  initialize?: (options: CircusOptions) => unknown;
}

type CurrentRecorder = () => Recorder | undefined;

const noScope = { scope: null, operation: null, parent: null } as const;

/**
 * @param module exports of jest-circus's initializer, loaded anew for every test file
 * @param recorder undefined as long as there is no TypeORM in the process
 */
export function hookJestCircus(recorder: CurrentRecorder, module: unknown): void {
  const initializer = module as CircusInitializer;
  const { initialize } = initializer;
  if (typeof initialize !== 'function') return;
  initializer.initialize = (options) => {
    const file = path.relative(options.config.rootDir, options.testPath);
    listen(options.environment, new FileScopes(file, recorder));
    return initialize(options);
  };
}

function listen(environment: Environment, scopes: FileScopes): void {
  const own = environment.handleTestEvent;
  environment.handleTestEvent = (event, state) => {
    if (event.name === 'run_start') scopes.prepare((state as { readonly rootDescribeBlock?: CircusBlock }).rootDescribeBlock);
    if (event.name === 'test_fn_start') scopes.expect(event.test);
    if (event.name === 'test_done') scopes.leave(event.test);
    return own?.call(environment, event, state);
  };
}

/** The scopes of one test file's tests. */
class FileScopes {
  /** Tests that are about to be called. */
  private readonly expected = new WeakSet<CircusEntry>();
  private readonly running = new WeakMap<CircusEntry, ScopeState>();

  constructor(
    private readonly file: string,
    private readonly recorder: CurrentRecorder,
  ) {}

  prepare(block: CircusBlock | undefined): void {
    for (const hook of block?.hooks ?? []) onRead(hook, () => void (this.recorder() && enterContext(noScope)));
    for (const child of block?.children ?? []) {
      if ('children' in child) this.prepare(child);
      else onRead(child, () => this.enter(child));
    }
  }

  expect(test: CircusEntry | undefined): void {
    if (test) this.expected.add(test);
  }

  leave(test: CircusEntry | undefined): void {
    const scope = test && this.running.get(test);
    if (!scope) return;
    this.running.delete(test);
    // Circus looks after concurrent tests one by one: a test was over when it did its last thing.
    this.recorder()?.endScope(scope, null, null, scope.lastSeen);
  }

  private enter(test: CircusEntry): void {
    const recorder = this.recorder();
    if (!recorder?.active) return;
    if (this.expected.delete(test)) this.running.set(test, recorder.startScope('test', this.nameOf(test), null));
    const scope = this.running.get(test);
    if (scope) enterContext({ scope, operation: null, parent: null });
  }

  private nameOf({ name, parent }: CircusEntry): string {
    const names = [name ?? ''];
    // The outermost block is the file.
    for (let block = parent; block?.parent; block = block.parent) names.unshift(block.name);
    return [this.file, ...names].join(' › ');
  }
}

function onRead(entry: CircusEntry, read: () => void): void {
  let value = entry.fn;
  if (typeof value !== 'function') return;
  Object.defineProperty(entry, 'fn', {
    configurable: true,
    enumerable: true,
    get: () => {
      try {
        read();
      } catch {
        // A guest: the test runs without a scope.
      }
      return value;
    },
    set: (next: unknown) => void (value = next),
  });
}
