/** How files are named on every wire. */
export { graphPath } from '../core/model/graphPath';
