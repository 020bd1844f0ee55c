export { default as Person } from './person.js';
export * as addresses from './address';
