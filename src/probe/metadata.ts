/** What TypeORM built from the entities, told as soon as it stands (before schema synchronisation runs its first query). */
import { describeEntities } from './describeEntities';
import { patchMethod } from './patch';
import { isPromise } from './promises';
import type { Recorder } from './recorder';
import { learnKeyColumns, sourceId } from './sources';
import type { DataSourceLike } from './typeormShapes';

/** `onBuilt` is called each time, when the metadata stands. */
export function hookMetadata(recorder: Recorder, dataSource: object | undefined, onBuilt: () => void): void {
  patchMethod(
    dataSource,
    'buildMetadatas',
    (original) =>
      function (this: unknown, ...args) {
        const built = original.apply(this, args);
        const tell = (): void => {
          tellMetadata(recorder, this as DataSourceLike);
          onBuilt();
        };
        if (!isPromise(built)) {
          tell();
          return built;
        }
        return built.then((value: unknown) => {
          tell();
          return value;
        });
      },
  );
}

/** Never throws. Does nothing where nobody listens (any more). */
export function tellMetadata(recorder: Recorder, dataSource: DataSourceLike): void {
  if (!recorder.active) return;
  try {
    learnKeyColumns(dataSource);
    const { name, options, entityMetadatas } = dataSource;
    recorder.define({
      e: 'metadata',
      source: sourceId(dataSource),
      driver: options.type,
      detailed: true,
      ...(name && name !== 'default' ? { name } : {}),
      entities: describeEntities(entityMetadatas),
    });
  } catch (error) {
    recorder.fault('metadata', error);
  }
}
