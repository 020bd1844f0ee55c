/** What the panel's parts may ask of the whole; handed down so that none of them knows the host. */
import type { Finding, Query, Site } from '../../src/core/profile/queryProfile';
import type { Explanation } from '../../src/protocol/collector';

export interface PanelActions {
  openSite(site: Site): void;
  /** Sets a breakpoint there. */
  pauseAt(site: Site): void;
  suppress(finding: Finding): void;
  showInDiagram(entity: string, relation: string | null): void;
  /** Shows what the fix would change, to be applied or discarded. */
  fixFinding(finding: Finding): void;
  /** Asks the running app again what the shown request asked. */
  rerun(): void;
  /** Asks the app's database how it would run the query. */
  explain(query: Query): void;
  /** What is known of that; undefined where nobody asked. */
  planOf(query: Query): Explanation | 'asked' | undefined;
  /** Copies and says so. */
  copy(text: string, what: string): void;
  runCommand(command: string): void;
}
