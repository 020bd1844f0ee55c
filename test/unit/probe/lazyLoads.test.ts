/** A lazy load names the operation that returned the entity it was read on, as TypeORM's getters ask the loader that made them. */
import { expect, it } from 'vitest';
import { parseLine } from '../../../src/collector/probeServer';
import { runInContext, type OperationState } from '../../../src/probe/context';
import { hookLazyLoads } from '../../../src/probe/lazyLoads';
import { Recorder } from '../../../src/probe/recorder';

const relation = { propertyPath: 'books', entityMetadata: { name: 'Author', primaryColumns: [{ getEntityValue: ({ id }: Author) => id }] } };

class Author {
  declare readonly books: unknown;
  constructor(readonly id: number) {}
}

/** As TypeORM's: getters that ask the loader which defined them. */
class Loader {
  readonly askedBy: unknown[] = [];
  constructor(readonly name: string) {}

  enableLazyLoad(_relation: unknown, entity: object): void {
    const ask = (owner: unknown): unknown => this.load(relation, owner);
    Object.defineProperty(entity, 'books', {
      configurable: true,
      get(this: unknown) {
        return ask(this);
      },
    });
  }

  load(_relation: unknown, owner: unknown): string {
    this.askedBy.push(owner);
    return `of ${this.name}`;
  }
}

function recording(): { recorder: Recorder; owners: () => unknown[] } {
  let text = '';
  const recorder: Recorder = new Recorder(
    {
      greet: () => true,
      send: (line) => ((text += line), true),
      wake: () => undefined,
      flush: () => undefined,
      flushSoon: () => undefined,
      flushAtExit: () => undefined,
      close: () => undefined,
    },
    () => undefined,
  );
  const owners = (): unknown[] => {
    recorder.fill();
    const events = text.split('\n').filter(Boolean).flatMap(parseLine);
    return events.flatMap((event) => (event.e === 'op' && event.api === 'lazy' ? [event.ownerOperation] : []));
  };
  return { recorder, owners };
}

function hydrate(recorder: Recorder, loader: Loader, entity: object): OperationState {
  const start = { api: 'Repository.find', entity: 'Author', relation: null, source: 1 };
  const operation = recorder.startOperation(start, null, null, 0);
  runInContext({ scope: null, operation, parent: null }, () => loader.enableLazyLoad(relation, entity));
  recorder.endOperation(operation, undefined);
  return operation;
}

it('names the operation of each entity, whichever loader it came from', () => {
  const { recorder, owners } = recording();
  hookLazyLoads(recorder, Loader.prototype);
  const loaders = [new Loader('first'), new Loader('second')] as const;
  const authors = [new Author(1), new Author(2), new Author(3)] as const;
  const operations = [hydrate(recorder, loaders[0], authors[0]), hydrate(recorder, loaders[1], authors[1])];

  // By hand, outside of every operation.
  loaders[0].enableLazyLoad(relation, authors[2]);
  expect(authors.map((author) => author.books)).toEqual(['of first', 'of second', 'of first']);
  expect(owners()).toEqual([...operations.map(({ id }) => id), 0]);
  expect(loaders.map(({ askedBy }) => askedBy)).toEqual([[authors[0], authors[2]], [authors[1]]]);
});

it('of an object that the app made by itself names none, though the getter came with its class', () => {
  const { recorder, owners } = recording();
  class Loader2 extends Loader {}
  hookLazyLoads(recorder, Loader2.prototype);
  const loader = new Loader2('built');
  hydrate(recorder, loader, Author.prototype);
  expect(new Author(7).books).toBe('of built');
  expect(owners()).toEqual([0]);
  Reflect.deleteProperty(Author.prototype, 'books');
});
