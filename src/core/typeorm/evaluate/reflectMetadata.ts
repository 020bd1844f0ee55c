/** `Reflect.defineMetadata` and its kin, of the package reflect-metadata (https://rbuckton.github.io/reflect-metadata). */
import { designTypeRegistration } from './compiledHelpers';
import { arrayOf, native, unknown, type NativeValue, type Value } from './values';

const design = /^design:/;

/** The first map that has a key, of those a class and its bases keep. */
function holding(maps: readonly ReadonlyMap<Value, Value>[], key: Value): ReadonlyMap<Value, Value> | undefined {
  return maps.find((each) => each.has(key));
}

/** What the compiler tells of types (`design:…`) is not kept, but read where it is asked for. */
function isDesign(key: Value): boolean {
  return typeof key === 'string' && design.test(key);
}

function reading(name: string, isOwn: boolean): NativeValue {
  return native(name, ([key, target, property], _site, evaluator) => {
    if (isDesign(key)) return key === 'design:type' ? evaluator.registrar.designTypeOf(property) : unknown;
    return holding(evaluator.kept.metadata(target, property, isOwn), key)?.get(key);
  });
}

function asking(name: string, isOwn: boolean): NativeValue {
  return native(name, ([key, target, property], _site, evaluator) =>
    isDesign(key) ? unknown : holding(evaluator.kept.metadata(target, property, isOwn), key) !== undefined,
  );
}

function listing(name: string, isOwn: boolean): NativeValue {
  return native(name, ([target, property], _site, evaluator) =>
    arrayOf([...new Set(evaluator.kept.metadata(target, property, isOwn).flatMap((each) => [...each.keys()]))]),
  );
}

/** `@Reflect.metadata(key, value)`; Babel writes the types of properties so. */
const metadata = native('metadata', ([key, value], { place }, evaluator) =>
  native('@metadata', (applied) => {
    if (key === 'design:type') evaluator.registrar.register(designTypeRegistration, [value], place, applied);
    else evaluator.kept.setMetadata(key, value, applied[0], applied[1]);
    return undefined;
  }),
);

/** By name. */
export const reflectMetadata: readonly NativeValue[] = [
  native('defineMetadata', ([key, value, target, property], _site, evaluator) => {
    evaluator.kept.setMetadata(key, value, target, property);
    return undefined;
  }),
  reading('getMetadata', false),
  reading('getOwnMetadata', true),
  asking('hasMetadata', false),
  asking('hasOwnMetadata', true),
  listing('getMetadataKeys', false),
  listing('getOwnMetadataKeys', true),
  metadata,
];
