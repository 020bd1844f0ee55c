/** What the panel's parts may ask of the whole; handed down so that none of them knows the host. */
import type { Finding, Site } from '../../src/core/profile/queryProfile';

export interface PanelActions {
  openSite(site: Site): void;
  showInDiagram(entity: string, relation: string | null): void;
  fixFinding(finding: Finding): void;
  /** Copies and says so. */
  copy(text: string, what: string): void;
  runCommand(command: string): void;
}
