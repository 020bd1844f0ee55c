export * from './product';
export * from './order';
