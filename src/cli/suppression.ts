import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { splitSuppressed } from '../core/edits/suppressedFindings';
import type { QueryProfile } from '../core/profile/queryProfile';
import type { SuppressEntry } from '../core/profile/suppressEntries';
import { parseSettings } from '../service/settings';
import { FileError } from './io';

/** `suppress` of `relation-lens.config.json` in a folder; empty where there is none. */
export function readSuppressEntries(folder: string): readonly SuppressEntry[] {
  const file = path.join(folder, 'relation-lens.config.json');
  if (!fs.existsSync(file)) return [];
  try {
    return parseSettings(JSON.parse(fs.readFileSync(file, 'utf8'))).suppress;
  } catch (error) {
    throw new FileError(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The profile without the findings that comments in the sources or the configuration silence; these are listed on their own. */
export function setSuppressedAside(profile: QueryProfile, folder: string): QueryProfile {
  const texts = new Map<string, string | undefined>();
  const readFile = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
    return texts.get(file);
  };
  const context = { typescript, graph: { entities: [], problems: [] }, readFile };
  const { open, suppressed } = splitSuppressed(context, profile.findings, readSuppressEntries(folder));
  const all = [...(profile.suppressedFindings ?? []), ...suppressed];
  return { ...profile, findings: open, suppressed: all.length, suppressedFindings: all };
}
