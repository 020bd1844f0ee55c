import * as all from './decorators';

export * from './decorators';
export default all;
