/** The colours of a picture. The webview fills them from the editor's theme, the picture writers from the two palettes below. */
export interface ModuleColours {
  readonly header: string;
  readonly headerText: string;
  readonly headerNote: string;
  readonly container: string;
  readonly containerBorder: string;
  readonly containerText: string;
  /** A colour that somebody chose, where headers have none: strong enough for every theme. */
  readonly accent: string;
  /** In the minimap and at the farthest zoom, where a box is a dot. */
  readonly dot: string;
}

export interface DiagramColours {
  readonly background: string;
  readonly surface: string;
  readonly border: string;
  readonly text: string;
  readonly secondary: string;
  readonly dim: string;
  readonly primaryKey: string;
  readonly foreignKey: string;
  readonly unique: string;
  readonly edge: string;
  readonly edgeActive: string;
  readonly selection: string;
  readonly hover: string;
  readonly heat: string;
  readonly heatSurface: string;
  readonly heatText: string;
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly match: string;
  readonly modules: readonly ModuleColours[];
  /** High contrast: borders carry the meaning, fills none. */
  readonly highContrast: boolean;
}

/** Far enough apart to be told from each other side by side; red is left out, since only heat and problems may be red. */
const hues = [212, 278, 168, 38, 245, 128, 310, 192] as const;

export function moduleColoursFor(kind: 'dark' | 'light' | 'hc-dark' | 'hc-light', ink: string, border: string): ModuleColours[] {
  return hues.map((hue) => {
    switch (kind) {
      case 'dark':
        return {
          header: `hsl(${hue}, 42%, 27%)`,
          headerText: '#ffffff',
          headerNote: `hsl(${hue}, 45%, 84%)`,
          container: `hsla(${hue}, 45%, 55%, 0.07)`,
          containerBorder: `hsla(${hue}, 40%, 60%, 0.22)`,
          containerText: `hsl(${hue}, 48%, 72%)`,
          accent: `hsl(${hue}, 48%, 52%)`,
          dot: `hsl(${hue}, 38%, 46%)`,
        };
      case 'light':
        return {
          header: `hsl(${hue}, 52%, 90%)`,
          headerText: `hsl(${hue}, 60%, 18%)`,
          headerNote: `hsl(${hue}, 34%, 36%)`,
          container: `hsla(${hue}, 55%, 45%, 0.05)`,
          containerBorder: `hsla(${hue}, 40%, 45%, 0.28)`,
          containerText: `hsl(${hue}, 48%, 34%)`,
          accent: `hsl(${hue}, 52%, 48%)`,
          dot: `hsl(${hue}, 42%, 66%)`,
        };
      case 'hc-dark':
      case 'hc-light':
        return {
          header: 'transparent',
          headerText: ink,
          headerNote: ink,
          container: 'transparent',
          containerBorder: border,
          containerText: ink,
          accent: kind === 'hc-dark' ? `hsl(${hue}, 90%, 68%)` : `hsl(${hue}, 90%, 30%)`,
          dot: ink,
        };
    }
  });
}

/** For pictures that are written without an editor. */
export const darkPicture: DiagramColours = {
  background: '#1f1f1f',
  surface: '#252526',
  border: '#3f3f42',
  text: '#d4d4d4',
  secondary: '#9d9d9d',
  dim: '#8b8b8b',
  primaryKey: '#e2b86b',
  foreignKey: '#6cb6ff',
  unique: '#7fce8d',
  edge: '#7d7d82',
  edgeActive: '#4daafc',
  selection: '#0078d4',
  hover: '#5a5d5e',
  heat: '#f14c4c',
  heatSurface: '#4a1f20',
  heatText: '#ffd7d5',
  error: '#f14c4c',
  warning: '#cca700',
  info: '#3794ff',
  match: '#ea5c00',
  modules: moduleColoursFor('dark', '#ffffff', '#6fc3df'),
  highContrast: false,
};

export const lightPicture: DiagramColours = {
  background: '#ffffff',
  surface: '#ffffff',
  border: '#cfcfd4',
  text: '#2b2b2b',
  secondary: '#616161',
  dim: '#6f6f6f',
  primaryKey: '#8f5b00',
  foreignKey: '#0063b1',
  unique: '#2c7a35',
  edge: '#8a8a90',
  edgeActive: '#005fb8',
  selection: '#005fb8',
  hover: '#b8b8b8',
  heat: '#c9241c',
  heatSurface: '#fde7e6',
  heatText: '#8c1410',
  error: '#e51400',
  warning: '#bf8803',
  info: '#1a85ff',
  match: '#ea5c00',
  modules: moduleColoursFor('light', '#000000', '#0f4a85'),
  highContrast: false,
};

/** A module's colours by its index, which may go round. */
export function moduleColoursAt(colours: DiagramColours, index: number): ModuleColours {
  const own = colours.modules[index % colours.modules.length];
  if (!own) throw new RangeError('A palette needs at least one module colour.');
  return own;
}
