/**
 * What the functions among decorators' arguments have read (`() => registry.get('Author')`). TypeORM calls them once everything is loaded, by
 * when the decorators of other files have put their classes where these look; here the files are read one after the other. So what was read is
 * looked at again once all are.
 */
import { iterated } from './collections';
import { hasKind, type ObjectValue, type Value } from './values';

/** Whether what was read is there as it was. */
export type StillHolds = () => boolean;

export class LaterReads {
  private readonly found: StillHolds[] = [];
  private isNoting = false;

  /** Runs a function that TypeORM calls later. */
  during<T>(run: () => T): T {
    const outer = this.isNoting;
    this.isNoting = true;
    try {
      return run();
    } finally {
      this.isNoting = outer;
    }
  }

  /** What has been read since this was last asked. */
  take(): StillHolds[] {
    return this.found.splice(0);
  }

  property({ properties }: ObjectValue, name: string, value: Value): void {
    if (this.isNoting) this.found.push(() => properties.get(name) === value);
  }

  /** All of a list, a `Map` or a `Set`, of which one cannot tell what of it will be used. */
  everything(value: Value): void {
    if (!this.isNoting) return;
    const before = contents(value);
    this.found.push(() => sameItems(before, contents(value)));
  }
}

function contents(value: Value): readonly Value[] {
  if (hasKind(value, 'collection')) return [...value.entries].flat();
  if (hasKind(value, 'object')) return [...value.properties].flat();
  return [...(iterated(value) ?? [])];
}

function sameItems(left: readonly Value[], right: readonly Value[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
