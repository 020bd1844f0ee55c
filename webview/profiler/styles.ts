/** The panel's style sheet, from the general to the particular. */
import { css } from 'lit';
import { base } from './styles/base';
import { details } from './styles/details';
import { findings } from './styles/findings';
import { panes } from './styles/panes';
import { queries } from './styles/queries';
import { request } from './styles/request';
import { requests } from './styles/requests';
import { states } from './styles/states';

export const styles = css`
  ${base} ${panes} ${requests} ${request} ${findings} ${queries} ${details} ${states}
`;
