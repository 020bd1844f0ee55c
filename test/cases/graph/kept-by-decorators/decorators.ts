/** Decorators that keep what they are told, for one of the class to register. */
import 'reflect-metadata';
import { Column, Entity } from 'typeorm';

const FIELDS = Symbol('fields');

/** By metadata, of a property and of the prototype. */
export function Field(name: string): PropertyDecorator {
  return (target, property) => {
    Reflect.defineMetadata('name', name, target, property);
    Reflect.defineMetadata(FIELDS, [...((Reflect.getMetadata(FIELDS, target) as string[] | undefined) ?? []), property], target);
  };
}

export function Fields(): ClassDecorator {
  return ({ prototype }) => {
    const properties = (Reflect.getMetadata(FIELDS, prototype) ?? []) as string[];
    for (const property of properties) {
      Column('varchar', { name: Reflect.getMetadata('name', prototype as object, property) as string })(prototype as object, property);
    }
  };
}

export const Table = (name: string): ClassDecorator => Reflect.metadata('table', name);

export const Stored = (): ClassDecorator => (target) => {
  const suffix = Reflect.hasOwnMetadata('table', target) ? '' : '_kind';
  Entity(`${Reflect.getMetadata('table', target) as string}${suffix}`)(target);
};

interface Listing {
  listed?: Record<string, string>;
}

/** By a static member. */
export function Listed(name: string): PropertyDecorator {
  return (target, property) => {
    const owner = target.constructor as Listing;
    owner.listed = { ...owner.listed, [String(property)]: name };
  };
}

export function AllListed(): ClassDecorator {
  return (target) => {
    for (const [property, name] of Object.entries((target as Listing).listed ?? {})) Column('int', { name })(target.prototype as object, property);
    Entity()(target);
  };
}

/** By a member of the prototype, and by a map of prototypes. */
const required = new WeakMap<object, Set<string>>();

export function Required(target: { noted?: string[] }, property: string): void {
  (target.noted ??= []).push(property);
  required.set(target, (required.get(target) ?? new Set()).add(property));
}

export function AllRequired(target: { prototype: { noted?: string[] } }): void {
  for (const property of target.prototype.noted ?? []) {
    Column('varchar', { name: `r_${property}_${required.get(target.prototype)?.has(property)}` })(target.prototype, property);
  }
  Entity()(target as unknown as Function);
}
