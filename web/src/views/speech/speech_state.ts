import { createStore } from '../../state/store';

// The model that was chosen, in this view or in that of the models; '' for the first there is.
export const speechModel = createStore('');
