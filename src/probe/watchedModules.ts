/** Modules of packages, beside TypeORM's, that tell what the app is doing: recognised by where they lie in their package. */
const modules = {
  koa: /[\\/]koa[\\/]lib[\\/]application\.js$/,
  hono: /[\\/]node_modules[\\/]hono[\\/]dist[\\/](?:cjs[\\/])?router[\\/][a-z-]+[\\/]router\.js$/,
  graphql: /[\\/]graphql[\\/]execution[\\/]execute\.m?js$/,
  graphqlTools: /[\\/]@graphql-tools[\\/]executor[\\/](?:cjs|esm)[\\/]execution[\\/]execute\.js$/,
  mocha: /[\\/]node_modules[\\/]mocha[\\/]lib[\\/]runner\.js$/,
  cucumber: /[\\/]@cucumber[\\/]cucumber[\\/]lib[\\/]runtime[\\/]test_case_runner\.js$/,
  ava: /[\\/]node_modules[\\/]ava[\\/]lib[\\/](?:runner|test)\.js$/,
  tap: /[\\/](?:@tapjs[\\/]core[\\/]dist[\\/](?:commonjs|esm)[\\/]test-base|libtap[\\/]lib[\\/]test)\.js$/,
  lambdaRuntime: /[\\/]serverless-offline[\\/].*[\\/]aws-lambda-ric[\\/]UserFunction\.js$/,
  lambdaLocal: /[\\/]lambda-local[\\/]build[\\/]lambdalocal\.js$/,
  express: /[\\/]node_modules[\\/]express[^\\/]*[\\/]lib[\\/]application\.js$/,
  hapi: /[\\/]@hapi[\\/]hapi[\\/]lib[\\/]request\.js$/,
  h3: /[\\/]node_modules[\\/]h3[\\/]dist[\\/](?:index\.[cm]js|(?:h3|cache)\.mjs)$/,
  loopback: /[\\/]@loopback[\\/]rest[\\/]dist[\\/]router[\\/]routing-table\.js$/,
  socketIo: /[\\/]socket\.io[\\/]dist[\\/]socket\.js$/,
  ws: /[\\/]node_modules[\\/]ws[\\/]lib[\\/]websocket\.js$/,
  pgBoss: /[\\/]pg-boss[\\/](?:src|dist)[\\/]manager\.js$/,
  agenda: /[\\/]agenda[\\/]dist[\\/]job[\\/]index\.js$/,
  beeQueue: /[\\/]bee-queue[\\/]lib[\\/]queue\.js$/,
  graphileWorker: /[\\/]graphile-worker[\\/]dist[\\/]worker\.js$/,
  moleculer: /[\\/]moleculer[\\/]src[\\/]service\.js$/,
  bullmq: /[\\/]bullmq[\\/]dist[\\/]cjs[\\/]classes[\\/]worker\.js$/,
  bull: /[\\/]bull[\\/]lib[\\/]queue\.js$/,
  cron: /[\\/]cron[\\/]dist[\\/]job\.js$/,
  nodeCron: /[\\/]node-cron[\\/](?:src|dist(?:[\\/](?:cjs|esm))?)[\\/]node-cron\.c?js$/,
  croner: /[\\/]node_modules[\\/]croner[\\/]dist[\\/]croner(?:\.min)?\.c?js$/,
  nodeSchedule: /[\\/]node-schedule[\\/]lib[\\/]Job\.js$/,
  nestSchedule: /[\\/]@nestjs[\\/]schedule[\\/]dist[\\/]schedule\.explorer\.js$/,
  nestMessages: /[\\/]@nestjs[\\/]microservices[\\/]context[\\/]rpc-context-creator\.js$/,
  nestGateways: /[\\/]@nestjs[\\/]websockets[\\/]context[\\/]ws-context-creator\.js$/,
} as const;

export type WatchedModule = keyof typeof modules;

export function watchedModuleAt(file: string): WatchedModule | undefined {
  for (const [kind, pattern] of Object.entries(modules)) if (pattern.test(file)) return kind as WatchedModule;
  return undefined;
}
