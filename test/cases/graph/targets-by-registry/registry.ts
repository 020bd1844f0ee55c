/** Classes find each other by names that their decorators give them: no file imports another's class. */
import { Entity } from 'typeorm';

type Class = new () => object;

const byName: Record<string, Class> = {};
const byTable = new Map<string, Class>();
const list: { alias: string; type: Class }[] = [];

export function Model(name: string, table: string): ClassDecorator {
  return (target) => {
    const type = target as unknown as Class;
    byName[name] = type;
    byTable.set(table, type);
    list.push({ alias: name.toLowerCase(), type });
    Entity(table)(target);
  };
}

export const modelNamed = (name: string): Class => byName[name] as Class;
export const modelOf = (table: string): Class => byTable.get(table) as Class;
export const modelCalled = (alias: string): Class => list.find((each) => each.alias === alias)?.type as Class;
