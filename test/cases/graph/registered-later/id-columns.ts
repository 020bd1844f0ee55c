interface IdOptions {
  nullable?: boolean;
  name?: string;
}

const noted: { entity: object; property: string; options: IdOptions }[] = [];
let generated: { entity: object; property: string } | undefined;

export function EntityId(options: IdOptions = {}) {
  return (entity: object, property: string) => {
    noted.push({ entity, property, options });
  };
}

export function PrimaryGeneratedId() {
  return (entity: object, property: string) => {
    generated = { entity, property };
  };
}

export const idColumns = () => noted;
export const generatedColumn = () => generated!;
