/** Settings that change an answer, parsed at the door: what an editor sends is not to be trusted. */
import { parseSuppressEntries, type SuppressEntry } from '../core/profile/suppressEntries';
import type { Severity } from '../core/rules/rule';

export const severitySettings = ['error', 'warning', 'info', 'hint', 'off'] as const satisfies readonly (Severity | 'off')[];

type SeveritySetting = (typeof severitySettings)[number];

export interface ServiceSettings {
  readonly codeLens: { readonly entities: boolean; readonly relations: boolean };
  /** Counts at the lines that ran queries. */
  readonly queryHints: boolean;
  /** Severity by rule id. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** Findings of the profiler that are not to be told. */
  readonly suppress: readonly SuppressEntry[];
}

export const defaultSettings: ServiceSettings = { codeLens: { entities: true, relations: true }, queryHints: true, rules: {}, suppress: [] };

/** `{ codeLens: { entities: false }, rules: { 'fk-no-index': 'off' } }`; whatever is missing or misspelt keeps its default. */
export function parseSettings(value: unknown): ServiceSettings {
  const root = record(value);
  const codeLens = record(root['codeLens']);
  const rules = Object.entries(record(root['rules'])).filter(([, severity]) => severitySettings.some((known) => known === severity));
  return {
    codeLens: {
      entities: boolean(codeLens['entities'], defaultSettings.codeLens.entities),
      relations: boolean(codeLens['relations'], defaultSettings.codeLens.relations),
    },
    queryHints: boolean(root['queryHints'], defaultSettings.queryHints),
    rules: Object.fromEntries(rules) as ServiceSettings['rules'],
    suppress: parseSuppressEntries(root['suppress']),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function boolean(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}
