/** How the options of a DataSource look, as written: most objects are told from them without evaluating anything. */
import type ts from 'typescript';
import type { Evaluator } from '../evaluate/evaluator';
import type { Reading, Standing } from './optionsStanding';

export const databaseTypes = new Set([
  'postgres',
  'cockroachdb',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite3',
  'sqljs',
  'mssql',
  'oracle',
  'mongodb',
  'spanner',
  'sap',
  'expo',
  'capacitor',
  'cordova',
  'react-native',
  'nativescript',
  'aurora-mysql',
  'aurora-postgres',
  'aurora-data-api',
  'aurora-data-api-pg',
]);

/** What tells the options of a DataSource from other objects with a `type`. */
export const connecting = ['entities', 'database', 'host', 'url', 'synchronize'];

/** Without one of these, an object says nothing of names or entities by itself. */
const telling = ['type', 'namingStrategy', 'entityPrefix', 'autoLoadEntities', ...connecting];

/** What else stands in options that take these from another object (TypeORM's, of every driver, and @nestjs/typeorm's): an object that has anything else is not for a DataSource. */
const further = new Set(
  `
    name schema port username user password ssl charset timezone driver replication extra options key location subscribers
    migrations migrationsRun migrationsTableName migrationsTransactionMode metadataTableName dropSchema cli seeds factories
    logging logger logNotifications maxQueryExecutionTime poolSize cache relationLoadStrategy isolateWhereStatements
    invalidWhereValuesBehavior entitySkipConstructor legacySpatialSupport supportBigNumbers bigNumberStrings dateStrings
    multipleStatements connectTimeout connectTimeoutMS applicationName installExtensions uuidExtension useUTC parseInt8 enableWAL
    retryAttempts retryDelay toRetry keepConnectionAlive verboseRetryLog
    isolationLevel typename region secretArn resourceArn serviceConfigOptions formatOptions transformParameters poolErrorHandler
    statementCacheSize prepareDatabase readonly fileMustExist timeout verbose nativeBinding mode version journalMode timeTravelQueries
    nativeDriver maxTransactionRetries hostReplicaSet appName authMechanism authSource autoEncryption checkServerIdentity compressors
    directConnection family forceServerObjectId ignoreUndefined localThresholdMS maxStalenessSeconds minPoolSize monitorCommands noDelay
    pkFactory promoteBuffers promoteLongs promoteValues raw readConcern readPreference readPreferenceTags replicaSet retryWrites
    serializeFunctions socketTimeoutMS tls tlsAllowInvalidCertificates tlsCAFile tlsCertificateKeyFile tlsCertificateKeyFilePassword
    writeConcern proxyHost proxyPort proxyUsername proxyPassword socketPath acquireTimeout insecureAuth debug trace flags
    enableQueryTimeout readOnly multithreading migrate iosFlags androidFlags sid serviceName connectString binaryDir configDir
    driverName errorUrl libDir thickMode extensions encryptionKey encrypt sslValidateCertificate cert ca pool instanceId projectId
    databaseId credentials sqlJsConfig autoSave autoSaveCallback useLocalForage authentication connectionTimeout requestTimeout stream
    keepAlive keepAliveInitialDelay sslCA sslCRL sslCert sslKey sslPass sslValidate w wtimeoutMS connectorPackage hanaClientDriver
    busyErrorRetry busyTimeout domain
  `
    .trim()
    .split(/\s+/),
);

export type Written = ReadonlyMap<string, ts.ObjectLiteralElementLike>;

/** The properties that are written out, by name. */
export function writtenProperties(ts: Evaluator['ts'], node: ts.ObjectLiteralExpression): Written {
  return new Map(
    node.properties.flatMap((property) => (property.name && ts.isIdentifier(property.name) ? [[property.name.text, property] as const] : [])),
  );
}

/** Whether an object takes properties from another one. */
export function hasSpread(ts: Evaluator['ts'], { properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some((property) => ts.isSpreadAssignment(property));
}

/** True where a written object may be options, or be made of some; false where it surely is not. */
export function mayBeOptions(
  { evaluator, assignsNaming }: Reading,
  node: ts.ObjectLiteralExpression,
  { isWhole }: Standing,
  written: Written,
): boolean {
  // MikroORM's options have a naming strategy of their own.
  if (written.has('dbName')) return false;
  if (written.has('namingStrategy') || written.has('entityPrefix') || (isWhole && assignsNaming)) return true;
  if (isOfAnotherType(evaluator.ts, written.get('type'))) return false;
  if (speaksOfDataSource(written)) return hasSpread(evaluator.ts, node) || (written.has('type') && connecting.some((name) => written.has(name)));
  return hasSpread(evaluator.ts, node) && [...written.keys()].every((name) => further.has(name));
}

/** Whether an object has a property by which the options of a DataSource are known. */
export function speaksOfDataSource(written: Written): boolean {
  return telling.some((name) => written.has(name));
}

/** `type: 'invoice'` */
function isOfAnotherType(ts: Evaluator['ts'], property: ts.ObjectLiteralElementLike | undefined): boolean {
  return (
    property !== undefined &&
    ts.isPropertyAssignment(property) &&
    ts.isStringLiteral(property.initializer) &&
    !databaseTypes.has(property.initializer.text)
  );
}
