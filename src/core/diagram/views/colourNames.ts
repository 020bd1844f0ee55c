/** The colours one may give a table or a group: the palette's eight, by the names that `views.json` holds. */
export const colourNames = ['blue', 'purple', 'teal', 'amber', 'indigo', 'green', 'pink', 'cyan'] as const;

export type ColourName = (typeof colourNames)[number];

export function isColourName(value: unknown): value is ColourName {
  return (colourNames as readonly unknown[]).includes(value);
}

/** The palette's index of a colour. */
export function colourIndex(name: ColourName): number {
  return colourNames.indexOf(name);
}
