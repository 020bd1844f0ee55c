/** What the DataSources of a run have built, each as it did last, and whether they are still at work on their databases. */
import type { LiveDataSource } from '../protocol/collector';
import type { ProbeEvent } from '../protocol/probe';

/** An app must not be stopped in the middle of these. */
const setupCall = /^DataSource\.(?:initialize|synchronize|dropDatabase|runMigrations|undoLastMigration)$/;

export class LiveMetadata {
  /** How often any of them has built its metadata. */
  built = 0;
  private readonly sources = new Map<string, Omit<LiveDataSource, 'busy'>>();
  /** Open calls that set a database up → the DataSource they are of. */
  private readonly openCalls = new Map<string, string>();

  note(processId: number, event: ProbeEvent, cwd: string): void {
    if (event.e === 'metadata') {
      this.sources.set(`${processId} ${event.source}`, { metadata: event, cwd });
      this.built++;
    } else if (event.e === 'op' && setupCall.test(event.api)) {
      this.openCalls.set(`${processId} ${event.id}`, `${processId} ${event.source}`);
    } else if (event.e === 'opEnd') this.openCalls.delete(`${processId} ${event.id}`);
  }

  processEnded(processId: number): void {
    for (const key of [...this.openCalls.keys()]) if (key.startsWith(`${processId} `)) this.openCalls.delete(key);
  }

  list(): readonly LiveDataSource[] {
    const busy = new Set(this.openCalls.values());
    return [...this.sources].map(([key, source]) => ({ ...source, busy: busy.has(key) }));
  }
}
