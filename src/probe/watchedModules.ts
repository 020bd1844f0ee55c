/** Modules of packages, beside TypeORM's, that tell what the app is doing: recognised by where they lie in their package. */
const modules = {
  koa: /[\\/]koa[\\/]lib[\\/]application\.js$/,
  graphql: /[\\/]graphql[\\/]execution[\\/]execute\.js$/,
  bullmq: /[\\/]bullmq[\\/]dist[\\/]cjs[\\/]classes[\\/]worker\.js$/,
  cron: /[\\/]cron[\\/]dist[\\/]job\.js$/,
  nestSchedule: /[\\/]@nestjs[\\/]schedule[\\/]dist[\\/]schedule\.explorer\.js$/,
} as const;

export type WatchedModule = keyof typeof modules;

export function watchedModuleAt(file: string): WatchedModule | undefined {
  for (const [kind, pattern] of Object.entries(modules)) if (pattern.test(file)) return kind as WatchedModule;
  return undefined;
}
