/** What an impact, a difference or a path paints on tables, rows and edges: a colour and a sign, so that colour is never the only mark. */
import { readColours, readThemeKind } from '../../shared/theme';

export type Tone = 'added' | 'removed' | 'changed' | 'refused' | 'weak' | 'loaded' | 'root';

export interface Mark {
  readonly tone: Tone;
  /** One character. */
  readonly sign: string;
  /** For the mirror: `removed by ON DELETE CASCADE`. */
  readonly words: string;
}

/** A line of the legend. */
export type MarkMeaning = readonly [tone: Tone, sign: string, meaning: string];

export interface Markings {
  /** By table id. */
  readonly tables: ReadonlyMap<string, Mark>;
  /** By `<table id>#<property path of the column>`. */
  readonly rows: ReadonlyMap<string, Mark>;
  /** By edge id. */
  readonly edges: ReadonlyMap<string, Mark>;
}

export function rowKey(table: string, property: string): string {
  return `${table}#${property}`;
}

/** The tones in the theme's own colours: those that its git decorations and charts have. */
export function readMarkColours(): Readonly<Record<Tone, string>> {
  const colour = readColours();
  const kind = readThemeKind();
  const dark = kind === 'dark' || kind === 'hc-dark';
  return {
    added: colour(['gitDecoration-addedResourceForeground', 'charts-green'], dark ? '#81b88b' : '#587c0c'),
    removed: colour(['gitDecoration-deletedResourceForeground', 'charts-red'], dark ? '#c74e39' : '#ad0707'),
    changed: colour(['gitDecoration-modifiedResourceForeground', 'charts-yellow'], dark ? '#e2c08d' : '#895503'),
    // The charts' orange is see-through in VS Code's own themes.
    refused: colour(['symbolIcon-eventForeground', 'editorWarning-foreground'], dark ? '#ee9d28' : '#d67e00'),
    weak: colour(['charts-purple', 'descriptionForeground'], dark ? '#b180d7' : '#652d90'),
    loaded: colour(['charts-blue', 'textLink-foreground'], dark ? '#3794ff' : '#1a85ff'),
    root: colour(['focusBorder', 'foreground'], dark ? '#ffffff' : '#000000'),
  };
}
