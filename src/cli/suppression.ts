import fs from 'node:fs';
import typescript from 'typescript';
import { splitSuppressed } from '../core/edits/suppressedFindings';
import type { QueryProfile } from '../core/profile/queryProfile';
import type { SuppressEntry } from '../core/profile/suppressEntries';

/** The profile without the findings that comments in the sources or the configuration silence; these are listed on their own. */
export function setSuppressedAside(profile: QueryProfile, suppress: readonly SuppressEntry[]): QueryProfile {
  const texts = new Map<string, string | undefined>();
  const readFile = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
    return texts.get(file);
  };
  const context = { typescript, graph: { entities: [], problems: [] }, readFile };
  const { open, suppressed } = splitSuppressed(context, profile.findings, suppress);
  const all = [...(profile.suppressedFindings ?? []), ...suppressed];
  return { ...profile, findings: open, suppressed: all.length, suppressedFindings: all };
}
