/**
 * What packages export that entity sources cannot be understood without: TypeORM itself, Nest's `applyDecorators`, and the
 * published naming strategies. Everything else from outside of the workspace is unknown.
 */
import { compositionExport } from './composition';
import { compiledHelper, compiledHelpers } from './compiledHelpers';
import { configuration } from './environment';
import type { Evaluator } from './evaluator';
import { snakeNaming } from '../resolve/naming';
import { nodeModuleExport } from './nodeModule';
import { pathExport } from './pathModule';
import { strategyMembers } from './strategyMembers';
import { textPackageExport } from './textPackages';
import { isGraphDecorator, typeormExport } from './typeormModule';
import { processExport } from './globals';
import { urlExport } from './urlModule';
import { hasKind, native, unknown, type NativeValue, type Value } from './values';

/** `typeorm`, its deep paths, aliases such as `typeorm-0.3`, and scoped forks such as `@n8n/typeorm`. */
const typeormSpecifier = /^(?:@[^/]+\/)?typeorm(?:-\d[\w.]*)?(?:\/.*)?$/;

export function isTypeormSpecifier(specifier: string): boolean {
  return typeormSpecifier.test(specifier);
}

/**
 * `@acme/typeorm` may be a fork of TypeORM, or a package with base classes and entities for it: what TypeORM has not got is looked for there.
 * Nest's has none, and much to read.
 */
export function mayBeOfNamesake(specifier: string, name: string): boolean {
  if (!specifier.startsWith('@') || specifier === '@nestjs/typeorm' || !isTypeormSpecifier(specifier)) return false;
  return !isGraphDecorator(name) && !/^(?:[*=]|default|BaseEntity|DataSource|DefaultNamingStrategy|EntitySchema|Repository)$/.test(name);
}

/** Undefined where the package is none of the known ones. */
export function knownPackageExport(evaluator: Evaluator, specifier: string, name: string): Value {
  let values = evaluator.packages.get(specifier);
  if (!values) evaluator.packages.set(specifier, (values = new Map()));
  if (!values.has(name)) values.set(name, createExport(evaluator, specifier, name));
  return values.get(name);
}

/** Nest's packages whose functions make classes of classes, with none of their columns (https://docs.nestjs.com/openapi/mapped-types). */
const mappedTypes = /^@nestjs\/(?:swagger|mapped-types|graphql)$/;

/** Packages of which little is known, and that CommonJS output asks for as a whole. */
const askedForAsAWhole = /^(?:@nestjs\/common|typeorm-[\w-]*naming-strateg(?:y|ies))$/;

function createExport(evaluator: Evaluator, specifier: string, name: string): Value {
  if (isTypeormSpecifier(specifier)) return typeormExport(evaluator, name);
  if (specifier === 'tslib') return name === '*' || name === '=' ? compiledHelpers(evaluator) : compiledHelper(evaluator, name);
  if (askedForAsAWhole.test(specifier) && (name === '*' || name === '=')) {
    return { kind: 'namespace', get: (member) => createExport(evaluator, specifier, member) ?? unknown, names: () => [] };
  }
  if (specifier === '@nestjs/common' && name === 'applyDecorators') return applyDecorators(evaluator);
  if (mappedTypes.test(specifier) && /^(?:Partial|Omit|Pick|Intersection)Type$/.test(name))
    return native(name, () => ({ ...unknown, isForeign: true }));
  // Midway's own name for TypeORM's decorator (https://midwayjs.org/docs/legacy/orm).
  if (specifier === '@midwayjs/orm' && name === 'EntityModel') return typeormExport(evaluator, 'Entity');
  if (specifier.startsWith('typeorm-') && name === 'SnakeNamingStrategy') return snakeNamingStrategy;
  if (specifier === '@nestjs/config' && name === 'ConfigService') return configService;
  if (specifier === 'path' || specifier === 'node:path') return pathExport(name);
  if (specifier === 'url' || specifier === 'node:url') return urlExport(name);
  if (specifier === 'module' || specifier === 'node:module') return nodeModuleExport(name);
  if ((specifier === 'process' || specifier === 'node:process') && name !== 'env') return processExport(name);
  return compositionExport(specifier, name) ?? textPackageExport(specifier, name);
}

/** One decorator made of several: https://docs.nestjs.com/custom-decorators#decorator-composition. They run first to last. */
function applyDecorators(evaluator: Evaluator): NativeValue {
  return native('applyDecorators', (decorators) =>
    native('composed', (args, site) => {
      for (const decorator of decorators)
        for (const each of hasKind(decorator, 'array') ? decorator.items : [decorator]) evaluator.call(each, args, site);
      return undefined;
    }),
  );
}

const configService: NativeValue = { ...native('ConfigService', () => unknown), construct: () => configuration };

/** Its own class extends the default strategy; users extend it in turn. */
const snakeNamingStrategy = native('SnakeNamingStrategy', () => unknown, strategyMembers(snakeNaming));
