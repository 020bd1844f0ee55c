const sensitive = new Map<object, string[]>();

/** Notes properties too, but for the log: no column comes of it. */
export function Sensitive() {
  return (entity: object, property: string) => {
    sensitive.set(entity, [...(sensitive.get(entity) ?? []), property]);
  };
}
